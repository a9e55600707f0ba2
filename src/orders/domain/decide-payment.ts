import { unreachable, type EpochMs } from "#kernel";
import type { PaymentOutcome } from "../contract.ts";
import { followedBy, happened, nothing, type Decision } from "./decision.ts";
import type { OrderEvent } from "./events.ts";
import { NOT_FOUND_LIMIT_MS, SESSION_END_GRACE_MS, STEP_RETRY_MS, UNKNOWN_LIMIT_MS } from "./limits.ts";
import { isEnding, type OrderState } from "./state.ts";
import { lateMoney, undo } from "./undo.ts";

/** An order in one of these waits for the provider's word. */
const isWaiting = (state: OrderState): boolean =>
  state.status === "authorising" ||
  state.status === "payment_unknown" ||
  (state.status === "needs_attention" && state.payment.kind === "unknown");

/**
 * One transition for every way in which news of a payment arrives: the reply, a poll, a webhook, the buyer's return.
 * News for a cancelled order is never dropped: money that arrives late is noted, and then voided or refunded.
 */
export function decidePayment(state: OrderState, outcome: PaymentOutcome, now: EpochMs): Decision {
  if (isEnding(state.status)) return lateNews(state, outcome, now);
  if (!isWaiting(state)) return nothing;
  switch (outcome.kind) {
    case "authorised":
      return authorised(state, outcome, now);
    case "captured":
      return captured(state, outcome, now);
    case "pending":
      return pending(state, outcome, now);
    case "declined":
      return outcome.isFinal ? giveUp(outcome.reason) : nothing;
    case "voided":
      return giveUp("session_expired");
    case "not_found":
      return notFound(state, now);
    case "not_sent":
      return notSent(state, now);
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

const outcomeReference = (outcome: PaymentOutcome): string | undefined =>
  "reference" in outcome ? outcome.reference : undefined;

/** The order is being undone, or was. An end that was unknown so far is noted, so that nobody goes on asking. */
function lateNews(state: OrderState, outcome: PaymentOutcome, now: EpochMs): Decision {
  const { payment } = state;
  const isOver = payment.kind === "authorised" || payment.kind === "captured";
  if (outcome.kind === "captured" && payment.kind !== "captured")
    return happened(...lateMoney(state, outcome.reference, outcome.amountMinor));
  // A payment that the provider once knew nothing of was noted as voided without a name; its request may arrive later.
  const isVoided = payment.kind === "voided" && payment.reference === outcomeReference(outcome);
  if (outcome.kind === "authorised" && !isOver && !isVoided) return happened(authorisedEvent(outcome));
  if (payment.kind !== "unknown") return nothing;
  const isEnd =
    outcome.kind === "voided" ||
    (outcome.kind === "declined" && outcome.isFinal) ||
    (outcome.kind === "not_found" && now - payment.since >= NOT_FOUND_LIMIT_MS);
  return isEnd
    ? happened({ type: "order.payment_voided", reference: payment.reference ?? "", amountMinor: 0 })
    : nothing;
}

function authorised(state: OrderState, outcome: Outcome<"authorised">, now: EpochMs): Decision {
  const event = authorisedEvent(outcome);
  if (outcome.amountMinor === state.dueMinor) return happened(event, { type: "order.commit_started" });
  // Noted first, so that the release voids it.
  const undone = (next: OrderState): OrderEvent[] => undo(next, "authorised_amount_differs", now);
  return happened(...followedBy(state, [event], { now, with: undone }));
}

/** A provider that takes money at once: the units are committed before the order is confirmed all the same. */
function captured(state: OrderState, outcome: Outcome<"captured">, now: EpochMs): Decision {
  const { reference, amountMinor } = outcome;
  const event: OrderEvent = { type: "order.captured", reference, amountMinor };
  if (amountMinor === state.dueMinor) return happened(event, { type: "order.commit_started" });
  const undone = (next: OrderState): OrderEvent[] => undo(next, "authorised_amount_differs", now);
  return happened(...followedBy(state, [event], { now, with: undone }));
}

function pending(state: OrderState, outcome: Outcome<"pending">, now: EpochMs): Decision {
  const { payment, choice } = state;
  if (payment.kind === "pending" && payment.reference === outcome.reference) {
    // A bank transfer has no provider that would end it: it ends by the clock.
    const end = payment.expiresAt;
    const isOver = end !== undefined && now >= end + SESSION_END_GRACE_MS;
    return choice.kind === "manual" && isOver ? giveUp("session_expired") : nothing;
  }
  return happened({
    type: "order.payment_pending",
    reference: outcome.reference,
    ...(outcome.redirectUrl === undefined ? {} : { redirectUrl: outcome.redirectUrl }),
    ...(outcome.instructions === undefined ? {} : { instructions: outcome.instructions }),
    ...(outcome.expiresAt === undefined ? {} : { expiresAt: outcome.expiresAt }),
  });
}

/** The provider never saw the request: ask again by the same key, for a while; nothing can have been charged. */
function notFound(state: OrderState, now: EpochMs): Decision {
  if (state.payment.kind === "unknown" && now - state.payment.since < NOT_FOUND_LIMIT_MS) {
    return happened({ type: "order.payment_requested", attempt: state.attempt });
  }
  if (state.payment.kind === "requested") return nothing;
  return happened({ type: "order.release_started", reason: "payment_unavailable" });
}

/** Nothing left the house this time; a try that was cut off before may have. */
function notSent(state: OrderState, now: EpochMs): Decision {
  if (state.payment.kind !== "requested") return nothing;
  const isFirstTry = state.payment.since === undefined && now - state.updatedAt < STEP_RETRY_MS;
  return isFirstTry
    ? happened({ type: "order.release_started", reason: "payment_unavailable" })
    : happened({ type: "order.payment_unknown", detail: "not sent again" });
}

function unknown(state: OrderState, detail: string, now: EpochMs): Decision {
  const { payment } = state;
  switch (payment.kind) {
    case "pending": {
      // The buyer may still be on the page: only a session that has ended makes this uncertain.
      const isOver = payment.expiresAt !== undefined && now >= payment.expiresAt + SESSION_END_GRACE_MS;
      return isOver ? happened({ type: "order.payment_unknown", detail }) : nothing;
    }
    case "unknown":
      return state.status !== "needs_attention" && now - payment.since >= UNKNOWN_LIMIT_MS
        ? happened({ type: "order.attention_needed", reason: "payment_unknown" })
        : nothing;
    default:
      return happened({ type: "order.payment_unknown", detail });
  }
}
