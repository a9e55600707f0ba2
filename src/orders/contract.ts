import type { CartId, CheckoutId, EpochMs, OrderId, ParcelId, Result, ShipmentId } from "#kernel";
import type { CallContext, Destination } from "#platform";

/** What crosses to and from an order object. Its name is the order id, made from (checkout, Idempotency-Key). */

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
  | "needs_attention";

/** A postal address as its country writes it; codes are cleaned, never refused for spaces or case. */
export type Address = {
  readonly fullName: string;
  readonly company?: string;
  readonly line1: string;
  readonly line2?: string;
  readonly district?: string;
  readonly city: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone?: string;
};

/** Names and prices are frozen here: an order needs no catalogue to be read. */
export type OrderLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly productId: string;
  readonly productHandle: string;
  readonly sku: string;
  readonly title: string;
  /** Option values, such as `A3, oak`; empty for a product with one variant. */
  readonly variantTitle: string;
  readonly imageUrl?: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  /** This line's share of the order's discounts; from 0 to `unitPriceMinor × quantity`. */
  readonly discountMinor: number;
  /** `unitPriceMinor × quantity − discountMinor`. */
  readonly totalMinor: number;
  readonly taxRatePpm: number;
  /** Tax contained in `totalMinor`. */
  readonly taxMinor: number;
  readonly weightGrams: number;
  readonly requiresShipping: boolean;
  /** What one unit of a bundle is made of; stock is held on these SKUs instead of the line's own. */
  readonly components?: readonly { readonly sku: string; readonly quantity: number }[];
};

/** A reduction that is counted into the lines' `discountMinor`. */
export type OrderDiscount = {
  /** Absent for a reduction that staff gave by hand. */
  readonly voucherId?: string;
  readonly label: string;
  readonly amountMinor: number;
};

/** A gift card or store credit that pays a part of the total; it is claimed like stock. */
export type OrderTender = {
  readonly voucherId: string;
  readonly kind: "gift_card" | "store_credit";
  readonly label: string;
  readonly amountMinor: number;
};

export type OrderDelivery = {
  readonly methodId: string;
  readonly name: string;
  readonly carrier: string;
  readonly priceMinor: number;
  readonly taxMinor: number;
  /** YYYY-MM-DD, both inclusive. */
  readonly earliestDate: string;
  readonly latestDate: string;
};

/** Everything that was priced on the server and shown to the buyer; frozen at hold. */
export type OrderDraft = {
  readonly checkoutId: CheckoutId;
  readonly cartId: CartId;
  readonly email: string;
  readonly address: Address;
  readonly locale: string;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly delivery: OrderDelivery;
  readonly discounts: readonly OrderDiscount[];
  readonly tenders: readonly OrderTender[];
  /** `Σ unitPriceMinor × quantity`, before discounts. */
  readonly itemsMinor: number;
  /** `Σ line.discountMinor`. */
  readonly discountMinor: number;
  readonly deliveryMinor: number;
  readonly taxMinor: number;
  /** `Σ line.totalMinor + deliveryMinor`: what the buyer owes, however it is paid. */
  readonly totalMinor: number;
  /** `totalMinor − Σ tenders`: what the payment provider is asked for; 0 asks nobody. */
  readonly dueMinor: number;
};

/** Pay at once with a token of the provider, or send the buyer to the provider's page. */
export type PaymentChoice =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "redirect"; readonly returnUrl: string; readonly cancelUrl: string }
  /** Outside the shop: a bank transfer before shipping, or cash when the parcel arrives. */
  | { readonly kind: "manual"; readonly method: "bank_transfer" | "cash_on_delivery" };

export type PlaceOrder = {
  readonly orderId: OrderId;
  /** SHA-256 of the request's meaning: the same key with another body is refused. */
  readonly requestHash: string;
  readonly draft: OrderDraft;
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

export type Shortage = {
  readonly sku: string;
  readonly requested: number;
  readonly available: number;
  readonly lineIds: readonly string[];
};

export type DeclineReason =
  | "declined"
  | "insufficient_funds"
  | "expired_card"
  | "challenge_failed"
  | "fraud_suspected"
  | "session_expired";

/** Why a voucher object would not hold its claim. */
export type VoucherRefusalReason =
  "unknown" | "used_up" | "customer_limit" | "not_yet_valid" | "expired" | "disabled" | "insufficient";

export type OrderRefusal =
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

export type LedgerEntry = {
  readonly sequence: number;
  readonly account: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly reference: string;
  readonly occurredAt: EpochMs;
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
  readonly payment: {
    readonly provider: string;
    readonly status:
      "none" | "pending" | "unknown" | "authorised" | "captured" | "voided" | "failed" | "refunded";
    readonly reference?: string;
    readonly cardLast4?: string;
    readonly redirectUrl?: string;
    /** Until when an open payment page keeps the units. */
    readonly expiresAt?: EpochMs;
    readonly authorisedMinor: number;
    readonly capturedMinor: number;
    readonly refundedMinor: number;
    readonly declineReason?: DeclineReason;
  };
  readonly parcels: readonly Parcel[];
  readonly shortages: readonly Shortage[];
  readonly timeline: readonly TimelineEntry[];
  readonly cancelReason?: string;
};

export type OrderEventType =
  | "order.placed"
  | "order.held"
  | "order.hold_refused"
  | "order.payment_requested"
  | "order.payment_pending"
  | "order.payment_unknown"
  | "order.payment_declined"
  | "order.authorised"
  | "order.commit_started"
  | "order.committed"
  | "order.captured"
  | "order.confirmed"
  | "order.fulfilment_started"
  | "order.parcel_scanned"
  | "order.shipped"
  | "order.delivered"
  | "order.release_started"
  | "order.payment_voided"
  | "order.cancelled"
  | "order.attention_needed";

/** What the provider said about a payment, whichever way it reached us: reply, poll, webhook or return. */
export type PaymentOutcome =
  | {
      readonly kind: "authorised";
      readonly reference: string;
      readonly amountMinor: number;
      readonly cardLast4?: string;
    }
  | {
      readonly kind: "pending";
      readonly reference: string;
      readonly redirectUrl?: string;
      readonly expiresAt?: EpochMs;
    }
  | {
      readonly kind: "declined";
      readonly reference?: string;
      readonly reason: DeclineReason;
      readonly isFinal: boolean;
    }
  | { readonly kind: "captured"; readonly reference: string; readonly amountMinor: number }
  | { readonly kind: "voided"; readonly reference: string }
  | { readonly kind: "not_found" }
  /** Our own side never let the request go out (the breaker is open): the provider has done nothing. */
  | { readonly kind: "not_sent"; readonly retryAfterSeconds: number }
  | { readonly kind: "unknown"; readonly detail: string };

/** What the provider said about a refund. */
export type RefundOutcome =
  | { readonly kind: "refunded"; readonly reference: string; readonly amountMinor: number }
  /** Accepted, and on its way (bank transfers take days). */
  | { readonly kind: "pending"; readonly reference: string }
  | { readonly kind: "declined"; readonly reason: string }
  | { readonly kind: "not_found" }
  | { readonly kind: "not_sent"; readonly retryAfterSeconds: number }
  | { readonly kind: "unknown"; readonly detail: string };

/** What an order tells a stock object whose hold has passed its deadline: extend, commit or free the units. */
export type OrderFateAnswer = "live" | "committing" | "cancelled" | "unknown";

export type OrderRpc = {
  place(command: PlaceOrder, call: CallContext): Promise<Result<PlacedReply, OrderRefusal>>;
  /** The stored reply for this request; `order_unknown` when nothing was placed under this key. */
  replay(requestHash: string): Promise<Result<PlacedReply, OrderRefusal>>;
  /** A webhook, or the buyer's return from the payment page, says that there is news: the object asks the provider. */
  settle(call: CallContext): Promise<Result<OrderView, OrderRefusal>>;
  view(): Promise<Result<OrderView, OrderRefusal>>;
  /** The view, when `accessKey` is the order's own. */
  viewWithKey(accessKey: string): Promise<Result<OrderView, OrderRefusal>>;
  ledger(): Promise<readonly LedgerEntry[]>;
  cancel(reason: string, call: CallContext): Promise<Result<OrderView, OrderRefusal>>;
  startFulfilment(
    parcel: Omit<Parcel, "status">,
    call: CallContext,
  ): Promise<Result<OrderView, OrderRefusal>>;
  /** Idempotent by `scanId`; an older scan never moves a parcel back. */
  recordScan(scan: ParcelScan, call: CallContext): Promise<Result<OrderView, OrderRefusal>>;
  /** Of the order as placed (part 0, the default) or of its n-th edit. */
  fateOf(part?: number): Promise<OrderFateAnswer>;
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

export type ParcelScan = {
  readonly scanId: string;
  readonly parcelId: ParcelId;
  readonly status: ParcelStatus;
  readonly occurredAt: EpochMs;
};

/**
 * Data of every order event: the whole view, so that a consumer needs nothing else and applies by version.
 * Bounded by the limits on lines and parcels, well under a queue message's 128 KB.
 */
export type OrderEventData = {
  readonly order: OrderView;
  /** The secret of the order link; only in messages to the notifications queue. */
  readonly linkKey?: string;
};

/** Events each queue gets: every one is projected, few ship or mail. */
export const SHIPPING_EVENTS: readonly OrderEventType[] = ["order.confirmed"];
export const NOTIFICATION_EVENTS: readonly OrderEventType[] = [
  "order.confirmed",
  "order.shipped",
  "order.delivered",
  "order.cancelled",
  "order.payment_unknown",
];

/** Name of the cookie that carries an order's access key; it is scoped to the order's own paths. */
export const ORDER_COOKIE = "kerbside_order";
/** Seconds that a browser keeps it: as long as returns and questions may take. */
export const ORDER_COOKIE_SECONDS = 90 * 24 * 60 * 60;
