import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type {
  OrderStatus,
  Parcel,
  ParcelScan,
  ParcelStatus,
  PaymentOutcome,
  PlacementRefusal,
  PlaceOrder,
} from "../contract.ts";
import type { OrderEvent } from "./events.ts";
import { MAX_PARCELS } from "./limits.ts";
import type { Decision } from "./decision.ts";
import { decidePayment } from "./decide-payment.ts";
import type { HoldResult, OrderCommand } from "./commands.ts";
import { isEnding, orderNumberOf, type OrderState } from "./state.ts";

const none: Decision = ok([]);

/**
 * Decides what a command leads to; no events means that it was a repeat or came too late. Pure: time and outcomes are
 * input. Precedence: the order exists, the command fits its status, then the command's own rules.
 */
export function decide(state: OrderState | undefined, command: OrderCommand, now: EpochMs): Decision {
  if (command.kind === "place") return decidePlace(state, command.order);
  if (!state) return refuse({ code: "order_unknown" });
  switch (command.kind) {
    case "record-holds":
      return decideHolds(state, command.result);
    case "record-payment":
      return decidePayment(state, command.outcome, now);
    case "record-commit":
      return decideCommit(state, command.isComplete);
    case "record-capture":
      return decideCapture(state, command.outcome);
    case "record-void":
      return decideVoid(state, command.outcome);
    case "record-release":
      return state.status === "releasing"
        ? ok([{ type: "order.cancelled", reason: state.releaseReason ?? "released" }])
        : none;
    case "cancel":
      return decideCancel(state, command.reason);
    case "start-fulfilment":
      return decideFulfilment(state, command.parcel);
    case "record-scan":
      return decideScan(state, command.scan);
    default:
      return refuse({ code: "transition_refused", status: state.status, command: command.kind });
  }
}

/** Decides a placement: the same request again changes nothing, another one under the same key is refused. */
export function decidePlace(
  state: OrderState | undefined,
  order: PlaceOrder,
): Result<readonly OrderEvent[], PlacementRefusal> {
  if (state)
    return state.requestHash === order.requestHash ? ok([]) : refuse({ code: "idempotency_key_reused" });
  return ok([
    {
      type: "order.placed",
      orderId: order.orderId,
      orderNumber: orderNumberOf(order.orderId),
      requestHash: order.requestHash,
      accessKey: order.accessKey,
      provider: order.provider,
      draft: order.draft,
      payment: order.payment,
    },
  ]);
}

function decideHolds(state: OrderState, result: HoldResult): Decision {
  if (state.status !== "holding") return none;
  switch (result.kind) {
    case "held":
      return ok([{ type: "order.held" }, { type: "order.payment_requested", attempt: 1 }]);
    case "short":
      return ok([
        { type: "order.hold_refused", shortages: result.shortages },
        { type: "order.release_started", reason: "out_of_stock" },
      ]);
    case "voucher-refused":
      return ok([
        { type: "order.voucher_refused", voucherId: result.voucherId, reason: result.reason },
        { type: "order.release_started", reason: "voucher_refused" },
      ]);
    case "unavailable":
      return ok([{ type: "order.release_started", reason: "stock_unavailable" }]);
  }
}

function decideCommit(state: OrderState, isComplete: boolean): Decision {
  if (state.status !== "committing") return none;
  if (isComplete) return ok([{ type: "order.committed", vouchersMinor: 0 }]);
  // A held unit that cannot be committed means a restore or a bug: undo by a void, never sell what is not there.
  return ok([{ type: "order.release_started", reason: "stock_lost" }]);
}

function decideCapture(state: OrderState, outcome: PaymentOutcome): Decision {
  if (state.status !== "capturing") return none;
  switch (outcome.kind) {
    case "captured":
      if (outcome.amountMinor !== state.dueMinor)
        return ok([{ type: "order.attention_needed", reason: "captured_amount_differs" }]);
      return ok([
        { type: "order.captured", reference: outcome.reference, amountMinor: outcome.amountMinor },
        { type: "order.confirmed" },
      ]);
    case "declined":
    case "voided":
      return ok([{ type: "order.attention_needed", reason: "capture_refused" }]);
    case "authorised":
    case "pending":
    case "not_found":
    case "not_sent":
    case "unknown":
      return none;
  }
}

function decideVoid(state: OrderState, outcome: PaymentOutcome): Decision {
  const { payment } = state;
  // A void is only ever asked for while an order is undone; recorded at another time it would strand the order.
  if (!isEnding(state.status) || (payment.kind !== "pending" && payment.kind !== "authorised")) return none;
  switch (outcome.kind) {
    case "voided":
    case "declined":
    case "not_found": {
      const amountMinor = payment.kind === "authorised" ? payment.amountMinor : 0;
      return ok([{ type: "order.payment_voided", reference: payment.reference, amountMinor }]);
    }
    case "captured":
      return ok([{ type: "order.attention_needed", reason: "captured_after_cancel" }]);
    case "authorised":
    case "pending":
    case "not_sent":
    case "unknown":
      return none;
  }
}

/** Whether an order can still be called off without moving money back. */
export function isCancellable(state: OrderState): boolean {
  return state.status === "holding" || (state.status === "authorising" && state.payment.kind === "pending");
}

function decideCancel(state: OrderState, reason: string): Decision {
  if (state.status === "cancelled" || state.status === "releasing") return none;
  if (!isCancellable(state)) return refuse({ code: "order_not_cancellable", status: state.status });
  return ok([{ type: "order.release_started", reason }]);
}

function decideFulfilment(state: OrderState, parcel: Omit<Parcel, "status">): Decision {
  if (state.parcels.some((known) => known.parcelId === parcel.parcelId)) return none;
  const isOpen = state.status === "confirmed" || state.status === "fulfilling";
  if (!isOpen || state.parcels.length >= MAX_PARCELS) {
    return refuse({ code: "transition_refused", status: state.status, command: "start-fulfilment" });
  }
  return ok([{ type: "order.fulfilment_started", parcel: { ...parcel, status: "label_created" } }]);
}

/** How far a parcel has come; a scan never moves it back. `delayed` may come at any time before delivery. */
const PROGRESS: Readonly<Record<ParcelStatus, number>> = {
  label_created: 0,
  in_transit: 1,
  delayed: 1,
  out_for_delivery: 2,
  delivered: 3,
};

const SCANNABLE: readonly OrderStatus[] = ["fulfilling", "shipped", "delivered"];

function decideScan(state: OrderState, scan: ParcelScan): Decision {
  if (state.scanIds.includes(scan.scanId)) return none;
  const parcel = state.parcels.find((known) => known.parcelId === scan.parcelId);
  if (!parcel || !SCANNABLE.includes(state.status)) {
    return refuse({ code: "transition_refused", status: state.status, command: "record-scan" });
  }
  const isProgress =
    PROGRESS[scan.status] > PROGRESS[parcel.status] ||
    (scan.status === "delayed" && parcel.status === "in_transit");
  if (!isProgress) return none;
  const events: OrderEvent[] = [
    { type: "order.parcel_scanned", scanId: scan.scanId, parcelId: scan.parcelId, status: scan.status },
  ];
  if (state.status === "fulfilling" && scan.status !== "label_created")
    events.push({ type: "order.shipped" });
  const areOthersDelivered = state.parcels.every(
    (known) => known.parcelId === scan.parcelId || known.status === "delivered",
  );
  if (scan.status === "delivered" && areOthersDelivered) events.push({ type: "order.delivered" });
  return ok(events);
}
