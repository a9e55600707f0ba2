import { after, SECOND_MS, type EpochMs } from "#kernel";
import type { HoldFateAnswer, OrderFateAnswer } from "../contract.ts";
import { HOLD_GRACE_SECONDS } from "./limits.ts";
import { PLACEMENT, type OrderState } from "./state.ts";

/** What is to become of what is held for this order, or for one of its edits. */
export function fateOf(state: OrderState | undefined, part = PLACEMENT): OrderFateAnswer {
  if (!state) return "unknown";
  return part === PLACEMENT ? placementFate(state) : editFate(state, part);
}

/**
 * What a stock or voucher object is told when a hold has passed its deadline. While a payment has a known end to come,
 * a bank transfer above all, nothing changes that the order would not tell by itself: the answer says how long that is.
 */
export function holdFateOf(
  state: OrderState | undefined,
  part: number | undefined,
  now: EpochMs,
): HoldFateAnswer {
  const fate = fateOf(state, part);
  const end = fate === "live" && state ? paymentEnd(state, part) : undefined;
  if (end === undefined || end <= now) return { fate };
  return { fate, quietForMs: after(end, HOLD_GRACE_SECONDS * SECOND_MS) - now };
}

function paymentEnd(state: OrderState, part = PLACEMENT): EpochMs | undefined {
  const payment = part === PLACEMENT ? state.payment : state.edit?.payment;
  return payment?.kind === "pending" ? payment.expiresAt : undefined;
}

function placementFate(state: OrderState): OrderFateAnswer {
  switch (state.status) {
    case "created":
    case "holding":
    case "held":
    case "authorising":
    case "payment_unknown":
    case "authorised":
      return "live";
    case "needs_attention":
      return state.isCommitted ? "committing" : "live";
    case "committing":
    case "capturing":
    case "confirmed":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
    case "refunding":
    case "refunded":
      // A refunded order has taken its units and given them back by returns of their own.
      return "committing";
    case "releasing":
    case "cancelled":
      return "cancelled";
  }
}

function editFate(state: OrderState, part: number): OrderFateAnswer {
  if (state.edit?.part === part) {
    switch (state.edit.stage) {
      case "holding":
      case "paying":
        return "live";
      case "committing":
      case "capturing":
        return "committing";
      case "releasing":
        return "cancelled";
    }
  }
  const ended = state.edits.find((edit) => edit.part === part);
  if (!ended) return "unknown";
  return ended.outcome === "applied" ? "committing" : "cancelled";
}
