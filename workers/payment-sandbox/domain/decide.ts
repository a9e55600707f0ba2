import { ok, refuse, unreachable, type EpochMs, type Money, type Result } from "#kernel";
import { MAX_TRIES } from "../limits.ts";
import type { CardUsed, Payment, PaymentEvent, PaymentRefusal } from "./payment.ts";
import { last4Of, type TestCard } from "./test-cards.ts";

export type PaymentCommand =
  | { readonly type: "pay"; readonly card: TestCard }
  | { readonly type: "answer_challenge"; readonly isApproved: boolean }
  | { readonly type: "capture"; readonly amount: Money }
  | { readonly type: "void" }
  | { readonly type: "refund"; readonly amount: Money }
  | { readonly type: "expire"; readonly now: EpochMs };

export type Decision = Result<readonly PaymentEvent[], PaymentRefusal>;

const none: Decision = ok([]);

/**
 * What a command does to a payment. Pure. Checks in this order: the state, the currency, the amount. Voiding what has
 * ended already without money, and expiring what is not due, change nothing.
 */
export function decide(payment: Payment, command: PaymentCommand): Decision {
  switch (command.type) {
    case "pay":
      return pay(payment, command.card);
    case "answer_challenge":
      return answerChallenge(payment, command.isApproved);
    case "capture":
      return capture(payment, command.amount);
    case "void":
      return voidPayment(payment);
    case "refund":
      return refund(payment, command.amount);
    case "expire":
      return payment.state.status === "requires_action" && command.now >= payment.request.expiresAt
        ? ok([{ type: "payment.expired" }])
        : none;
    default:
      return unreachable(command, "decide");
  }
}

function pay(payment: Payment, card: TestCard): Decision {
  if (payment.state.status !== "requires_action") {
    return refuse({ code: "session_over", status: payment.state.status });
  }
  const used: CardUsed = { last4: last4Of(card), brand: "visa" };
  switch (card.verdict.kind) {
    case "approve":
      return ok([authorised(payment, used)]);
    case "challenge":
      return ok([{ type: "payment.challenge_started", card: used }]);
    case "decline":
      return ok([declined(payment, payment.state.tries, { card: used, reason: card.verdict.reason })]);
    default:
      return unreachable(card.verdict, "pay");
  }
}

const authorised = (payment: Payment, card: CardUsed): PaymentEvent => ({
  type: "payment.authorised",
  card,
  amountMinor: payment.request.amount.amountMinor,
});

/** A token is tried once; a session ends with its last try. */
const declined = (
  payment: Payment,
  tries: number,
  no: Pick<DeclinedEvent, "card" | "reason">,
): PaymentEvent => ({
  type: "payment.declined",
  ...no,
  isFinal: payment.request.kind === "token" || tries + 1 >= MAX_TRIES,
});
type DeclinedEvent = Extract<PaymentEvent, { type: "payment.declined" }>;

function answerChallenge(payment: Payment, isApproved: boolean): Decision {
  const { state } = payment;
  if (state.status !== "requires_action" || !state.challenge) {
    return refuse({ code: "no_challenge", status: state.status });
  }
  return ok([
    isApproved
      ? authorised(payment, state.challenge)
      : declined(payment, state.tries, { card: state.challenge, reason: "challenge_failed" }),
  ]);
}

function capture(payment: Payment, amount: Money): Decision {
  if (payment.state.status !== "authorised") {
    return refuse({ code: "not_capturable", status: payment.state.status });
  }
  const authorisedMinor = payment.request.amount.amountMinor;
  return (
    wrongAmount(payment, amount, authorisedMinor) ??
    ok([
      {
        type: "payment.captured",
        amountMinor: amount.amountMinor,
        releasedMinor: authorisedMinor - amount.amountMinor,
      },
    ])
  );
}

function wrongAmount(payment: Payment, amount: Money, availableMinor: number): Decision | undefined {
  const { currency } = payment.request.amount;
  if (amount.currency !== currency) return refuse({ code: "currency_differs", currency });
  return amount.amountMinor > availableMinor
    ? refuse({ code: "amount_too_large", availableMinor })
    : undefined;
}

function voidPayment(payment: Payment): Decision {
  switch (payment.state.status) {
    case "requires_action":
      return ok([{ type: "payment.voided", releasedMinor: 0 }]);
    case "authorised":
      return ok([{ type: "payment.voided", releasedMinor: payment.request.amount.amountMinor }]);
    case "voided":
    case "declined":
    case "expired":
      return none;
    case "captured":
    case "refunded":
      return refuse({ code: "not_voidable", status: payment.state.status });
    default:
      return unreachable(payment.state, "voidPayment");
  }
}

function refund(payment: Payment, amount: Money): Decision {
  const { state } = payment;
  if (state.status !== "captured") return refuse({ code: "not_refundable", status: state.status });
  return (
    wrongAmount(payment, amount, state.capturedMinor - state.refundedMinor) ??
    ok([{ type: "payment.refunded", amountMinor: amount.amountMinor }])
  );
}
