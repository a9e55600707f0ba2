import type { CartPort, OrderRpc, OrderPorts, ProviderPort } from "#orders";
import type { StockRpc } from "#inventory";
import { objectNamespace, type OutboxQueues } from "#platform";
import type { VoucherRpc } from "#vouchers";
import { OrderShell } from "../../../durable-objects/order/order-object.ts";
import { StockShell, type FateInquiry } from "../../../durable-objects/stock/stock-object.ts";
import { VoucherShell } from "../../../durable-objects/voucher/voucher-object.ts";
import { createStockPort } from "../../../src/orders/adapters/stock-port.ts";
import { createVoucherPort } from "../../../src/vouchers/adapters/voucher-port.ts";

/** What the objects of the simulated world are bound to. */
export type SimEnv = {
  readonly ORDERS: { getByName(name: string): unknown };
  readonly STOCK: { getByName(name: string): unknown };
  readonly queues: OutboxQueues;
  readonly VOUCHERS: { getByName(name: string): unknown };
  readonly provider: ProviderPort;
  readonly cart: CartPort;
};

/** The shop's own order object, composed as the storefront Worker composes it. */
export class SimOrder extends OrderShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override ports(): OrderPorts {
    return {
      payments: (name) => (name === this.env.provider.provider ? this.env.provider : undefined),
      vouchers: createVoucherPort(objectNamespace<VoucherRpc>(this.env.VOUCHERS)),
      stock: createStockPort(objectNamespace<StockRpc>(this.env.STOCK)),
      cart: this.env.cart,
    };
  }
}

/** The shop's own stock object, composed as the storefront Worker composes it. */
export class SimStock extends StockShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override fateOf(): FateInquiry {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return ({ orderId, part }) => orders.getByName(orderId).fateOf(part);
  }
}

/** The shop's own voucher object, composed as the storefront Worker composes it. */
export class SimVoucher extends VoucherShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override fateOf(): FateInquiry {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return ({ orderId, part }) => orders.getByName(orderId).fateOf(part);
  }
}
