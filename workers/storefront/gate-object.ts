import type { StockRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { objectNamespace } from "#platform";
import { GateShell, type GateInquiries } from "../../durable-objects/gate/gate-object.ts";

type Env = Pick<StorefrontEnv, "STOCK" | "ORDERS">;

/** A gate object with its surroundings: it asks the stock object for units and order objects for their fate. */
export class GateObject extends GateShell<Env> {
  protected override inquiries(): GateInquiries {
    const stock = objectNamespace<StockRpc>(this.env.STOCK);
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return {
      unitsLeft: async (sku) => (await stock.getByName(sku).level()).available,
      isOver: async (orderId) => {
        const fate = await orders.getByName(orderId).fateOf();
        return fate === "cancelled" || fate === "unknown";
      },
    };
  }
}
