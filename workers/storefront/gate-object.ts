import type { StockRpc } from "#inventory";
import type { OrderFateAnswer, OrderRpc } from "#orders";
import { objectNamespace } from "#platform";
import { GateShell, type GateInquiries } from "../../durable-objects/gate/gate-object.ts";
import type { OrderEnd } from "#admission";

type Env = Pick<StorefrontEnv, "STOCK" | "ORDERS">;

/** What an order's answer to a hold says of it as a whole. */
export function endBy(fate: OrderFateAnswer): OrderEnd {
  if (fate === "unknown") return "unknown";
  return fate === "cancelled" ? "over" : "alive";
}

/** A gate object with its surroundings: it asks the stock object for units and order objects for their fate. */
export class GateObject extends GateShell<Env> {
  protected override inquiries(): GateInquiries {
    const stock = objectNamespace<StockRpc>(this.env.STOCK);
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return {
      unitsLeft: async (sku) => (await stock.getByName(sku).level()).available,
      endOf: async (orderId) => endBy(await orders.getByName(orderId).fateOf()),
    };
  }
}
