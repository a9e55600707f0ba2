import { ok, unreachable, type EpochMs } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import type { Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { NOT_FOUND_LIMIT_MS, SESSION_END_GRACE_MS, UNKNOWN_LIMIT_MS } from "./limits.ts";
import { isEnding, type OrderState } from "./state.ts";

const none: Decision = ok([]);
const happened = (...events: OrderEvent[]): Decision => ok(events);

/** An order in one of these waits for the provider's word. */
const isWaiting = (state: OrderState): boolean =>
  state.status === "authorising" ||
  state.status === "payment_unknown" ||
  (state.status === "needs_attention" && state.payment.kind === "unknown");

/**
 * One transition for every way in which news of a payment arrives: the reply, a poll, a webhook, the buyer's return.
 * News for a cancelled order is never dropped: money that arrives late is noted, and then voided.
 */
export function decidePayment(state: OrderState, outcome: PaymentOutcome, now: EpochMs): Decision {
  if (isEnding(state.status)) return lateNews(state, outcome);
  if (!isWaiting(state)) return none;
  switch (outcome.kind) {
    case "authorised":
      return authorised(state, outcome);
    case "pending":
      return pending(state, outcome);
    case "declined":
      return outcome.isFinal ? giveUp(outcome.reason) : none;
    case "voided":
      return giveUp("session_expired");
    case "captured":
      return happened({ type: "order.attention_needed", reason: "captured_before_commit" });
    case "not_found":
      return notFound(state, now);
    case "not_sent":
      return state.payment.kind === "requested"
        ? happened({ type: "order.release_started", reason: "payment_unavailable" })
        : none;
    case "unknown":
      return unknown(state, outcome.detail, now);
    default:
      return unreachable(outcome, "decidePayment");
  }
}

type Outcome<Kind extends PaymentOutcome["kind"]> = Extract<PaymentOutcome, { kind: Kind }>;

const authorisedEvent = (outcome: Outcome<"authorised">): OrderEvent => ({
  type: "order.authorised",
  reference: outcome.reference,
  amountMinor: outcome.amountMinor,
  ...(outcome.cardLast4 === undefined ? {} : { cardLast4: outcome.cardLast4 }),
});

const giveUp = (reason: Outcome<"declined">["reason"]): Decision =>
  happened({ type: "order.payment_declined", reason }, { type: "order.release_started", reason });

function lateNews(state: OrderState, outcome: PaymentOutcome): Decision {
  if (outcome.kind === "captured")
    return happened({ type: "order.attention_needed", reason: "captured_after_cancel" });
  const isNews =
    outcome.kind === "authorised" && state.payment.kind !== "authorised" && state.payment.kind !== "voided";
  return isNews ? happened(authorisedEvent(outcome)) : none;
}

function authorised(state: OrderState, outcome: Outcome<"authorised">): Decision {
  if (outcome.amountMinor !== state.dueMinor) {
    // Noted first, so that the release voids it.
    return happened(authorisedEvent(outcome), {
      type: "order.release_started",
      reason: "authorised_amount_differs",
    });
  }
  return happened(authorisedEvent(outcome), { type: "order.commit_started" });
}

function pending(state: OrderState, outcome: Outcome<"pending">): Decision {
  if (state.payment.kind === "pending" && state.payment.reference === outcome.reference) return none;
  return happened({
    type: "order.payment_pending",
    reference: outcome.reference,
    ...(outcome.redirectUrl === undefined ? {} : { redirectUrl: outcome.redirectUrl }),
    ...(outcome.expiresAt === undefined ? {} : { expiresAt: outcome.expiresAt }),
  });
}

/** The provider never saw the request: ask again by the same key, for a while; nothing can have been charged. */
function notFound(state: OrderState, now: EpochMs): Decision {
  if (state.payment.kind === "unknown" && now - state.payment.since < NOT_FOUND_LIMIT_MS) {
    return happened({ type: "order.payment_requested", attempt: state.attempt });
  }
  if (state.payment.kind === "requested") return none;
  return happened({ type: "order.release_started", reason: "payment_unavailable" });
}

function unknown(state: OrderState, detail: string, now: EpochMs): Decision {
  const { payment } = state;
  switch (payment.kind) {
    case "pending": {
      // The buyer may still be on the page: only a session that has ended makes this uncertain.
      const isOver = payment.expiresAt !== undefined && now >= payment.expiresAt + SESSION_END_GRACE_MS;
      return isOver ? happened({ type: "order.payment_unknown", detail }) : none;
    }
    case "unknown":
      return state.status !== "needs_attention" && now - payment.since >= UNKNOWN_LIMIT_MS
        ? happened({ type: "order.attention_needed", reason: "payment_unknown" })
        : none;
    default:
      return happened({ type: "order.payment_unknown", detail });
  }
}
