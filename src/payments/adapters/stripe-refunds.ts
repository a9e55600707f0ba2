import type { RefundOutcome, RefundPort } from "#orders";
import { toStripeAmount } from "../domain/stripe-amounts.ts";
import type { StripeAnswer, StripeClient } from "./stripe-client.ts";
import { refundParams } from "./stripe-questions.ts";
import { outcomeOfRefund, readList, readRefund, type Expected } from "./stripe-wire.ts";

/** The way back of money at Stripe. Lists, unlike its search, are never late, so a refund is found at once by its key. */
export const createStripeRefunds = (client: StripeClient): RefundPort => ({
  async refund({ reference, key, amount }, call) {
    const count = toStripeAmount(amount);
    if (count === undefined) return { kind: "declined", reason: "amount_not_refundable" };
    if (!(await client.isThere())) {
      return { kind: "not_sent", retryAfterSeconds: client.breaker.retryAfterSeconds() };
    }
    const params = refundParams(reference, key, count);
    const answer = await client.ask((stripe, how) => stripe.refunds.create(params, how), {
      ...{ key, call, what: "refund" },
    });
    return refundOutcome(answer, { key, amount });
  },
  async refundStatusByKey({ reference, key }, call) {
    const answer = await client.ask(
      (stripe, how) => stripe.refunds.list({ payment_intent: reference, limit: 100 }, how),
      { call, what: "list refunds" },
    );
    if (answer.kind === "not_sent") return { kind: "unknown", detail: "circuit open: not asked" };
    if (answer.kind !== "ok") return refundOutcome(answer, { key });
    const refunds = readList(answer.value);
    if (!refunds) return { kind: "unknown", detail: "reply: no list" };
    const found = refunds.map((value) => readRefund(value, { key })).find((refund) => refund.ok);
    return found?.ok ? outcomeOfRefund(found.value) : { kind: "not_found" };
  },
});

function refundOutcome(answer: StripeAnswer, expected: Expected): RefundOutcome {
  if (answer.kind === "ok") {
    const refund = readRefund(answer.value, expected);
    return refund.ok ? outcomeOfRefund(refund.value) : { kind: "unknown", detail: refund.refusal.detail };
  }
  if (answer.kind !== "refused") return answer;
  const { type, code } = answer.refusal;
  if (code === "resource_missing") return { kind: "not_found" };
  return type === "StripeInvalidRequestError"
    ? { kind: "declined", reason: code ?? "amount_too_large" }
    : { kind: "unknown", detail: `${type} ${code ?? ""}` };
}
