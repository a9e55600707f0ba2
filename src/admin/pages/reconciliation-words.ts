import type { Attempt, BreakClass, JobName, PromiseNumber } from "#reconciliation";

/** The shop's promises as staff say them. */
export const PROMISE_WORDS: Readonly<Record<PromiseNumber, string>> = {
  P1: "no unit sold twice",
  P2: "no order lost",
  P3: "money as booked",
  P4: "events on their way",
  P5: "lists as in truth",
  P6: "nothing overdue",
};

/** What differs, in words. */
export const BREAK_WORDS: Readonly<Record<BreakClass, string>> = {
  "stock.invariant": "Stock denies its own journal",
  "stock.claim_missing": "Sold units are not taken",
  "stock.claim_mismatch": "Claim of another number of units",
  "stock.claim_leaked": "Units kept for an ended order",
  "stock.claim_orphaned": "Units kept for nobody",
  "order.unknown": "Order that its object does not know",
  "money.unbalanced": "Books do not balance",
  "money.capture_mismatch": "Money does not fit the order",
  "money.refund_exceeds": "More refunded than taken",
  "money.authorisation_open": "Authorisation left open",
  "money.provider_mismatch": "Provider's book says otherwise",
  "money.provider_orphan": "Payment without an order",
  "outbox.old": "Order's events wait too long",
  "outbox.old_stock": "Stock's events wait too long",
  "projection.order": "Order list differs from the order",
  "projection.stock": "Stock list differs from the stock",
  "voucher.invariant": "Voucher denies its own journal",
  "voucher.claim_leaked": "Card or coupon kept for an ended order",
  "voucher.claim_orphaned": "Card or coupon kept for nobody",
  "projection.voucher": "Voucher list differs from the voucher",
  "order.overdue": "Order past its deadline",
  "order.behind_parcel": "Order behind its parcel",
  "hold.overdue": "Hold past its deadline",
};

/** What may be done, and what was done. */
export const ACTION_WORDS: Readonly<Record<Attempt["action"], string>> = {
  reproject: "Write the copy anew",
  settle: "Ask the provider and go on",
  nudge: "Set the alarm anew",
  release: "Ask the order and free the units",
  recommit: "Take the units off the shelf",
  rescan: "Tell the order where its parcel is",
  accept: "Let it stand",
  reopen: "Open again",
};

export const JOB_WORDS: Readonly<Record<JobName, string>> = {
  "sample-orders": "Orders, sample",
  "sample-stock": "Stock, sample",
  "sample-provider": "Payments, sample",
  "sample-vouchers": "Coupons and cards, sample",
  "full-orders": "Orders, all of them",
  "full-stock": "Stock, all of it",
  "full-provider": "Payments, all of them",
  "full-vouchers": "Coupons and cards, all of them",
  "rebuild-orders": "Rebuild of orders",
  "rebuild-stock": "Rebuild of stock levels",
};
