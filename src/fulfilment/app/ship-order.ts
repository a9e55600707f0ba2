import { ok, refuse, type Result } from "#kernel";
import type { OrderRefusal, OrderView } from "#orders";
import type { CallContext } from "#platform";
import { planParcel, type ParcelPlan } from "../domain/plan-parcel.ts";
import type { ShippingPorts } from "./ports.ts";

export type ShipOutcome = "booked" | "nothing_to_ship" | "order_ended";
/** The order cannot ship yet, or a person must look at it; trying again later may help. */
export type ShipRefusal = { readonly code: "order_not_ready"; readonly detail: string };

/**
 * Sends a confirmed order on its way: plans its parcel, tells the order, books the carrier, then writes the parcel's
 * row. Every step may be repeated; the row comes last, so that a database that is down delays the list, not the parcel.
 */
export async function shipOrder(
  order: OrderView,
  ports: ShippingPorts,
  call: CallContext,
): Promise<Result<ShipOutcome, ShipRefusal>> {
  const { orderId, draft } = order;
  const planned = planParcel({ orderId, carrier: draft.delivery.carrier, lines: draft.lines });
  if (!planned.ok) return ok("nothing_to_ship");
  const plan = planned.value;
  const { shipmentId, parcelId, carrier, trackingNumber, lines } = plan;
  const started = await ports.orders
    .getByName(orderId)
    .startFulfilment({ shipmentId, parcelId, carrier, trackingNumber, lines }, call);
  if (!started.ok) return readRefusal(started.refusal);
  await book(plan, ports, call);
  await ports.parcelTable.add(plan, ports.clock.now());
  return ok("booked");
}

const book = (plan: ParcelPlan, ports: ShippingPorts, call: CallContext): Promise<void> =>
  ports.parcels.getByName(plan.parcelId).book({
    orderId: plan.orderId,
    shipmentId: plan.shipmentId,
    parcelId: plan.parcelId,
    carrier: plan.carrier,
    trackingNumber: plan.trackingNumber,
    stepSeconds: ports.stepSeconds,
    traceparent: call.traceparent,
  });

const CALLED_OFF: readonly OrderView["status"][] = ["releasing", "cancelled", "refunding", "refunded"];

/** An order that was called off meanwhile is no failure: there is nothing left to send. */
function readRefusal(refusal: OrderRefusal): Result<ShipOutcome, ShipRefusal> {
  const status = "status" in refusal ? refusal.status : undefined;
  if (status !== undefined && CALLED_OFF.includes(status)) return ok("order_ended");
  return refuse({ code: "order_not_ready", detail: status ? `${refusal.code} in ${status}` : refusal.code });
}
