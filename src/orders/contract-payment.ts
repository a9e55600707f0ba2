import type { EpochMs } from "#kernel";

/** What providers and voucher objects answer, and how an order's money is shown. Amounts are minor units, never negative. */

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
      /** What the buyer has to do without a page, such as where a transfer goes; one line. */
      readonly instructions?: string;
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

export type PaymentStatus =
  /** Nobody was asked: vouchers pay everything. */
  | "none"
  | "pending"
  | "unknown"
  | "authorised"
  | "captured"
  | "voided"
  | "failed"
  | "partially_refunded"
  | "refunded";

/** One payment of an order: part 0 is its placement, part n the difference of its n-th edit. */
export type PaymentLeg = {
  readonly part: number;
  readonly provider: string;
  readonly reference: string;
  readonly capturedMinor: number;
  /** Refunds of this leg that have not failed, those under way counted in. */
  readonly refundedMinor: number;
};

/** Where the money of an order stands. */
export type PaymentView = {
  readonly provider: string;
  readonly status: PaymentStatus;
  readonly reference?: string;
  readonly cardLast4?: string;
  readonly redirectUrl?: string;
  /** What the buyer has to do without a page, such as where a transfer goes; while it is pending. */
  readonly instructions?: string;
  /** Until when an open payment keeps the units. */
  readonly expiresAt?: EpochMs;
  readonly declineReason?: DeclineReason;
  /** Of the placement. */
  readonly authorisedMinor: number;
  /** Over all legs; money from a provider only. */
  readonly capturedMinor: number;
  /** Gift cards and credit that were taken. */
  readonly vouchersMinor: number;
  /** Money that has gone back, to the payment or to vouchers. */
  readonly refundedMinor: number;
  /** Money that is on its way back. */
  readonly refundPendingMinor: number;
  /** What another refund may be at most: taken, less every refund that has not failed. */
  readonly refundableMinor: number;
  readonly legs: readonly PaymentLeg[];
};

/** Where a part of a refund goes. */
export type RefundTarget =
  | { readonly kind: "payment"; readonly part: number }
  | { readonly kind: "voucher"; readonly voucherId: string }
  /** Given back by hand: cash or a transfer that no provider of ours makes. */
  | { readonly kind: "outside" };

export type RefundMovement = {
  /** Also the last part of the provider's key: `{order}:refund:{movementId}`. */
  readonly movementId: string;
  readonly target: RefundTarget;
  readonly amountMinor: number;
  readonly status: "requested" | "pending" | "unknown" | "paid" | "failed";
  readonly reference?: string;
  readonly failure?: string;
};

export type RefundCause = "staff" | "cancellation" | "edit" | "return" | "late_payment";

export type Refund = {
  readonly refundId: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly cause: RefundCause;
  /** `failed` when at least one movement failed and none is under way. */
  readonly status: "open" | "paid" | "failed";
  readonly requestedAt: EpochMs;
  readonly movements: readonly RefundMovement[];
};

export type LedgerEntry = {
  readonly sequence: number;
  readonly account: string;
  readonly debitMinor: number;
  readonly creditMinor: number;
  readonly reference: string;
  readonly occurredAt: EpochMs;
};
