import { after, base32, ok, refuse, SECOND_MS, type EpochMs, type OrderId, type Result } from "#kernel";
import type { OrderRefusal, OrderView } from "#orders";
import { sha256, type CallContext } from "#platform";
import { MAX_PARCELS_AT_ONCE } from "../domain/limits.ts";
import { planParcel } from "../domain/plan-parcel.ts";
import type { ShippingPorts } from "./ports.ts";

export type ShipOutcome = "packed" | "nothing_to_ship" | "order_ended";
/** Why nothing is packed now. */
export type ShipRefusal =
  /** The buyer and the staff may still change their minds until then. */
  | { readonly code: "too_early"; readonly packableAt: EpochMs }
  /** What goes out is being changed; the end of the edit asks again. */
  | { readonly code: "edit_open"; readonly editId: string }
  /** The order cannot ship yet, or a person must look at it; trying again later may help. */
  | { readonly code: "order_not_ready"; readonly detail: string };

/**
 * Sends what an order holds now, and no parcel has, on its way: asks the order itself, because an event may be older
 * than an edit or a cancellation; tells the order of the parcel; books the carrier; then writes the parcel's row. Every
 * step may be repeated; the row comes last, so that a database that is down delays the list, not the parcel.
 */
export async function shipOrder(
  request: { readonly orderId: OrderId; readonly askedAt: EpochMs },
  ports: ShippingPorts,
  call: CallContext,
): Promise<Result<ShipOutcome, ShipRefusal>> {
  const early = tooEarly(request.askedAt, ports);
  if (early) return early;
  const seen = await ports.orders.getByName(request.orderId).view();
  if (!seen.ok) return readRefusal(seen.refusal);
  const { order, result } = await packAll(seen.value, ports, call);
  // Also what an earlier round has packed and did not come to book.
  await bookAll(order, ports, call);
  return result;
}

type Packed = { readonly order: OrderView; readonly result: Result<ShipOutcome, ShipRefusal> };

/** One parcel is the rule; more follow when two rounds met, or an edit came between. */
async function packAll(seen: OrderView, ports: ShippingPorts, call: CallContext): Promise<Packed> {
  let order = seen;
  for (let count = 0; count < MAX_PARCELS_AT_ONCE; count += 1) {
    const blocked = readState(order, ports);
    if (blocked) return { order, result: blocked };
    const { orderId, parcels, draft } = order;
    const planned = planParcel(
      { orderId, parcels, carrier: draft.delivery.carrier, lines: draft.lines },
      await parcelBody(orderId, parcels.length + 1),
    );
    if (!planned.ok) return { order, result: ok(parcels.length === 0 ? "nothing_to_ship" : "packed") };
    const { orderId: _, ...parcel } = planned.value;
    const started = await ports.orders.getByName(orderId).startFulfilment(parcel, call);
    if (!started.ok) return { order, result: readRefusal(started.refusal) };
    order = started.value;
  }
  return {
    order,
    result: refuse({ code: "order_not_ready", detail: "it changes faster than it is packed" }),
  };
}

/** The body of a parcel's ids: the order's own for the first, so that the two are told to belong together. */
export async function parcelBody(orderId: OrderId, number: number): Promise<string> {
  return number === 1 ? orderId.slice("ord_".length) : base32(await sha256(`${orderId}\nparcel ${number}`));
}

/** Books every parcel that no scan has proved to be booked. */
async function bookAll(order: OrderView, ports: ShippingPorts, call: CallContext): Promise<void> {
  for (const parcel of order.parcels) {
    if (parcel.status !== "label_created") continue;
    const { shipmentId, parcelId, carrier, trackingNumber } = parcel;
    const booking = { orderId: order.orderId, shipmentId, parcelId, carrier, trackingNumber };
    await ports.parcels
      .getByName(parcelId)
      .book({ ...booking, stepSeconds: ports.stepSeconds, traceparent: call.traceparent });
    await ports.parcelTable.add(booking, ports.clock.now());
  }
}

type Answer = Result<ShipOutcome, ShipRefusal>;

function tooEarly(since: EpochMs, { packAfterSeconds, clock }: ShippingPorts): Answer | undefined {
  const packableAt = after(since, packAfterSeconds * SECOND_MS);
  return packableAt > clock.now() ? refuse({ code: "too_early", packableAt }) : undefined;
}

const CALLED_OFF: readonly OrderView["status"][] = [
  "releasing",
  "cancelled",
  "refunding",
  "refunded",
  "closed",
];
const PACKABLE: readonly OrderView["status"][] = ["confirmed", "fulfilling", "shipped", "delivered"];

/** Why this order is not packed as it stands; the order itself says no again to what comes between. */
function readState(order: OrderView, ports: ShippingPorts): Answer | undefined {
  const { status, edit, edits } = order;
  if (CALLED_OFF.includes(status) || isRefundStuck(order)) return ok("order_ended");
  if (!PACKABLE.includes(status)) return refuse({ code: "order_not_ready", detail: `it is ${status}` });
  if (edit) return refuse({ code: "edit_open", editId: edit.editId });
  const applied = edits.filter((ended) => ended.outcome === "applied").at(-1);
  return applied && tooEarly(applied.endedAt, ports);
}

/** Called off after it was paid; only its money is left to be seen to. */
const isRefundStuck = ({ status, attentionReason }: OrderView): boolean =>
  status === "needs_attention" && attentionReason === "refund_failed";

/** An order that was called off meanwhile is no failure: there is nothing left to send. */
function readRefusal(refusal: OrderRefusal): Answer {
  const status = "status" in refusal ? refusal.status : undefined;
  if (status !== undefined && CALLED_OFF.includes(status)) return ok("order_ended");
  return refuse({ code: "order_not_ready", detail: status ? `${refusal.code} in ${status}` : refusal.code });
}
