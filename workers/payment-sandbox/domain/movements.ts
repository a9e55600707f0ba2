import { epochMs, type EpochMs } from "#kernel";
import type { Payment, PaymentEvent } from "./payment.ts";

export type MovementKind = "authorised" | "captured" | "released" | "refunded";

/**
 * The provider's four accounts. Setting money aside at the buyer's bank and taking it are kept apart, so that at rest
 * `buyer_reserved` and `merchant_pending` are zero: every authorisation has ended captured or released.
 */
export type AccountName = "buyer_reserved" | "merchant_pending" | "buyer_charged" | "merchant_payable";

export type LedgerLine = {
  readonly account: AccountName;
  readonly debitMinor: number;
  readonly creditMinor: number;
};

/** One movement of money as balanced double entry. */
export type Movement = {
  /** `{payment id}:{number}`: posting it twice is posting it once. */
  readonly id: string;
  readonly paymentId: string;
  readonly reference: string;
  readonly kind: MovementKind;
  readonly currency: string;
  readonly amountMinor: number;
  readonly occurredAt: EpochMs;
  readonly lines: readonly LedgerLine[];
};

const debit = (account: AccountName, amountMinor: number): LedgerLine => ({
  account,
  debitMinor: amountMinor,
  creditMinor: 0,
});
const credit = (account: AccountName, amountMinor: number): LedgerLine => ({
  account,
  debitMinor: 0,
  creditMinor: amountMinor,
});

const LINES: Readonly<Record<MovementKind, (amountMinor: number) => readonly LedgerLine[]>> = {
  authorised: (amount) => [debit("buyer_reserved", amount), credit("merchant_pending", amount)],
  released: (amount) => [debit("merchant_pending", amount), credit("buyer_reserved", amount)],
  captured: (amount) => [
    debit("merchant_pending", amount),
    credit("buyer_reserved", amount),
    debit("buyer_charged", amount),
    credit("merchant_payable", amount),
  ],
  refunded: (amount) => [debit("merchant_payable", amount), credit("buyer_charged", amount)],
};

/** The money that an event moves: none, one or two movements, numbered from `firstNumber`. */
export function movementsOf(
  payment: Payment,
  event: PaymentEvent,
  at: { readonly firstNumber: number; readonly now: number },
): readonly Movement[] {
  const { request } = payment;
  return amountsOf(event)
    .filter(([, amountMinor]) => amountMinor > 0)
    .map(([kind, amountMinor], index) => ({
      id: `${request.id}:${at.firstNumber + index}`,
      paymentId: request.id,
      reference: request.reference,
      kind,
      currency: request.amount.currency,
      amountMinor,
      occurredAt: epochMs(at.now),
      lines: LINES[kind](amountMinor),
    }));
}

function amountsOf(event: PaymentEvent): readonly (readonly [MovementKind, number])[] {
  switch (event.type) {
    case "payment.authorised":
      return [["authorised", event.amountMinor]];
    case "payment.captured":
      return [
        ["captured", event.amountMinor],
        ["released", event.releasedMinor],
      ];
    case "payment.voided":
      return [["released", event.releasedMinor]];
    case "payment.refunded":
      return [["refunded", event.amountMinor]];
    case "payment.challenge_started":
    case "payment.declined":
    case "payment.expired":
      return [];
  }
}
