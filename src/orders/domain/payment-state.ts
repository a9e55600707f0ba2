import type { EpochMs } from "#kernel";
import type { PaymentChoice } from "../contract.ts";
import type { EndedPayment, PaymentState } from "./state.ts";

/** A payment that is asked for (again); the age of its uncertainty counts on. */
export const requestedAgain = (payment: PaymentState): PaymentState =>
  payment.kind === "unknown" ? { kind: "requested", since: payment.since } : { kind: "requested" };

/** A payment whose outcome nobody knows, since the first time that nobody knew. */
export function unknownOf(payment: PaymentState, at: EpochMs): PaymentState {
  if (payment.kind === "unknown") return { ...payment, polls: payment.polls + 1 };
  const since = payment.kind === "requested" ? (payment.since ?? at) : at;
  const reference = payment.kind === "pending" ? { reference: payment.reference } : {};
  return { kind: "unknown", since, polls: 0, ...reference };
}

type Captured = { readonly kind: "captured"; readonly reference: string; readonly amountMinor: number };

/**
 * The money of a transfer that staff have seen on the account: nobody can let it go any more, so undoing it means to
 * send it back. `undefined` for money that is only reserved, as with a card, or promised, as cash at the door is.
 */
export function arrivedMoney(payment: PaymentState, choice: PaymentChoice | undefined): Captured | undefined {
  const isTransfer = choice?.kind === "manual" && choice.method === "bank_transfer";
  if (!isTransfer || payment.kind !== "authorised") return undefined;
  return { kind: "captured", reference: payment.reference, amountMinor: payment.amountMinor };
}

/** Whether the provider once knew nothing of the request: it may have been lost, or may still be on its way. */
export const mayArriveLate = ({ payment }: EndedPayment): boolean =>
  payment.kind === "none" || (payment.kind === "voided" && payment.reference === "");
