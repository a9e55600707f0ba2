import type { OrderPorts, Placement } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import type { StockRpc } from "#inventory";
import { OrderShell } from "../../durable-objects/order/order-object.ts";
import { createStockPort } from "../../src/orders/adapters/stock-port.ts";
import { FakePayments } from "./fake-payments.ts";
import { FakeVouchers } from "./fake-vouchers.ts";

type Env = Cloudflare.Env;

/** The order object with real stock objects and a fake provider, for tests inside the Workers runtime. */
export class OrderObject extends OrderShell<Env> {
  readonly payments = new FakePayments();
  readonly vouchers = new FakeVouchers();
  readonly cartCalls: { readonly kind: "finish" | "reopen"; readonly placement: Placement }[] = [];
  isStockReachable = true;

  protected override queues(): OutboxQueues {
    return {
      projection: this.env.PROJECTION_QUEUE,
      shipping: this.env.SHIPPING_QUEUE,
      notifications: this.env.NOTIFICATION_QUEUE,
    };
  }

  protected override ports(): OrderPorts {
    const stock = createStockPort(objectNamespace<StockRpc>(this.env.STOCK));
    return {
      payments: (provider) => (provider === this.payments.provider ? this.payments : undefined),
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
