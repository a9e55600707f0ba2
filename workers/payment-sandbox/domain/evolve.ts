import { Defect, unreachable } from "#kernel";
import type { Payment, PaymentEvent, PaymentState } from "./payment.ts";

/** Where every payment starts. */
export const initialState: PaymentState = { status: "requires_action", tries: 0 };

/** Applies one event. Total over the events that {@link decide} can give in a state; any other pair is a defect. */
export const evolve = (payment: Payment, event: PaymentEvent): Payment => ({
  ...payment,
  state: nextState(payment, event),
});

function nextState(payment: Payment, event: PaymentEvent): PaymentState {
  const { state } = payment;
  switch (event.type) {
    case "payment.challenge_started":
    case "payment.declined":
    case "payment.authorised":
    case "payment.expired":
      return state.status === "requires_action" ? afterTry(state, event) : impossible(state, event);
    case "payment.captured":
      return state.status === "authorised"
        ? { ...state, status: "captured", capturedMinor: event.amountMinor }
        : impossible(state, event);
    case "payment.refunded": {
      if (state.status !== "captured") return impossible(state, event);
      const refundedMinor = state.refundedMinor + event.amountMinor;
      const status = refundedMinor === state.capturedMinor ? "refunded" : "captured";
      return { ...state, status, refundedMinor };
    }
    case "payment.voided":
      if (state.status === "authorised") return { status: "voided", card: state.card };
      return state.status === "requires_action" ? { status: "voided" } : impossible(state, event);
    default:
      return unreachable(event, "evolve");
  }
}

type OpenState = Extract<PaymentState, { status: "requires_action" }>;
type TryEvent = Extract<
  PaymentEvent,
  { type: "payment.challenge_started" | "payment.declined" | "payment.authorised" | "payment.expired" }
>;

function afterTry(state: OpenState, event: TryEvent): PaymentState {
  switch (event.type) {
    case "payment.challenge_started":
      return { status: "requires_action", tries: state.tries, challenge: event.card };
    case "payment.declined":
      return event.isFinal
        ? { status: "declined", reason: event.reason, card: event.card }
        : { status: "requires_action", tries: state.tries + 1, lastDecline: event.reason };
    case "payment.authorised":
      return { status: "authorised", card: event.card, capturedMinor: 0, refundedMinor: 0 };
    case "payment.expired":
      return { status: "expired" };
    default:
      return unreachable(event, "afterTry");
  }
}

function impossible(state: PaymentState, event: PaymentEvent): never {
  throw new Defect(`${event.type} cannot follow ${state.status}`);
}
