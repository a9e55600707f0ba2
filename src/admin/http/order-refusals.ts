import type { StaffDraftRefusal } from "#checkout";
import type { OrderRefusal } from "#orders";

/** What to tell staff when an order does not do what they asked. Nothing was changed in any of these. */
export function refusalSentence(refusal: OrderRefusal): string {
  switch (refusal.code) {
    case "order_unknown":
      return "There is no such order.";
    case "version_conflict":
      return "Somebody else changed this order meanwhile. Look at it again, then repeat.";
    case "order_not_cancellable":
      return "This order has moved on and cannot be cancelled any more. Take the goods back instead.";
    case "transition_refused":
      return "The order's state does not allow that any more.";
    case "refund_too_large":
      return "That is more than can go back. Look at what was paid and refunded so far.";
    case "edit_open":
      return "Another edit is under way. Finish or abandon it first.";
    case "edit_invalid":
    case "return_invalid":
      return refusal.detail;
    case "edit_payment_needed":
      return "This edit costs more than before: say how the difference is paid.";
    case "edit_unknown":
      return "This edit is over.";
    case "return_unknown":
      return "There is no such return.";
    case "note_unknown":
      return "There is no such note any more.";
    case "return_too_late":
      return "The days for returns are over.";
    case "limit_reached":
      return `One order takes at most ${refusal.limit} ${refusal.of}.`;
    case "idempotency_key_reused":
      return "This form was used for something else. Open the order again.";
    case "request_in_progress":
      return "This is being done right now.";
    case "out_of_stock":
    case "payment_declined":
    case "payment_unavailable":
    case "voucher_refused":
    case "currency_differs":
      return "The order came to nothing.";
  }
}

/** The same for an order that staff write. */
export function draftSentence(refusal: StaffDraftRefusal | OrderRefusal): string {
  switch (refusal.code) {
    case "draft_unknown":
      return "There is no such draft.";
    case "draft_closed":
      return refusal.status === "cancelled" ? "This draft was given up." : "This draft became an order.";
    case "version_conflict":
      return "Somebody else changed this meanwhile. Look at it again, then repeat.";
    case "draft_incomplete":
      return "Something is missing or not sold any more.";
    case "out_of_stock":
      return "There are not enough units. Nothing is held and nothing was charged.";
    case "payment_unavailable":
      return "The payment provider does not answer. Try again in a moment.";
    default:
      return refusalSentence(refusal);
  }
}
