import { GateShell, type GateInquiries } from "../../durable-objects/gate/gate-object.ts";
import type { OrderEnd } from "#admission";

/** The gate object with a world that a test decides. */
export class GateObject extends GateShell<Cloudflare.Env> {
  unitsLeft = 0;
  readonly endedOrders = new Set<string>();
  /** Passed, and not placed yet. */
  readonly unknownOrders = new Set<string>();

  protected override inquiries(): GateInquiries {
    return {
      unitsLeft: () => Promise.resolve(this.unitsLeft),
      endOf: (orderId) => Promise.resolve(this.#endOf(orderId)),
    };
  }

  #endOf(orderId: string): OrderEnd {
    if (this.unknownOrders.has(orderId)) return "unknown";
    return this.endedOrders.has(orderId) ? "over" : "alive";
  }
}
