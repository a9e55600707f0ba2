import { epochMs, invariant, unreachable, type EpochMs, type OrderId } from "#kernel";
import type { OrderStatus, TimelineEntry } from "../contract.ts";
import type { OrderEvent, RecordedEvent } from "./events.ts";
import { MAX_SCANS, MAX_TIMELINE } from "./limits.ts";
import { isEnding, type OrderState, type PaymentState } from "./state.ts";

/** The state after one more event. Total over known events; an unknown one is a defect. */
export function evolve(state: OrderState | undefined, recorded: RecordedEvent): OrderState {
  const { event, sequence, occurredAt } = recorded;
  if (event.type === "order.placed") return placed(recorded, event);
  invariant(state, `an order begins with order.placed, not ${event.type}`);
  invariant(sequence === state.version + 1, "an order's events have no gaps");
  const next = apply(state, event, occurredAt);
  return { ...next, version: sequence, updatedAt: occurredAt, timeline: extend(state.timeline, recorded) };
}

/** The state that a whole log leads to; `undefined` for an empty one. */
export const replay = (events: readonly RecordedEvent[]): OrderState | undefined =>
  events.reduce<OrderState | undefined>((state, event) => evolve(state, event), undefined);

function placed(recorded: RecordedEvent, event: Extract<OrderEvent, { type: "order.placed" }>): OrderState {
  return {
    // Minted as an order id by whoever placed it.
    orderId: event.orderId as OrderId,
    orderNumber: event.orderNumber,
    status: "holding",
    requestHash: event.requestHash,
    accessKey: event.accessKey,
    provider: event.provider,
    draft: event.draft,
    choice: event.payment,
    payment: { kind: "none" },
    attempt: 0,
    shortages: [],
    parcels: [],
    scanIds: [],
    timeline: extend([], recorded),
    placedAt: recorded.occurredAt,
    updatedAt: recorded.occurredAt,
    version: recorded.sequence,
  };
}

const extend = (timeline: readonly TimelineEntry[], recorded: RecordedEvent): TimelineEntry[] =>
  [
    ...timeline,
    {
      sequence: recorded.sequence,
      type: recorded.event.type,
      occurredAt: recorded.occurredAt,
      ...noteOf(recorded.event),
    },
  ].slice(-MAX_TIMELINE);

function noteOf(event: OrderEvent): { note?: string } {
  switch (event.type) {
    case "order.parcel_scanned":
      return { note: event.status };
    case "order.fulfilment_started":
      return { note: event.parcel.trackingNumber };
    case "order.payment_declined":
    case "order.cancelled":
    case "order.release_started":
    case "order.attention_needed":
      return { note: event.reason };
    default:
      return {};
  }
}

const to = (state: OrderState, status: OrderStatus, payment: PaymentState = state.payment): OrderState => ({
  ...state,
  status,
  payment,
});

function apply(
  state: OrderState,
  event: Exclude<OrderEvent, { type: "order.placed" }>,
  at: EpochMs,
): OrderState {
  switch (event.type) {
    case "order.held":
      return to(state, "held");
    case "order.hold_refused":
      return { ...state, shortages: event.shortages };
    case "order.payment_requested":
      return { ...to(state, "authorising", { kind: "requested" }), attempt: event.attempt };
    case "order.payment_pending":
      return to(state, "authorising", pendingOf(event));
    case "order.payment_unknown":
      return to(state, "payment_unknown", unknownOf(state, at));
    case "order.payment_declined":
      return to(state, state.status, { kind: "failed", reason: event.reason });
    case "order.authorised":
      // After a cancellation the money is noted so that it can be sent back; the order stays cancelled.
      return to(state, isEnding(state.status) ? state.status : "authorised", authorisedOf(event));
    case "order.commit_started":
      return to(state, "committing");
    case "order.committed":
      return to(state, "capturing");
    case "order.captured":
      return to(state, state.status, capturedOf(state, event));
    case "order.confirmed":
      return to(state, "confirmed");
    case "order.release_started":
      return { ...to(state, "releasing"), releaseReason: event.reason };
    case "order.payment_voided":
      return to(state, state.status, { kind: "voided", reference: event.reference });
    case "order.cancelled":
      return { ...to(state, "cancelled"), releaseReason: event.reason };
    case "order.attention_needed":
      return to(state, "needs_attention");
    default:
      return applyParcel(state, event);
  }
}

type ParcelEvent = Extract<
  OrderEvent,
  { type: "order.fulfilment_started" | "order.parcel_scanned" | "order.shipped" | "order.delivered" }
>;

function applyParcel(state: OrderState, event: ParcelEvent): OrderState {
  switch (event.type) {
    case "order.fulfilment_started":
      return { ...to(state, "fulfilling"), parcels: [...state.parcels, event.parcel] };
    case "order.parcel_scanned":
      return {
        ...state,
        parcels: state.parcels.map((parcel) =>
          parcel.parcelId === event.parcelId ? { ...parcel, status: event.status } : parcel,
        ),
        scanIds: [...state.scanIds, event.scanId].slice(-MAX_SCANS),
      };
    case "order.shipped":
      return to(state, "shipped");
    case "order.delivered":
      return to(state, "delivered");
    default:
      return unreachable(event, "evolve");
  }
}

function pendingOf(event: Extract<OrderEvent, { type: "order.payment_pending" }>): PaymentState {
  return {
    kind: "pending",
    reference: event.reference,
    ...(event.redirectUrl === undefined ? {} : { redirectUrl: event.redirectUrl }),
    ...(event.expiresAt === undefined ? {} : { expiresAt: epochMs(event.expiresAt) }),
  };
}

function unknownOf(state: OrderState, at: EpochMs): PaymentState {
  const { payment } = state;
  if (payment.kind === "unknown") return { ...payment, polls: payment.polls + 1 };
  const reference = payment.kind === "pending" ? { reference: payment.reference } : {};
  return { kind: "unknown", since: at, polls: 0, ...reference };
}

const authorisedOf = (event: Extract<OrderEvent, { type: "order.authorised" }>): PaymentState => ({
  kind: "authorised",
  reference: event.reference,
  amountMinor: event.amountMinor,
  ...(event.cardLast4 === undefined ? {} : { cardLast4: event.cardLast4 }),
});

function capturedOf(state: OrderState, event: Extract<OrderEvent, { type: "order.captured" }>): PaymentState {
  const cardLast4 = state.payment.kind === "authorised" ? state.payment.cardLast4 : undefined;
  return {
    kind: "captured",
    reference: event.reference,
    amountMinor: event.amountMinor,
    ...(cardLast4 === undefined ? {} : { cardLast4 }),
  };
}
