import type { EpochMs, OrderId, ParcelId } from "#kernel";
import type { OutboxAudit } from "#platform";
import type { OrderDraft, PaymentChoice } from "./contract-draft.ts";
import type { DeclineReason, PaymentView, Refund, VoucherRefusalReason } from "./contract-payment.ts";
import type { OrderEventType, OrderStatus, ParcelStatus, Shortage } from "./contract-view.ts";

/** What may be asked of an order, and how it refuses. Ids are minted by the caller: a repeat with the same id changes nothing. */

export type PlaceOrder = {
  readonly orderId: OrderId;
  /** SHA-256 of the request's meaning: the same key with another body is refused. */
  readonly requestHash: string;
  readonly draft: OrderDraft;
  /** Name of the provider that takes `draft.dueMinor`; not asked when that is 0. */
  readonly provider: string;
  readonly payment: PaymentChoice;
  /** Secret of the order link, minted by the caller; the first one stays. */
  readonly accessKey: string;
};

/** The reply that a repeat of the same request gets, word for word. */
export type PlacedReply = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly accessKey: string;
  /** Where to send the buyer to pay, while payment is open. */
  readonly redirectUrl?: string;
};

/** A change made by a person who has seen the order: refused with `version_conflict` when it has moved on. */
type Versioned = { readonly expectedVersion?: number };

export type CancelOrder = Versioned & {
  readonly reason: string;
  /** A buyer may cancel until the order is paid; staff until its first unit is in a parcel. */
  readonly by: "customer" | "staff" | "system";
};

export type RefundRequest = Versioned & {
  readonly refundId: string;
  /** At least 1, at most `payment.refundableMinor`. */
  readonly amountMinor: number;
  /** Refused when it is not the order's own. */
  readonly currency?: string;
  readonly reason: string;
  /** Which money goes back first; `payment` unless staff choose. `outside` is given back by hand and only noted. */
  readonly from?: "payment" | "vouchers" | "outside";
};

/** An edit, priced by the caller: the order as it shall be. One may be open at a time. */
export type EditRequest = {
  readonly editId: string;
  readonly expectedVersion: number;
  /**
   * Lines keep their ids. Currency, cart, checkout and tenders stay; units that are in a parcel stay too.
   */
  readonly draft: OrderDraft;
  readonly reason: string;
  /** How a difference is paid; needed when there is one. */
  readonly payment?: { readonly provider: string; readonly choice: PaymentChoice };
  /** Sets the worth of a return's units against the difference: an exchange. */
  readonly exchange?: { readonly returnId: string };
};

/** What an edit would do; nothing is stored. */
export type EditPreview = {
  readonly version: number;
  readonly differenceMinor: number;
  readonly creditMinor: number;
  /** To be paid before it is applied. */
  readonly dueMinor: number;
  /** To be refunded when it is applied. */
  readonly refundMinor: number;
  readonly addedUnits: readonly SkuQuantity[];
  readonly removedUnits: readonly SkuQuantity[];
  readonly isAddressChanged: boolean;
  readonly isDeliveryChanged: boolean;
};

export type SkuQuantity = {
  readonly sku: string;
  readonly quantity: number;
  /** Shards that the order asks before the SKU's own object; only for what was placed, absent when there are none. */
  readonly shards?: number;
};
export type LineQuantity = { readonly lineId: string; readonly quantity: number };

export type ReturnRequest = {
  readonly returnId: string;
  readonly by: "customer" | "staff";
  readonly wish: "refund" | "exchange";
  /** One of the shop's reasons, or words; at most 500 characters. */
  readonly reason: string;
  readonly lines: readonly LineQuantity[];
};

export type ReturnDecision = Versioned & { readonly returnId: string };
export type ReturnRefusal = ReturnDecision & { readonly reason: string };

/** Units of a return that have come back; there may be several receipts. */
export type ReturnReceipt = {
  readonly returnId: string;
  readonly receiptId: string;
  readonly lines: readonly (LineQuantity & { readonly condition: "restock" | "scrap" })[];
};

export type ReturnClosing = ReturnDecision & {
  /** What goes back, delivery counted in; absent: the worth of what came back less what an exchange has used. */
  readonly refundMinor?: number;
  /** Refused when it is not the order's own. */
  readonly currency?: string;
  readonly from?: RefundRequest["from"];
};

export type NoteRequest = { readonly noteId: string; readonly text: string };
export type TagsRequest = Versioned & { readonly tags: readonly string[] };

/** Staff say that money has come outside every provider: a bank transfer, or cash at the door. */
export type ManualSettlement = Versioned & {
  /** Of the bank statement or receipt. */
  readonly reference: string;
  /** Absent: the placement; n: the payment of the n-th edit. */
  readonly part?: number;
};

export type ParcelScan = {
  readonly scanId: string;
  readonly parcelId: ParcelId;
  readonly status: ParcelStatus;
  readonly occurredAt: EpochMs;
};

/** Why no order came of a placement. */
export type PlacementRefusal =
  | { readonly code: "out_of_stock"; readonly shortages: readonly Shortage[] }
  | { readonly code: "payment_declined"; readonly reason: DeclineReason }
  | { readonly code: "payment_unavailable"; readonly retryAfterSeconds: number }
  /** A coupon, gift card or credit of the draft cannot be claimed any more; nothing was charged. */
  | { readonly code: "voucher_refused"; readonly voucherId: string; readonly reason: VoucherRefusalReason }
  | { readonly code: "idempotency_key_reused" }
  | { readonly code: "request_in_progress" }
  | { readonly code: "order_unknown" }
  | { readonly code: "order_not_cancellable"; readonly status: OrderStatus }
  | { readonly code: "transition_refused"; readonly status: OrderStatus; readonly command: string };

/** Why an order does not do what it is asked. */
export type OrderRefusal =
  | PlacementRefusal
  /** The order has moved on since the person saw it. */
  | { readonly code: "version_conflict"; readonly version: number }
  /** More than may go back, refunds under way counted in. */
  | { readonly code: "refund_too_large"; readonly refundableMinor: number }
  | { readonly code: "currency_differs"; readonly currency: string }
  | { readonly code: "edit_open"; readonly editId: string }
  | { readonly code: "edit_invalid"; readonly detail: string }
  /** The edit costs more and nobody said how it is paid. */
  | { readonly code: "edit_payment_needed"; readonly dueMinor: number }
  | { readonly code: "edit_unknown"; readonly editId: string }
  | { readonly code: "return_unknown"; readonly returnId: string }
  | { readonly code: "note_unknown"; readonly noteId: string }
  | { readonly code: "return_invalid"; readonly detail: string }
  | { readonly code: "return_too_late"; readonly until: EpochMs }
  /** A bound of `domain/limits.ts` is reached: notes, tags, refunds, edits or returns of one order. */
  | { readonly code: "limit_reached"; readonly limit: number; readonly of: string };

/** One event as it was stored, for rebuilding and comparing; `body` is the event as JSON without the order's secret. */
export type StoredOrderEvent = {
  readonly sequence: number;
  readonly type: OrderEventType;
  /** Version of the event's shape. */
  readonly version: number;
  readonly occurredAt: EpochMs;
  readonly actor: string;
  readonly body: string;
};

export type OrderEventPage = {
  readonly items: readonly StoredOrderEvent[];
  /** Pass it as `after`; absent on the last page. */
  readonly nextAfter?: number;
};

/** What reconciliation compares with stock objects, the provider and D1. */
export type OrderAudit = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly currency: string;
  readonly totalMinor: number;
  readonly placedAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly payment: PaymentView;
  readonly refunds: readonly Refund[];
  readonly ledger: {
    readonly debitMinor: number;
    readonly creditMinor: number;
    readonly accounts: readonly {
      readonly account: string;
      readonly debitMinor: number;
      readonly creditMinor: number;
    }[];
  };
  /** Per SKU and part, what the order believes of the stock object's hold. */
  readonly demand: readonly (SkuQuantity & {
    readonly part: number;
    readonly state: "wanted" | "held" | "committing" | "committed" | "releasing" | "released";
  })[];
  /** Units that were put back, or will be; by stock `returnId`. */
  readonly takeBacks: readonly (SkuQuantity & { readonly returnId: string; readonly isDone: boolean })[];
  /** When the order next looks at itself; absent while it waits for nobody. */
  readonly nextWakeAt?: EpochMs;
  /** The calls that it owes now, such as `capture` or `refund:r1`. */
  readonly steps: readonly string[];
  /** Nothing more happens by itself. */
  readonly isSettled: boolean;
  /** Events that a consumer has not acknowledged yet. */
  readonly outbox: OutboxAudit;
};
