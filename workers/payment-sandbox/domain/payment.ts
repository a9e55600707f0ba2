import type { EpochMs, Money } from "#kernel";

/** Why a card was refused; the words of Kerbside's own contract, so that nothing needs translating twice. */
export type DeclineReason = "declined" | "insufficient_funds" | "expired_card" | "challenge_failed";

export type CardUsed = { readonly last4: string; readonly brand: "visa" };

/** What the merchant asked for; never changes. */
export type PaymentRequest = {
  readonly id: string;
  /** The merchant's idempotency key, from which the id was made. */
  readonly key: string;
  readonly amount: Money;
  /** The merchant's own name for what is paid, such as an order id. */
  readonly reference: string;
  /** The number that a buyer knows the order by. */
  readonly displayReference?: string;
  readonly description: string;
  readonly email: string;
  /** Where the buyer goes after paying; absent for a token. */
  readonly returnUrl?: string;
  readonly cancelUrl?: string;
  readonly expiresAt: EpochMs;
  readonly createdAt: EpochMs;
  /** This provider's own address, as the merchant reached it. */
  readonly origin: string;
  /** A token is tried once; a session takes several cards. */
  readonly kind: "token" | "session";
};

/** The money side, present once the bank has agreed. */
type Funded = { readonly card: CardUsed; readonly capturedMinor: number; readonly refundedMinor: number };

export type PaymentState =
  | {
      readonly status: "requires_action";
      readonly tries: number;
      /** The card whose bank wants an answer from the buyer. */
      readonly challenge?: CardUsed;
      readonly lastDecline?: DeclineReason;
    }
  | ({ readonly status: "authorised" } & Funded)
  | ({ readonly status: "captured" } & Funded)
  | ({ readonly status: "refunded" } & Funded)
  | { readonly status: "voided"; readonly card?: CardUsed }
  | { readonly status: "declined"; readonly reason: DeclineReason; readonly card: CardUsed }
  | { readonly status: "expired" };

export type PaymentStatus = PaymentState["status"];

/** A payment: what was asked and what became of it. */
export type Payment = { readonly request: PaymentRequest; readonly state: PaymentState };

export type PaymentEvent =
  | { readonly type: "payment.challenge_started"; readonly card: CardUsed }
  | {
      readonly type: "payment.declined";
      readonly reason: DeclineReason;
      readonly card: CardUsed;
      /** False while the session stays open for another card. */
      readonly isFinal: boolean;
    }
  | { readonly type: "payment.authorised"; readonly card: CardUsed; readonly amountMinor: number }
  | {
      readonly type: "payment.captured";
      readonly amountMinor: number;
      /** What was authorised beyond it and goes back to the buyer. */
      readonly releasedMinor: number;
    }
  | { readonly type: "payment.voided"; readonly releasedMinor: number }
  | { readonly type: "payment.refunded"; readonly amountMinor: number }
  | { readonly type: "payment.expired" };

export type PaymentEventType = PaymentEvent["type"];

export type PaymentRefusal =
  | { readonly code: "payment_unknown" }
  | { readonly code: "refund_unknown" }
  | { readonly code: "idempotency_key_reused" }
  | { readonly code: "session_over"; readonly status: PaymentStatus }
  | { readonly code: "no_challenge"; readonly status: PaymentStatus }
  | { readonly code: "not_capturable"; readonly status: PaymentStatus }
  | { readonly code: "not_voidable"; readonly status: PaymentStatus }
  | { readonly code: "not_refundable"; readonly status: PaymentStatus }
  | { readonly code: "currency_differs"; readonly currency: string }
  | { readonly code: "amount_too_large"; readonly availableMinor: number };
