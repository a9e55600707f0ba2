import type { CartRpc } from "#cart";
import type { StockRpc } from "#inventory";
import type { OrderPorts } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import { OrderShell } from "../../durable-objects/order/order-object.ts";
import { createStockPort } from "../../src/orders/adapters/stock-port.ts";
import { createSandboxProvider } from "../../src/payments/adapters/sandbox-provider.ts";
import { outboxQueues } from "./stock-object.ts";

type Env = Pick<
  StorefrontEnv,
  | "STOCK"
  | "CARTS"
  | "PROJECTION_QUEUE"
  | "SHIPPING_QUEUE"
  | "NOTIFICATION_QUEUE"
  | "PAYMENT_SANDBOX_URL"
  | "PAYMENT_SANDBOX_KEY"
>;

/** An order object with its surroundings: stock objects, the payment provider, and the cart it came from. */
export class OrderObject extends OrderShell<Env> {
  readonly #ports = portsOf(this.env);

  protected override queues(): OutboxQueues {
    return outboxQueues(this.env);
  }

  protected override ports(): OrderPorts {
    return this.#ports;
  }
}

function portsOf(env: Env): OrderPorts {
  const carts = objectNamespace<CartRpc>(env.CARTS);
  return {
    payments: createSandboxProvider({ baseUrl: env.PAYMENT_SANDBOX_URL, apiKey: env.PAYMENT_SANDBOX_KEY }),
    stock: createStockPort(objectNamespace<StockRpc>(env.STOCK)),
    cart: {
      finishPlacement: ({ cartId, ...placement }, call) =>
        carts.getByName(cartId).finishPlacement(placement, call),
      reopen: ({ cartId, ...placement }, call) => carts.getByName(cartId).reopen(placement, call),
    },
  };
}
