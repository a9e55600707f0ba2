import type { RefundOutcome, RefundPort } from "#orders";
import {
  askOnce,
  isThere,
  NOT_ASKED,
  notSent,
  unknown,
  unknownProblem,
  type Question,
  type SandboxCalls,
} from "./sandbox-calls.ts";

/** The way back of money at the sandbox. A refund is done at once or refused; it is never under way. */
export const createSandboxRefunds = (calls: SandboxCalls): RefundPort => ({
  async refund({ reference: paymentId, key, amount }, call) {
    if (!(await isThere(calls))) return notSent(calls);
    return ask(calls, {
      request: { method: "POST", path: refundsPath(paymentId), key, body: { amount } },
      expected: { paymentId, refund: { key, amount } },
      call,
    });
  },
  async refundStatusByKey({ reference: paymentId, key }, call) {
    const outcome = await ask(calls, {
      request: { method: "GET", path: `${refundsPath(paymentId)}?key=${encodeURIComponent(key)}` },
      expected: { paymentId, refund: { key } },
      call,
    });
    return outcome.kind === "not_sent" ? NOT_ASKED : outcome;
  },
});

const refundsPath = (paymentId: string): string => `/v1/payments/${encodeURIComponent(paymentId)}/refunds`;

/** The provider's own words for a refund that it will never make. */
const REFUSALS: Readonly<Record<string, RefundOutcome>> = {
  "/problems/sandbox/payment-unknown": { kind: "not_found" },
  "/problems/sandbox/refund-unknown": { kind: "not_found" },
  "/problems/sandbox/not-refundable": { kind: "declined", reason: "not_refundable" },
  "/problems/sandbox/amount-too-large": { kind: "declined", reason: "amount_too_large" },
  "/problems/sandbox/currency-differs": { kind: "declined", reason: "currency_differs" },
};

async function ask(calls: SandboxCalls, question: Question): Promise<RefundOutcome> {
  const answer = await askOnce(calls, question);
  if (answer.kind === "problem") {
    return REFUSALS[answer.problem?.type ?? ""] ?? unknownProblem(question, answer.status, answer.problem);
  }
  if (answer.kind !== "payment") return answer;
  const { refund, id } = answer.payment;
  if (!refund) return unknown(question, "differs: no refund in the reply");
  return { kind: "refunded", reference: `${id}:${refund.key}`, amountMinor: refund.amount.amountMinor };
}
