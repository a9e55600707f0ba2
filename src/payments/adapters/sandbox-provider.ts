import { invariant, truncate } from "#kernel";
import type { AuthoriseRequest, PaymentPort } from "#orders";
import type { CallContext } from "#platform";
import type { PaymentProvider } from "../app/ports.ts";
import {
  DEFAULT_TIMEOUT_MS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_SESSION_SECONDS,
  MIN_SESSION_SECONDS,
} from "../domain/limits.ts";
import { isolateBreaker, type CircuitBreaker } from "./circuit-breaker.ts";
import { ask, isThere, NOT_ASKED, notSent, type Question, type SandboxCalls } from "./sandbox-calls.ts";
import { createSandboxHttp, type Fetch } from "./sandbox-http.ts";
import { createSandboxRefunds } from "./sandbox-refunds.ts";

export type SandboxProviderOptions = {
  /** Such as `http://localhost:8788`, without a slash at the end. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly fetch?: Fetch;
  readonly timeoutMs?: number;
  /** Shared by all callers in the isolate unless a test brings its own. */
  readonly breaker?: CircuitBreaker;
};

/**
 * The payment sandbox behind Kerbside's payment port. Never throws. `not_sent` is said only of a call that this Worker
 * kept back: the breaker is open, or the last call failed and a question about the provider's health did too. Silence,
 * failures, a connection that was refused or reset (the platform does not tell them apart) and replies that do not agree
 * with what was asked are `unknown`, because this try or an earlier one under the same key may have acted.
 */
export function createSandboxProvider(options: SandboxProviderOptions): PaymentProvider {
  const { baseUrl, apiKey, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const breaker = options.breaker ?? isolateBreaker(baseUrl);
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const http = createSandboxHttp({ baseUrl, apiKey, fetch: send, breaker });
  const calls: SandboxCalls = { http, breaker, origin: new URL(baseUrl).origin, timeoutMs };
  return {
    provider: "sandbox",
    async authorise(request, call) {
      return (await isThere(calls)) ? ask(calls, authoriseQuestion(request, call)) : notSent(calls);
    },
    async statusByKey(key, call) {
      const outcome = await ask(calls, statusQuestion(key, call));
      return outcome.kind === "not_sent" ? NOT_ASKED : outcome;
    },
    capture: (request, call) => ask(calls, captureQuestion(request, call)),
    async voidPayment(request, call) {
      const outcome = await ask(calls, voidQuestion(request, call));
      // A payment that had ended already without money is as good as voided.
      return outcome.kind === "declined" ? { kind: "voided", reference: request.reference } : outcome;
    },
    ...createSandboxRefunds(calls),
    isAvailable: () => breaker.isClosed(),
    checkAvailability: () => isThere(calls),
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
