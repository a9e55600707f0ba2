import type { CartPort, OrderRpc, OrderPorts, PaymentPort } from "#orders";
import type { StockRpc } from "#inventory";
import { objectNamespace, type OutboxQueues } from "#platform";
import { OrderShell } from "../../../durable-objects/order/order-object.ts";
import { StockShell, type FateInquiry } from "../../../durable-objects/stock/stock-object.ts";
import { createStockPort } from "../../../src/orders/adapters/stock-port.ts";

/** What the objects of the simulated world are bound to. */
export type SimEnv = {
  readonly ORDERS: { getByName(name: string): unknown };
  readonly STOCK: { getByName(name: string): unknown };
  readonly queues: OutboxQueues;
  readonly payments: PaymentPort;
  readonly cart: CartPort;
};

/** The shop's own order object, composed as the storefront Worker composes it. */
export class SimOrder extends OrderShell<SimEnv> {
  protected override queues(): OutboxQueues {
    return this.env.queues;
  }

  protected override ports(): OrderPorts {
    return {
      payments: this.env.payments,
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
    return (orderId) => orders.getByName(orderId).fateOf();
  }
}
