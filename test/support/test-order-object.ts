import type { OrderPorts, Placement } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import type { StockRpc, StockShardRpc } from "#inventory";
import { OrderShell } from "../../durable-objects/order/order-object.ts";
import { createStockPort } from "../../src/orders/adapters/stock-port.ts";
import { createManualProvider } from "../../src/payments/adapters/manual-provider.ts";
import { createSandboxProvider } from "../../src/payments/adapters/sandbox-provider.ts";
import sandboxWorker from "../../workers/payment-sandbox/main.ts";
import { FakePayments } from "./fake-payments.ts";
import { FakeVouchers } from "./fake-vouchers.ts";

type Env = Cloudflare.Env;

// The provider is somebody else: it remembers what an object that is taken away does not.
const providers = new Map<string, FakePayments>();

function providerOf(orderId: string): FakePayments {
  const known = providers.get(orderId) ?? new FakePayments();
  providers.set(orderId, known);
  return known;
}

/** The payment sandbox itself, for tests that compare with its book. */
const sandboxWithoutNetwork = (env: Env) =>
  createSandboxProvider({
    baseUrl: env.PAYMENT_SANDBOX_URL,
    apiKey: env.PAYMENT_SANDBOX_KEY,
    fetch: (url, init) => Promise.resolve(sandboxWorker.fetch(new Request(url, init), env)),
  });

/** The order object with real stock objects and a fake provider, for tests inside the Workers runtime. */
export class OrderObject extends OrderShell<Env> {
  readonly payments = providerOf(this.ctx.id.name ?? "");
  readonly vouchers = new FakeVouchers();
  readonly cartCalls: { readonly kind: "finish" | "reopen"; readonly placement: Placement }[] = [];
  isStockReachable = true;
  packAfter = 0;

  protected override queues(): OutboxQueues {
    return {
      projection: this.env.PROJECTION_QUEUE,
      shipping: this.env.SHIPPING_QUEUE,
      notifications: this.env.NOTIFICATION_QUEUE,
    };
  }

  protected override packAfterSeconds(): number {
    return this.packAfter;
  }

  protected override ports(): OrderPorts {
    const stock = createStockPort(
      objectNamespace<StockRpc>(this.env.STOCK),
      objectNamespace<StockShardRpc>(this.env.STOCK_SHARDS),
    );
    return {
      payments: (provider) => {
        if (provider === this.payments.provider) return this.payments;
        if (provider === "sandbox") return sandboxWithoutNetwork(this.env);
        const isManual = provider === "bank_transfer" || provider === "cash_on_delivery";
        return isManual
          ? createManualProvider(provider, { instructions: "Test bank, IBAN DE00" })
          : undefined;
      },
      vouchers: this.vouchers,
      stock: this.isStockReachable
        ? stock
        : { ...stock, hold: () => Promise.reject(new Error("stock object unreachable")) },
      cart: {
        finishPlacement: (placement) =>
          Promise.resolve(void this.cartCalls.push({ kind: "finish", placement })),
        reopen: (placement) => Promise.resolve(void this.cartCalls.push({ kind: "reopen", placement })),
      },
    };
  }
}
