import { ok, refuse, type Result } from "#kernel";
import type { DeclineReason, PlacedReply, PlacementRefusal } from "#orders";
import { replyOf } from "../../src/orders/domain/view.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";

const DECLINES: readonly string[] = [
  "declined",
  "insufficient_funds",
  "expired_card",
  "challenge_failed",
  "fraud_suspected",
  "session_expired",
] satisfies readonly DeclineReason[];

const isDecline = (reason: string | undefined): reason is DeclineReason =>
  reason !== undefined && DECLINES.includes(reason);

/** Seconds after which a shopper may try again when a part that we need did not answer. */
export const RETRY_AFTER_SECONDS = 30;

/** The answer for whoever placed the order; `undefined` while its first steps still run. */
export function firstReply(state: OrderState): Result<PlacedReply, PlacementRefusal> | undefined {
  switch (state.status) {
    case "created":
    case "holding":
    case "held":
    case "authorised":
    case "committing":
    case "capturing":
      return undefined;
    case "authorising":
      return state.payment.kind === "pending" ? ok(replyOf(state)) : undefined;
    case "releasing":
    case "cancelled":
      return refuse(refusalOf(state));
    case "payment_unknown":
    case "confirmed":
    case "fulfilling":
    case "shipped":
    case "delivered":
    case "closed":
    case "refunding":
    case "refunded":
    case "needs_attention":
      return ok(replyOf(state));
  }
}

function refusalOf(state: OrderState): PlacementRefusal {
  if (state.voucherRefusal) return { code: "voucher_refused", ...state.voucherRefusal };
  if (state.shortages.length > 0) return { code: "out_of_stock", shortages: state.shortages };
  if (isDecline(state.releaseReason)) return { code: "payment_declined", reason: state.releaseReason };
  return { code: "payment_unavailable", retryAfterSeconds: RETRY_AFTER_SECONDS };
}
