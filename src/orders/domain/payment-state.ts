import type { EpochMs } from "#kernel";
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

/** Whether the provider once knew nothing of the request: it may have been lost, or may still be on its way. */
export const mayArriveLate = ({ payment }: EndedPayment): boolean =>
  payment.kind === "none" || (payment.kind === "voided" && payment.reference === "");
