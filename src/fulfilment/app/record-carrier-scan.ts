import { ok, refuse, type Result } from "#kernel";
import type { OrderRefusal } from "#orders";
import type { CallContext } from "#platform";
import type { CarrierScanMessage } from "../contract.ts";
import type { ShippingPorts } from "./ports.ts";

/** The order does not know this parcel yet; trying again later may help. */
export type ScanRefusal = { readonly code: "scan_not_wanted"; readonly detail: string };

/**
 * Records a carrier's scan with the order, then in the parcel's row, then tells the parcel that it need not be sent
 * again. May be repeated: the order counts a scan once, and the row never moves backwards.
 */
export async function recordCarrierScan(
  scan: CarrierScanMessage,
  ports: Pick<ShippingPorts, "orders" | "parcels" | "parcelTable">,
  call: CallContext,
): Promise<Result<"recorded" | "order_ended", ScanRefusal>> {
  const { scanId, parcelId, status, occurredAtMs } = scan;
  const recorded = await ports.orders
    .getByName(scan.orderId)
    .recordScan({ scanId, parcelId, status, occurredAt: occurredAtMs }, call);
  if (!recorded.ok && !isOver(recorded.refusal)) {
    return refuse({ code: "scan_not_wanted", detail: describe(recorded.refusal) });
  }
  await ports.parcelTable.advance(scan);
  await ports.parcels.getByName(parcelId).acknowledgeScans([scanId]);
  return ok(recorded.ok ? "recorded" : "order_ended");
}

/** The order will never take a scan again, but the parcel did move: its row says so. */
const isOver = (refusal: OrderRefusal): boolean =>
  "status" in refusal && (refusal.status === "closed" || refusal.status === "cancelled");

const describe = (refusal: OrderRefusal): string =>
  "status" in refusal ? `${refusal.code} in ${refusal.status}` : refusal.code;
