import { refuse, type EpochMs } from "#kernel";
import type { CommandOf } from "./commands.ts";
import { followedBy, happened, nothing, staleRefusal, unfit, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { refundableMinor } from "./funds.ts";
import { PLACEMENT, type OrderState } from "./state.ts";
import { endOfRefunding, freeRefundId, refundEvents, undo } from "./undo.ts";
import { demandBySku } from "./units.ts";

/** Whether the buyer can still call the order off: nothing was promised to anybody yet. */
export const isCancellableByBuyer = (state: OrderState): boolean =>
  state.status === "holding" || (state.status === "authorising" && state.payment.kind === "pending");

/** Whether staff can: until the first unit is in a parcel, and never while an answer is seconds away. */
export function isCancellableByStaff(state: OrderState): boolean {
  switch (state.status) {
    case "holding":
    case "payment_unknown":
    case "committing":
    case "capturing":
    case "needs_attention":
      return true;
    case "authorising":
      return state.payment.kind === "pending";
    case "confirmed":
      return state.parcels.length === 0 && state.edit === undefined;
    case "created":
    case "held":
    case "authorised":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
    case "releasing":
    case "cancelled":
    case "refunding":
    case "refunded":
      return false;
  }
}

const OVER: readonly OrderState["status"][] = ["releasing", "cancelled", "refunding", "refunded"];

/**
 * Calls the whole order off. Before it is confirmed: release, void, and refund what was captured early. Afterwards:
 * units that left the shelf come back by returns of their own, and everything that was paid goes back.
 */
export function decideCancel(state: OrderState, command: CommandOf<"cancel">, now: EpochMs): Decision {
  if (OVER.includes(state.status)) return nothing;
  const stale = staleRefusal(state, command);
  if (stale) return stale;
  if (state.edit) return refuse({ code: "edit_open", editId: state.edit.editId });
  const isAllowed = command.by === "customer" ? isCancellableByBuyer(state) : isCancellableByStaff(state);
  if (!isAllowed) return refuse({ code: "order_not_cancellable", status: state.status });
  if (state.status === "confirmed") return happened(...callOff(state, command.reason, now));
  if (state.status === "needs_attention" && state.attentionReason === "refund_failed")
    return happened(...refundAgain(state, command.reason, now));
  return happened(...undo(state, command.reason, now));
}

function callOff(state: OrderState, reason: string, now: EpochMs): OrderEvent[] {
  const units = demandBySku(state.draft).map((unit) => ({
    ...unit,
    returnId: `${state.orderId}:cancel:${unit.sku}`,
    condition: "sellable" as const,
  }));
  const events: OrderEvent[] = [
    { type: "order.refunding_started", reason },
    ...(units.length === 0 ? [] : [{ type: "order.stock_return_requested" as const, units }]),
    ...everythingBack(state, reason, now),
  ];
  return followedBy(state, events, { now, with: endOfRefunding });
}

/** From a person's desk: what failed to go back is sent again, as a refund of its own. */
const refundAgain = (state: OrderState, reason: string, now: EpochMs): OrderEvent[] =>
  followedBy(state, [{ type: "order.refunding_started", reason }, ...everythingBack(state, reason, now)], {
    now,
    with: endOfRefunding,
  });

const everythingBack = (state: OrderState, reason: string, now: EpochMs): OrderEvent[] =>
  refundEvents(
    state,
    {
      refundId: freeRefundId(state, "cancel"),
      amountMinor: refundableMinor(state),
      reason,
      cause: "cancellation",
    },
    now,
  );

/** Whether the provider may be asked for the capture again: it has refused, and the money is still reserved. */
export const canRetryCapture = (state: OrderState): boolean =>
  state.status === "needs_attention" && state.isCommitted && state.payment.kind === "authorised";

export function decideRetryCapture(state: OrderState): Decision {
  if (state.status === "capturing") return nothing;
  if (!canRetryCapture(state)) return unfit(state, "retry-capture");
  return happened({ type: "order.capture_retried", attempt: state.captureAttempt + 1 });
}

/** The part that a command about a payment means when it names none. */
export const partOf = (command: { readonly part?: number }): number => command.part ?? PLACEMENT;
