import { after, invariant, unreachable, type EpochMs } from "#kernel";

/**
 * The simulated carrier as a decider: a booked parcel is scanned once per step until it is delivered. A real carrier
 * takes this place with scans from outside; everything behind the scans stays.
 */
export type CarrierState =
  | { readonly status: "unbooked" }
  | {
      readonly status: "label_created" | "in_transit" | "out_for_delivery";
      readonly stepMs: number;
      readonly scanCount: number;
      readonly nextScanAt: EpochMs;
    }
  | { readonly status: "delivered"; readonly scanCount: number };

export type CarrierCommand =
  | { readonly kind: "book"; readonly stepMs: number; readonly at: EpochMs }
  | { readonly kind: "advance"; readonly at: EpochMs };

export type ScannedStatus = "in_transit" | "out_for_delivery" | "delivered";

export type CarrierEvent =
  | { readonly type: "parcel.booked"; readonly stepMs: number; readonly at: EpochMs }
  | {
      readonly type: "parcel.scanned";
      readonly number: number;
      readonly status: ScannedStatus;
      readonly at: EpochMs;
    };

export const UNBOOKED: CarrierState = { status: "unbooked" };

const NEXT_SCAN = {
  label_created: "in_transit",
  in_transit: "out_for_delivery",
  out_for_delivery: "delivered",
} as const satisfies Record<string, ScannedStatus>;

/**
 * Decides in this order: a second booking changes nothing; an unbooked or delivered parcel does not move; a step that
 * is not due yet waits. One command makes at most one scan, so a carrier that slept for an hour does not race through.
 */
export function decideCarrier(state: CarrierState, command: CarrierCommand): readonly CarrierEvent[] {
  if (command.kind === "book") {
    return state.status === "unbooked"
      ? [{ type: "parcel.booked", stepMs: command.stepMs, at: command.at }]
      : [];
  }
  if (state.status === "unbooked" || state.status === "delivered" || command.at < state.nextScanAt) return [];
  return [
    { type: "parcel.scanned", number: state.scanCount + 1, status: NEXT_SCAN[state.status], at: command.at },
  ];
}

/** Applies an event; total over known events, and an event that cannot follow is a defect. */
export function evolveCarrier(state: CarrierState, event: CarrierEvent): CarrierState {
  switch (event.type) {
    case "parcel.booked":
      invariant(state.status === "unbooked", "a parcel is booked once");
      return {
        status: "label_created",
        stepMs: event.stepMs,
        scanCount: 0,
        nextScanAt: after(event.at, event.stepMs),
      };
    case "parcel.scanned": {
      invariant(
        state.status !== "unbooked" && state.status !== "delivered",
        "only a parcel on its way is scanned",
      );
      const { status, number } = event;
      if (status === "delivered") return { status, scanCount: number };
      return { status, stepMs: state.stepMs, scanCount: number, nextScanAt: after(event.at, state.stepMs) };
    }
    default:
      return unreachable(event, "evolveCarrier");
  }
}

/** When the carrier wants to scan next; never after delivery. */
export const nextCarrierWakeAt = (state: CarrierState): EpochMs | undefined =>
  "nextScanAt" in state ? state.nextScanAt : undefined;
