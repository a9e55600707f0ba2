import type { EpochMs, OrderId, ParcelId, ShipmentId } from "#kernel";
import type { OrderDraft } from "./contract-draft.ts";
import type { DeclineReason, PaymentStatus, PaymentView, Refund } from "./contract-payment.ts";

/** An order as pages, APIs and the projector see it, and what its events carry. */

export type OrderStatus =
  | "created"
  | "holding"
  | "held"
  | "authorising"
  | "payment_unknown"
  | "authorised"
  | "committing"
  | "capturing"
  | "confirmed"
  | "fulfilling"
  | "shipped"
  | "delivered"
  | "closed"
  | "releasing"
  | "cancelled"
  /** Called off after it was paid: units go back to the shelf and money to the buyer. */
  | "refunding"
  | "refunded"
  | "needs_attention";

export type Shortage = {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly lineIds: readonly string[];
};

export type ParcelStatus = "label_created" | "in_transit" | "out_for_delivery" | "delivered" | "delayed";

export type Parcel = {
  readonly parcelId: ParcelId;
  readonly shipmentId: ShipmentId;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly status: ParcelStatus;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
};

export type TimelineEntry = {
  readonly sequence: number;
  readonly type: OrderEventType;
  readonly occurredAt: EpochMs;
  readonly note?: string;
};

/** Where an open edit stands; it ends applied or abandoned. */
export type EditStage = "holding" | "paying" | "committing" | "capturing" | "releasing";

/** The one edit that is under way. Nothing of the order has changed yet. */
export type OpenEdit = {
  readonly editId: string;
  /** From 1; names the edit's holds and its payment. */
  readonly part: number;
  readonly stage: EditStage;
  readonly reason: string;
  /** The order as it will be. */
  readonly draft: OrderDraft;
  /** New total less old total; negative when the order gets cheaper. */
  readonly differenceMinor: number;
  /** Value of returned goods that is set against the difference. */
  readonly creditMinor: number;
  /** What the buyer pays before the edit is applied; 0 when nothing is owed. */
  readonly dueMinor: number;
  readonly payment: {
    readonly provider: string;
    readonly status: PaymentStatus;
    /** Where the buyer pays the difference. */
    readonly redirectUrl?: string;
    /** Where a transfer of the difference goes. */
    readonly instructions?: string;
    readonly expiresAt?: EpochMs;
    readonly declineReason?: DeclineReason;
  };
  readonly startedAt: EpochMs;
};

/** An edit that has ended. */
export type ClosedEdit = {
  readonly editId: string;
  readonly part: number;
  readonly outcome: "applied" | "abandoned";
  /** Why it was made or, when it was abandoned, why it came to nothing. */
  readonly reason: string;
  readonly differenceMinor: number;
  readonly shortages: readonly Shortage[];
  readonly endedAt: EpochMs;
};

export type ReturnStatus = "requested" | "approved" | "declined" | "receiving" | "received" | "closed";

export type ReturnLine = {
  readonly lineId: string;
  readonly quantity: number;
  /** Units that came back and went on the shelf. */
  readonly restocked: number;
  /** Units that came back and cannot be sold. */
  readonly scrapped: number;
};

export type OrderReturn = {
  readonly returnId: string;
  readonly status: ReturnStatus;
  readonly requestedBy: "customer" | "staff";
  readonly wish: "refund" | "exchange";
  readonly reason: string;
  readonly lines: readonly ReturnLine[];
  /** Worth of the units that came back, tax and discounts counted in: what is refunded unless staff say otherwise. */
  readonly valueMinor: number;
  /** What an exchange has set against the price of the replacements. */
  readonly creditedMinor: number;
  readonly refundId?: string;
  readonly declineReason?: string;
  readonly requestedAt: EpochMs;
  readonly updatedAt: EpochMs;
};

/** A staff note; never shown to the buyer. */
export type OrderNote = {
  readonly noteId: string;
  readonly text: string;
  /** The actor of the call that wrote it, such as `staff:…`. */
  readonly author: string;
  readonly writtenAt: EpochMs;
};

/** Something that a person should look at; the order itself goes on. */
export type AttentionFlag = {
  /** Such as `refund_failed`. */
  readonly code: string;
  /** What it is about, such as a refund id. */
  readonly reference: string;
  readonly raisedAt: EpochMs;
};

/** The order as its page, its API and the projector see it. */
export type OrderView = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly draft: OrderDraft;
  readonly placedAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** Raised by every event: the sequence of the last one. */
  readonly version: number;
  readonly payment: PaymentView;
  readonly parcels: readonly Parcel[];
  readonly shortages: readonly Shortage[];
  readonly timeline: readonly TimelineEntry[];
  readonly cancelReason?: string;
  /** Why the order is in `needs_attention`. */
  readonly attentionReason?: string;
  /** Oldest first. */
  readonly refunds: readonly Refund[];
  readonly edit?: OpenEdit;
  readonly edits: readonly ClosedEdit[];
  readonly returns: readonly OrderReturn[];
  readonly notes: readonly OrderNote[];
  readonly tags: readonly string[];
  readonly attention: readonly AttentionFlag[];
  /** When the last parcel arrived: the days for returns count from here. */
  readonly deliveredAt?: EpochMs;
};

/** What staff and buyer may ask of the order as it stands; pages show exactly these. Deciding again is the object's. */
export type OrderActions = {
  readonly canCancel: boolean;
  readonly canEdit: boolean;
  readonly canRefund: boolean;
  readonly canRequestReturn: boolean;
  readonly canRetryCapture: boolean;
  readonly canSettleManually: boolean;
};

export type OrderEventType =
  | "order.placed"
  | "order.held"
  | "order.hold_refused"
  | "order.voucher_refused"
  | "order.payment_requested"
  | "order.payment_pending"
  | "order.payment_unknown"
  | "order.payment_declined"
  | "order.authorised"
  | "order.commit_started"
  | "order.committed"
  | "order.capture_retried"
  | "order.captured"
  | "order.confirmed"
  | "order.fulfilment_started"
  | "order.parcel_scanned"
  | "order.shipped"
  | "order.delivered"
  | "order.release_started"
  | "order.payment_voided"
  | "order.cancelled"
  | "order.refunding_started"
  | "order.refund_requested"
  | "order.refund_pending"
  | "order.refund_unknown"
  | "order.refund_paid"
  | "order.refund_failed"
  | "order.refunded"
  | "order.stock_return_requested"
  | "order.stock_returned"
  | "order.edit_started"
  | "order.edit_held"
  | "order.edit_payment_changed"
  | "order.edit_committed"
  | "order.edit_captured"
  | "order.ended_edit_payment_changed"
  | "order.edit_applied"
  | "order.edit_release_started"
  | "order.edit_abandoned"
  | "order.return_requested"
  | "order.return_approved"
  | "order.return_declined"
  | "order.return_received"
  | "order.return_credited"
  | "order.return_closed"
  | "order.note_added"
  | "order.note_removed"
  | "order.tags_set"
  | "order.attention_needed"
  | "order.attention_flagged"
  | "order.attention_cleared";

/**
 * Data of every order event: the whole view, so that a consumer needs nothing else and applies by version.
 * Bounded by the limits on lines and parcels, well under a queue message's 128 KB.
 */
export type OrderEventData = {
  readonly order: OrderView;
  /** The secret of the order link; only in messages to the notifications queue. */
  readonly linkKey?: string;
};
