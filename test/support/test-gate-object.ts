import { GateShell, type GateInquiries } from "../../durable-objects/gate/gate-object.ts";

/** The gate object with a world that a test decides. */
export class GateObject extends GateShell<Cloudflare.Env> {
  unitsLeft = 0;
  readonly endedOrders = new Set<string>();

  protected override inquiries(): GateInquiries {
    return {
      unitsLeft: () => Promise.resolve(this.unitsLeft),
      isOver: (orderId) => Promise.resolve(this.endedOrders.has(orderId)),
    };
  }
}
