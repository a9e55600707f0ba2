import type { CartRpc } from "#cart";
import type { StockRpc, StockShardRpc } from "#inventory";
import type { OrderPorts } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { OrderShell } from "../../durable-objects/order/order-object.ts";
import { createStockPort } from "../../src/orders/adapters/stock-port.ts";
import { createProviders, type PaymentEnv } from "../../src/payments/adapters/create-providers.ts";
import { createVoucherPort } from "../../src/vouchers/adapters/voucher-port.ts";
import { packAfterSecondsOf } from "../shared/pack-after.ts";
import { outboxQueues } from "./stock-object.ts";

type Env = Pick<
  StorefrontEnv,
  | "STOCK"
  | "STOCK_SHARDS"
  | "CARTS"
  | "VOUCHERS"
  | "PROJECTION_QUEUE"
  | "SHIPPING_QUEUE"
  | "NOTIFICATION_QUEUE"
  | "PACK_AFTER_SECONDS"
> &
  PaymentEnv;

/** An order object with its surroundings: stock objects, the payment provider, and the cart it came from. */
export class OrderObject extends OrderShell<Env> {
  readonly #ports = portsOf(this.env);

  protected override queues(): OutboxQueues {
    return outboxQueues(this.env);
  }

  protected override packAfterSeconds(): number {
    return packAfterSecondsOf(this.env.PACK_AFTER_SECONDS);
  }

  protected override ports(): OrderPorts {
    return this.#ports;
  }
}

function portsOf(env: Env): OrderPorts {
  const carts = objectNamespace<CartRpc>(env.CARTS);
  const providers = createProviders(env);
  return {
    payments: providers.get,
    vouchers: createVoucherPort(objectNamespace<VoucherRpc>(env.VOUCHERS)),
    stock: createStockPort(
      objectNamespace<StockRpc>(env.STOCK),
      objectNamespace<StockShardRpc>(env.STOCK_SHARDS),
    ),
    cart: {
      finishPlacement: ({ cartId, ...placement }, call) =>
        carts.getByName(cartId).finishPlacement(placement, call),
      reopen: ({ cartId, ...placement }, call) => carts.getByName(cartId).reopen(placement, call),
    },
  };
}
