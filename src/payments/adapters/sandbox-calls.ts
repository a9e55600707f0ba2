import type { PaymentOutcome } from "#orders";
import { createLogger, type CallContext } from "#platform";
import { HEALTH_TIMEOUT_MS } from "../domain/limits.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import type { HttpRequest, SandboxHttp } from "./sandbox-http.ts";
import {
  outcomeOf,
  readPayment,
  readProblem,
  type Expected,
  type SandboxPayment,
  type SandboxProblem,
} from "./sandbox-wire.ts";

/** What every call to the sandbox goes through. */
export type SandboxCalls = {
  readonly http: SandboxHttp;
  readonly breaker: CircuitBreaker;
  readonly origin: string;
  readonly timeoutMs: number;
};

/** One call, and what its reply has to agree with. */
export type Question = {
  readonly request: Omit<HttpRequest, "timeoutMs" | "traceparent">;
  readonly expected: Omit<Expected, "origin">;
  readonly call: CallContext;
};

/** What came back, before it means anything. */
export type Answer =
  | { readonly kind: "payment"; readonly payment: SandboxPayment }
  | { readonly kind: "problem"; readonly status: number; readonly problem: SandboxProblem | undefined }
  | Unsettled;
type Unsettled = Extract<PaymentOutcome, { kind: "not_sent" | "unknown" }>;

/** Makes one call. Never throws; a reply that does not agree with the question is `unknown`. */
export async function askOnce(calls: SandboxCalls, question: Question): Promise<Answer> {
  const { request, expected, call } = question;
  const reply = await calls.http({ ...request, timeoutMs: calls.timeoutMs, traceparent: call.traceparent });
  if (!reply.ok) {
    return reply.refusal.code === "not_sent"
      ? { kind: "not_sent", retryAfterSeconds: reply.refusal.retryAfterSeconds }
      : unknown(question, reply.refusal.detail);
  }
  const { status, body } = reply.value;
  if (status !== 200 && status !== 201) return { kind: "problem", status, problem: readProblem(body) };
  const payment = readPayment(body, { ...expected, origin: calls.origin });
  return payment.ok ? { kind: "payment", payment: payment.value } : unknown(question, payment.refusal.detail);
}

/** Makes a call about a payment and translates what came back. */
export async function ask(calls: SandboxCalls, question: Question): Promise<PaymentOutcome> {
  const answer = await askOnce(calls, question);
  if (answer.kind === "payment") return outcomeOf(answer.payment);
  if (answer.kind !== "problem") return answer;
  const { paymentId } = question.expected;
  // The payment is in another state than we thought: what it is in is the answer.
  if (answer.status === 409 && paymentId !== undefined) return askState(calls, paymentId, question.call);
  return outcomeOfProblem(question, answer.status, answer.problem);
}

const askState = (calls: SandboxCalls, paymentId: string, call: CallContext): Promise<PaymentOutcome> =>
  ask(calls, {
    request: { method: "GET", path: `/v1/payments/${encodeURIComponent(paymentId)}` },
    expected: { paymentId },
    call,
  });

/**
 * A refusal counts as "the provider never saw it" only in the provider's own words: a bare 404 may come from something
 * in between, while the payment exists.
 */
function outcomeOfProblem(
  question: Question,
  status: number,
  problem: SandboxProblem | undefined,
): PaymentOutcome {
  if (status === 404 && problem?.type === "/problems/sandbox/payment-unknown") return { kind: "not_found" };
  if (status === 422 && problem?.type === "/problems/sandbox/fields-wrong") {
    const isToken = problem.errors?.some((error) => error.pointer === "/token") ?? false;
    if (isToken) return { kind: "declined", reason: "declined", isFinal: true };
    logger(question).error("payment.request_refused", { path: question.request.path, type: problem.type });
    return { kind: "not_found" };
  }
  return unknownProblem(question, status, problem);
}

/** The outcome of a problem that says nothing about what the provider has done. */
export const unknownProblem = (
  question: Question,
  status: number,
  problem: SandboxProblem | undefined,
): Unsettled => unknown(question, `status ${status} ${problem?.type ?? "without a problem document"}`);

/** Notes and returns that the outcome of a call is not known. */
export function unknown(question: Question, detail: string): Unsettled {
  // The path without its query: a key is not for logs.
  const path = question.request.path.split("?", 1)[0];
  logger(question).warn("payment.outcome_unknown", { method: question.request.method, path, detail });
  return { kind: "unknown", detail };
}

/** What a lookup tells that was kept back: it proves nothing about what it was to look for. */
export const NOT_ASKED = { kind: "unknown", detail: "circuit open: not asked" } as const;

/**
 * Whether the provider is there. Costs a call of at most 1.5 s only when the last one failed, so that money is not sent
 * into silence, where its fate would be unknown for minutes.
 */
export async function isThere({ http, breaker }: SandboxCalls): Promise<boolean> {
  if (breaker.isUntroubled()) return true;
  const reply = await http({ method: "GET", path: "/health", timeoutMs: HEALTH_TIMEOUT_MS });
  return reply.ok && reply.value.status === 200;
}

/** That a request was kept back, and for how long. */
export const notSent = ({ breaker }: SandboxCalls): Extract<Unsettled, { kind: "not_sent" }> => ({
  kind: "not_sent",
  retryAfterSeconds: breaker.retryAfterSeconds(),
});

const logger = (question: Question) => createLogger("payments", question.call.traceparent);
