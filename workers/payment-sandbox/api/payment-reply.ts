import { money, toIso, type Money } from "#kernel";
import type { CardUsed, DeclineReason, Payment, PaymentStatus } from "../domain/payment.ts";

/** A payment as the API tells it. Instants are RFC 3339 UTC. */
export type PaymentReply = {
  readonly id: string;
  readonly key: string;
  readonly status: PaymentStatus;
  readonly reference: string;
  readonly amount: Money;
  readonly captured: Money;
  readonly refunded: Money;
  readonly createdAt: string;
  /** Where the buyer acts, while the payment waits for it. */
  readonly redirectUrl?: string;
  readonly expiresAt?: string;
  readonly card?: CardUsed;
  /** Of the last try; final when the status is `declined`. */
  readonly declineReason?: DeclineReason;
  /** The refund that this answer is about: in the reply to a refund, and when one is looked up by its key. */
  readonly refund?: RefundReply;
};

/** One refund; `key` is the merchant's idempotency key of it. */
export type RefundReply = { readonly key: string; readonly amount: Money };

/** Tells a payment; never more of a card than its last four digits. */
export function paymentReply(payment: Payment): PaymentReply {
  const { request, state } = payment;
  const { currency } = request.amount;
  const funded = "capturedMinor" in state ? state : { capturedMinor: 0, refundedMinor: 0 };
  return {
    id: request.id,
    key: request.key,
    status: state.status,
    reference: request.reference,
    amount: request.amount,
    captured: money(currency, funded.capturedMinor),
    refunded: money(currency, funded.refundedMinor),
    createdAt: toIso(request.createdAt),
    ...stateFacts(payment),
  };
}

function stateFacts({ request, state }: Payment): Partial<PaymentReply> {
  switch (state.status) {
    case "requires_action":
      return {
        redirectUrl: `${request.origin}/pay/${request.id}`,
        expiresAt: toIso(request.expiresAt),
        ...(state.lastDecline ? { declineReason: state.lastDecline } : {}),
      };
    case "declined":
      return { card: state.card, declineReason: state.reason };
    case "expired":
      return {};
    case "authorised":
    case "captured":
    case "refunded":
    case "voided":
      return state.card ? { card: state.card } : {};
  }
}
