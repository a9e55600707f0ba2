import { refuse, type EpochMs } from "#kernel";
import type { OrderStatus, Parcel, ParcelScan, ParcelStatus } from "../contract.ts";
import { followedBy, happened, nothing, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { MAX_PARCELS } from "./limits.ts";
import type { OrderState } from "./state.ts";
import { parcelledOf } from "./units.ts";

const SHIPPABLE: readonly OrderStatus[] = ["confirmed", "fulfilling", "shipped", "delivered"];

/** A parcel is packed: of units that the order has and that are in no other parcel, and never while an edit is open. */
export function decideFulfilment(state: OrderState, parcel: Omit<Parcel, "status">): Decision {
  if (state.parcels.some((known) => known.parcelId === parcel.parcelId)) return nothing;
  const isOpen = SHIPPABLE.includes(state.status) && state.edit === undefined;
  if (!isOpen || state.parcels.length >= MAX_PARCELS || !areUnitsFree(state, parcel))
    return unfit(state, "start-fulfilment");
  return happened({ type: "order.fulfilment_started", parcel: { ...parcel, status: "label_created" } });
}

const areUnitsFree = (state: OrderState, parcel: Omit<Parcel, "status">): boolean =>
  parcel.lines.every(({ lineId, quantity }) => {
    const ordered = state.draft.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
    return quantity >= 1 && parcelledOf(state, lineId) + quantity <= ordered;
  });

/** How far a parcel has come; a scan never moves it back. `delayed` may come at any time before delivery. */
const PROGRESS: Readonly<Record<ParcelStatus, number>> = {
  label_created: 0,
  in_transit: 1,
  delayed: 1,
  out_for_delivery: 2,
  delivered: 3,
};

const SCANNABLE: readonly OrderStatus[] = ["fulfilling", "shipped", "delivered"];

export function decideScan(state: OrderState, scan: ParcelScan, now: EpochMs): Decision {
  if (state.scanIds.includes(scan.scanId)) return nothing;
  const parcel = state.parcels.find((known) => known.parcelId === scan.parcelId);
  if (!parcel || !SCANNABLE.includes(state.status))
    return refuse({ code: "transition_refused", status: state.status, command: "record-scan" });
  const isProgress =
    PROGRESS[scan.status] > PROGRESS[parcel.status] ||
    (scan.status === "delayed" && parcel.status === "in_transit");
  if (!isProgress) return nothing;
  const { scanId, parcelId, status } = scan;
  const events: OrderEvent[] = [{ type: "order.parcel_scanned", scanId, parcelId, status }];
  if (state.status === "fulfilling" && status !== "label_created") events.push({ type: "order.shipped" });
  return happened(...followedBy(state, events, { now, with: delivery }));
}

/** The order has arrived: every unit that travels is in a parcel, and every parcel is there. Said once. */
export function delivery(state: OrderState): OrderEvent[] {
  const isThere = state.parcels.length > 0 && state.parcels.every((parcel) => parcel.status === "delivered");
  const isPacked = state.draft.lines.every(
    (line) => !line.requiresShipping || parcelledOf(state, line.lineId) >= line.quantity,
  );
  return state.status === "shipped" && isThere && isPacked ? [{ type: "order.delivered" }] : [];
}
