import type { OrderEventType, OrderStatus, OrderView } from "#orders";
import type { Availability, ProductStatus } from "#catalog";
import type { MovementKind, SellingPolicy } from "#inventory";

type Tone = "good" | "wait" | "bad" | "plain" | "quiet";
type Said = { readonly word: string; readonly tone: Tone };

/** An order's status as staff say it. */
export const ORDER_STATUS_WORDS: Readonly<Record<OrderStatus, Said>> = {
  created: { word: "Created", tone: "quiet" },
  holding: { word: "Holding stock", tone: "wait" },
  held: { word: "Stock held", tone: "wait" },
  authorising: { word: "Waiting for payment", tone: "wait" },
  payment_unknown: { word: "Payment unknown", tone: "bad" },
  authorised: { word: "Authorised", tone: "wait" },
  committing: { word: "Taking stock", tone: "wait" },
  capturing: { word: "Capturing", tone: "wait" },
  confirmed: { word: "Confirmed", tone: "plain" },
  fulfilling: { word: "Packed", tone: "plain" },
  shipped: { word: "On its way", tone: "plain" },
  delivered: { word: "Delivered", tone: "good" },
  closed: { word: "Closed", tone: "quiet" },
  releasing: { word: "Releasing", tone: "wait" },
  cancelled: { word: "Cancelled", tone: "quiet" },
  refunding: { word: "Being refunded", tone: "wait" },
  refunded: { word: "Refunded", tone: "quiet" },
  needs_attention: { word: "Needs a person", tone: "bad" },
};

export const PAYMENT_STATUS_WORDS: Readonly<Record<OrderView["payment"]["status"], Said>> = {
  none: { word: "Not asked", tone: "quiet" },
  pending: { word: "Not paid yet", tone: "wait" },
  unknown: { word: "Unknown", tone: "bad" },
  authorised: { word: "Authorised", tone: "wait" },
  captured: { word: "Paid", tone: "good" },
  voided: { word: "Voided", tone: "quiet" },
  failed: { word: "Declined", tone: "bad" },
  partially_refunded: { word: "Partly refunded", tone: "quiet" },
  refunded: { word: "Refunded", tone: "quiet" },
};

export const EVENT_WORDS: Readonly<Record<OrderEventType, string>> = {
  "order.placed": "Placed",
  "order.held": "All units held",
  "order.hold_refused": "Not enough stock",
  "order.voucher_refused": "Voucher refused",
  "order.payment_requested": "Payment requested",
  "order.payment_pending": "Waiting for payment",
  "order.payment_unknown": "No answer from the provider",
  "order.payment_declined": "Payment declined",
  "order.authorised": "Payment authorised",
  "order.commit_started": "Taking units off the shelf",
  "order.committed": "Units taken off the shelf",
  "order.capture_retried": "Capture tried again",
  "order.captured": "Payment captured",
  "order.confirmed": "Confirmed",
  "order.fulfilment_started": "Parcel packed",
  "order.parcel_scanned": "Parcel scanned",
  "order.shipped": "Shipped",
  "order.delivered": "Delivered",
  "order.release_started": "Undoing began",
  "order.payment_voided": "Payment voided",
  "order.cancelled": "Cancelled",
  "order.refunding_started": "Called off after payment",
  "order.refund_requested": "Refund asked for",
  "order.refund_pending": "Refund on its way",
  "order.refund_unknown": "No answer about the refund",
  "order.refund_paid": "Money sent back",
  "order.refund_failed": "Refund failed",
  "order.refunded": "Refunded",
  "order.stock_return_requested": "Units to go back on the shelf",
  "order.stock_returned": "Units back on the shelf",
  "order.edit_started": "Edit started",
  "order.edit_held": "Units of the edit held",
  "order.edit_payment_changed": "Payment of the edit moved on",
  "order.edit_committed": "Units of the edit taken",
  "order.edit_captured": "Payment of the edit captured",
  "order.ended_edit_payment_changed": "Late payment of an ended edit moved on",
  "order.edit_applied": "Edit applied",
  "order.edit_release_started": "Edit being undone",
  "order.edit_abandoned": "Edit abandoned",
  "order.return_requested": "Return asked for",
  "order.return_approved": "Return approved",
  "order.return_declined": "Return declined",
  "order.return_received": "Goods came back",
  "order.return_credited": "Set against an exchange",
  "order.return_closed": "Return closed",
  "order.note_added": "Note written",
  "order.note_removed": "Note removed",
  "order.tags_set": "Tags set",
  "order.attention_flagged": "Flagged for a person",
  "order.attention_cleared": "Flag cleared",
  "order.attention_needed": "Put before a person",
};

export const MOVEMENT_WORDS: Readonly<Record<MovementKind, string>> = {
  received: "Received",
  counted: "Counted",
  adjusted: "Adjusted",
  held: "Held",
  released: "Released",
  committed: "Sold",
  returned: "Returned",
  damaged: "Damaged",
  repaired: "Repaired",
  scrapped: "Scrapped",
  safety_set: "Safety stock set",
  incoming_announced: "Announced",
  transferred_out: "Sent to another location",
  in_transit: "On the way here",
  transferred_in: "Arrived from another location",
  transferred_back: "Came back from a transfer",
  transfer_ended: "Transfer called back",
  transfer_lost: "Lost on the way",
  policy_set: "Selling policy set",
  locations_arranged: "Locations arranged",
  lent: "Lent to a shard",
  lent_sold: "Told by a shard",
  lent_back: "Came back from a shard",
  recalled: "Called back from shards",
  borrowed: "Borrowed by the shard",
  given_back: "Sent home by the shard",
};

export const PRODUCT_STATUS_WORDS: Readonly<Record<ProductStatus, Said>> = {
  active: { word: "Active", tone: "good" },
  draft: { word: "Draft", tone: "wait" },
  archived: { word: "Archived", tone: "quiet" },
};

export const AVAILABILITY_WORDS: Readonly<Record<Availability, Said>> = {
  in_stock: { word: "In stock", tone: "good" },
  low: { word: "Low", tone: "wait" },
  backorder: { word: "Backorder", tone: "wait" },
  preorder: { word: "Preorder", tone: "plain" },
  sold_out: { word: "Sold out", tone: "bad" },
};

/** A selling policy in words. */
export function policyWords(policy: SellingPolicy): string {
  switch (policy.kind) {
    case "deny":
      return "Sells only what is there";
    case "backorder":
      return `Backorder up to ${policy.limit}${policy.expectedAt === undefined ? "" : `, expected ${policy.expectedAt}`}`;
    case "preorder":
      return `Preorder up to ${policy.limit}, from ${policy.expectedAt}`;
    case "untracked":
      return "Not counted";
  }
}

/** Every status, for reading one from an address. */
export const ORDER_STATUSES = Object.keys(ORDER_STATUS_WORDS) as readonly OrderStatus[];
export const PRODUCT_STATUSES = Object.keys(PRODUCT_STATUS_WORDS) as readonly ProductStatus[];
export const AVAILABILITIES = Object.keys(AVAILABILITY_WORDS) as readonly Availability[];
