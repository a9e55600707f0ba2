import { invariant, truncate } from "#kernel";
import type { AuthoriseRequest, PaymentOutcome, PaymentPort } from "#orders";
import { createLogger, type CallContext } from "#platform";
import type { PaymentProvider } from "../app/ports.ts";
import {
  DEFAULT_TIMEOUT_MS,
  HEALTH_TIMEOUT_MS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_SESSION_SECONDS,
  MIN_SESSION_SECONDS,
} from "../domain/limits.ts";
import { isolateBreaker, type CircuitBreaker } from "./circuit-breaker.ts";
import { createSandboxHttp, type Fetch, type HttpRequest, type SandboxHttp } from "./sandbox-http.ts";
import { outcomeOf, readPayment, readProblem, type Expected, type SandboxProblem } from "./sandbox-wire.ts";

export type SandboxProviderOptions = {
  /** Such as `http://localhost:8788`, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch?: Fetch;
  readonly timeoutMs?: number;
  /** Shared by all callers in the isolate unless a test brings its own. */
  readonly breaker?: CircuitBreaker;
};

type Context = { readonly http: SandboxHttp; readonly origin: string; readonly timeoutMs: number };

/** One call, and what its reply has to agree with. */
type Question = {
  readonly request: Omit<HttpRequest, "timeoutMs" | "traceparent">;
  readonly expected: Omit<Expected, "origin">;
  readonly call: CallContext;
};

/**
 * The payment sandbox behind Kerbside's payment port. Never throws: silence, failures, an open breaker and replies that
 * do not agree with what was asked are all `unknown`, because an earlier try under the same key may have acted.
 */
export function createSandboxProvider(options: SandboxProviderOptions): PaymentProvider {
  const { baseUrl, apiKey, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const breaker = options.breaker ?? isolateBreaker(baseUrl);
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const http = createSandboxHttp({ baseUrl, apiKey, fetch: send, breaker });
  const context: Context = { http, origin: new URL(baseUrl).origin, timeoutMs };
  return {
    provider: "sandbox",
    authorise: (request, call) => ask(context, authoriseQuestion(request, call)),
    statusByKey: (key, call) => ask(context, statusQuestion(key, call)),
    capture: (request, call) => ask(context, captureQuestion(request, call)),
    async voidPayment(request, call) {
      const outcome = await ask(context, voidQuestion(request, call));
      // A payment that had ended already without money is as good as voided.
      return outcome.kind === "declined" ? { kind: "voided", reference: request.reference } : outcome;
    },
    isAvailable: () => breaker.isClosed(),
    async checkAvailability() {
      if (breaker.isClosed()) return true;
      const reply = await http({ method: "GET", path: "/health", timeoutMs: HEALTH_TIMEOUT_MS });
      return reply.ok && reply.value.status === 200;
    },
  };
}

function authoriseQuestion(request: AuthoriseRequest, call: CallContext): Question {
  const { key, orderId: reference, amount, choice } = request;
  invariant(choice.kind !== "manual", "the sandbox takes cards only");
  const how =
    choice.kind === "token"
      ? { token: choice.token }
      : { returnUrl: choice.returnUrl, cancelUrl: choice.cancelUrl };
  const body = {
    amount,
    reference,
    displayReference: request.orderNumber,
    description: truncate(request.description, MAX_DESCRIPTION_CHARACTERS),
    email: request.email,
    sessionSeconds: Math.min(
      Math.max(Math.trunc(request.sessionSeconds), MIN_SESSION_SECONDS),
      MAX_SESSION_SECONDS,
    ),
    ...how,
  };
  return {
    request: { method: "POST", path: "/v1/payments", key, body },
    expected: { key, reference, amount },
    call,
  };
}

const statusQuestion = (key: string, call: CallContext): Question => ({
  request: { method: "GET", path: `/v1/payments?key=${encodeURIComponent(key)}` },
  expected: { key },
  call,
});

function captureQuestion(request: Parameters<PaymentPort["capture"]>[0], call: CallContext): Question {
  const { reference: paymentId, key, amount } = request;
  const path = `/v1/payments/${encodeURIComponent(paymentId)}/capture`;
  return {
    request: { method: "POST", path, key, body: { amount } },
    expected: { paymentId, captured: amount },
    call,
  };
}

function voidQuestion(request: Parameters<PaymentPort["voidPayment"]>[0], call: CallContext): Question {
  const { reference: paymentId, key } = request;
  const path = `/v1/payments/${encodeURIComponent(paymentId)}/void`;
  return { request: { method: "POST", path, key, body: {} }, expected: { paymentId }, call };
}

async function ask(context: Context, question: Question): Promise<PaymentOutcome> {
  const { request, expected, call } = question;
  const reply = await context.http({
    ...request,
    timeoutMs: context.timeoutMs,
    traceparent: call.traceparent,
  });
  if (!reply.ok) return unknown(question, reply.refusal.detail);
  const { status, body } = reply.value;
  if (status === 200 || status === 201) {
    const payment = readPayment(body, { ...expected, origin: context.origin });
    return payment.ok ? outcomeOf(payment.value) : unknown(question, payment.refusal.detail);
  }
  // The payment is in another state than we thought: what it is in is the answer.
  if (status === 409 && expected.paymentId !== undefined) return askState(context, expected.paymentId, call);
  return outcomeOfProblem(question, status, readProblem(body));
}

const askState = (context: Context, paymentId: string, call: CallContext): Promise<PaymentOutcome> =>
  ask(context, {
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
  return unknown(question, `status ${status} ${problem?.type ?? "without a problem document"}`);
}

function unknown(question: Question, detail: string): PaymentOutcome {
  // The path without its query: a key is not for logs.
  const path = question.request.path.split("?", 1)[0];
  logger(question).warn("payment.outcome_unknown", { method: question.request.method, path, detail });
  return { kind: "unknown", detail };
}

const logger = (question: Question) => createLogger("payments", question.call.traceparent);
