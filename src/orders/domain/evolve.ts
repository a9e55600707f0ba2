import { epochMs, invariant, unreachable, type EpochMs, type OrderId } from "#kernel";
import type { OrderStatus, TimelineEntry } from "../contract.ts";
import type { DeskEvent, OrderEvent, ParcelEvent, RecordedEvent, SagaEvent } from "./events.ts";
import { evolveEdit } from "./evolve-edit.ts";
import { evolveRefund } from "./evolve-refund.ts";
import { evolveReturn } from "./evolve-return.ts";
import { MAX_SCANS, MAX_TIMELINE } from "./limits.ts";
import { requestedAgain, unknownOf } from "./payment-state.ts";
import { isEnding, type OrderState, type PaymentState } from "./state.ts";
import { noteOf } from "./timeline.ts";
import { demandBySku } from "./units.ts";

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

type Placed = Extract<OrderEvent, { type: "order.placed" }>;

function placed(recorded: RecordedEvent, event: Placed): OrderState {
  return {
    // Minted as an order id by whoever placed it.
    orderId: event.orderId as OrderId,
    orderNumber: event.orderNumber,
    status: "holding",
    requestHash: event.requestHash,
    accessKey: event.accessKey,
    provider: event.provider,
    placed: demandBySku(event.draft),
    draft: event.draft,
    dueMinor: event.draft.dueMinor,
    choice: event.payment,
    payment: { kind: "none" },
    attempt: 0,
    captureAttempt: 1,
    isCommitted: false,
    vouchersMinor: 0,
    editLegs: [],
    refunds: [],
    takeBacks: [],
    edits: [],
    returns: [],
    shortages: [],
    parcels: [],
    scanIds: [],
    timeline: extend([], recorded),
    notes: [],
    tags: [],
    flags: [],
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

const to = (state: OrderState, status: OrderStatus, payment: PaymentState = state.payment): OrderState => ({
  ...state,
  status,
  payment,
});

function apply(state: OrderState, event: Exclude<OrderEvent, Placed>, at: EpochMs): OrderState {
  switch (event.type) {
    case "order.refunding_started":
    case "order.refund_requested":
    case "order.refund_pending":
    case "order.refund_unknown":
    case "order.refund_paid":
    case "order.refund_failed":
    case "order.refunded":
    case "order.stock_return_requested":
    case "order.stock_returned":
      return evolveRefund(state, event, at);
    case "order.edit_started":
    case "order.edit_held":
    case "order.edit_payment_changed":
    case "order.edit_committed":
    case "order.edit_captured":
    case "order.edit_applied":
    case "order.edit_release_started":
    case "order.edit_abandoned":
    case "order.ended_edit_payment_changed":
      return evolveEdit(state, event, at);
    case "order.return_requested":
    case "order.return_approved":
    case "order.return_declined":
    case "order.return_received":
    case "order.return_credited":
    case "order.return_closed":
      return evolveReturn(state, event, at);
    case "order.note_added":
    case "order.note_removed":
    case "order.tags_set":
    case "order.attention_flagged":
    case "order.attention_cleared":
      return applyDesk(state, event, at);
    case "order.fulfilment_started":
    case "order.parcel_scanned":
    case "order.shipped":
    case "order.delivered":
      return applyParcel(state, event, at);
    default:
      return applySaga(state, event, at);
  }
}

function applySaga(state: OrderState, event: Exclude<SagaEvent, Placed>, at: EpochMs): OrderState {
  switch (event.type) {
    case "order.held":
      return to(state, "held");
    case "order.hold_refused":
      return { ...state, shortages: event.shortages };
    case "order.voucher_refused":
      return { ...state, voucherRefusal: { voucherId: event.voucherId, reason: event.reason } };
    case "order.payment_requested":
      return { ...to(state, "authorising", requestedAgain(state.payment)), attempt: event.attempt };
    case "order.payment_pending":
      return to(state, "authorising", pendingOf(event));
    case "order.payment_unknown":
      return to(
        state,
        isEnding(state.status) ? state.status : "payment_unknown",
        unknownOf(state.payment, at),
      );
    case "order.payment_declined":
      return to(state, state.status, { kind: "failed", reason: event.reason });
    case "order.authorised":
      // After a cancellation the money is noted so that it can be sent back; the order stays cancelled.
      return to(state, isEnding(state.status) ? state.status : "authorised", authorisedOf(event));
    case "order.commit_started":
      return settled(to(state, "committing"));
    case "order.committed":
      return { ...to(state, "capturing"), isCommitted: true, vouchersMinor: event.vouchersMinor };
    case "order.capture_retried":
      return { ...settled(to(state, "capturing")), captureAttempt: event.attempt };
    case "order.captured":
      return to(state, state.status, capturedOf(state.payment, event));
    case "order.confirmed":
      return settled(to(state, "confirmed"));
    case "order.release_started":
      return {
        ...settled(to(state, "releasing")),
        releaseReason: event.reason,
        // The release gives vouchers back as if they had never been taken.
        isCommitted: false,
        vouchersMinor: 0,
      };
    case "order.payment_voided":
      return to(state, state.status, { kind: "voided", reference: event.reference });
    case "order.cancelled":
      return { ...to(state, "cancelled"), releaseReason: event.reason };
    case "order.attention_needed":
      return { ...to(state, "needs_attention"), attentionReason: event.reason };
    default:
      return unreachable(event, "evolve");
  }
}

/** The order no longer waits for a person. */
function settled(state: OrderState): OrderState {
  const { attentionReason: _attentionReason, ...rest } = state;
  return rest;
}

function applyParcel(state: OrderState, event: ParcelEvent, at: EpochMs): OrderState {
  switch (event.type) {
    case "order.fulfilment_started":
      return { ...to(state, statusWithParcel(state.status)), parcels: [...state.parcels, event.parcel] };
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
      return { ...to(state, "delivered"), deliveredAt: at };
    default:
      return unreachable(event, "evolve");
  }
}

/** A further parcel of an order that is on its way does not send it back to the packing table. */
const statusWithParcel = (status: OrderStatus): OrderStatus =>
  status === "shipped" || status === "delivered" ? "shipped" : "fulfilling";

function applyDesk(state: OrderState, event: DeskEvent, at: EpochMs): OrderState {
  switch (event.type) {
    case "order.note_added":
      return { ...state, notes: [...state.notes, { ...event.note, writtenAt: at }] };
    case "order.note_removed":
      return { ...state, notes: state.notes.filter((note) => note.noteId !== event.noteId) };
    case "order.tags_set":
      return { ...state, tags: event.tags };
    case "order.attention_flagged": {
      const { code, reference } = event;
      return { ...state, flags: [...state.flags, { code, reference, raisedAt: at }] };
    }
    case "order.attention_cleared": {
      const isOther = (flag: { code: string; reference: string }): boolean =>
        flag.code !== event.code || flag.reference !== event.reference;
      return { ...state, flags: state.flags.filter(isOther) };
    }
    default:
      return unreachable(event, "evolve");
  }
}

function pendingOf(event: Extract<OrderEvent, { type: "order.payment_pending" }>): PaymentState {
  return {
    kind: "pending",
    reference: event.reference,
    ...(event.redirectUrl === undefined ? {} : { redirectUrl: event.redirectUrl }),
    ...(event.instructions === undefined ? {} : { instructions: event.instructions }),
    ...(event.expiresAt === undefined ? {} : { expiresAt: epochMs(event.expiresAt) }),
  };
}

const authorisedOf = (event: Extract<OrderEvent, { type: "order.authorised" }>): PaymentState => ({
  kind: "authorised",
  reference: event.reference,
  amountMinor: event.amountMinor,
  ...(event.cardLast4 === undefined ? {} : { cardLast4: event.cardLast4 }),
});

function capturedOf(
  payment: PaymentState,
  event: Extract<OrderEvent, { type: "order.captured" }>,
): PaymentState {
  const cardLast4 = payment.kind === "authorised" ? payment.cardLast4 : undefined;
  return {
    kind: "captured",
    reference: event.reference,
    amountMinor: event.amountMinor,
    ...(cardLast4 === undefined ? {} : { cardLast4 }),
  };
}
