import { invariant } from "#kernel";
import type { AuthoriseRequest, PaymentOutcome, PaymentPort } from "#orders";
import { createLogger, platformClock, type CallContext, type Clock } from "#platform";
import type { PaymentProvider } from "../app/ports.ts";
import { DEFAULT_TIMEOUT_MS } from "../domain/limits.ts";
import { toStripeAmount } from "../domain/stripe-amounts.ts";
import { isolateBreaker, type CircuitBreaker } from "./circuit-breaker.ts";
import type { Fetch } from "./sandbox-http.ts";
import {
  createStripeClient,
  type StripeAnswer,
  type StripeClient,
  type StripeRefusal,
} from "./stripe-client.ts";
import { isSearchable, pageSession, tokenIntent } from "./stripe-questions.ts";
import { createStripeRefunds } from "./stripe-refunds.ts";
import {
  META,
  outcomeOfIntent,
  pendingSession,
  readIntent,
  readList,
  readSession,
  reasonOf,
  sessionEndsAt,
  type Expected,
} from "./stripe-wire.ts";

export type StripeProviderOptions = {
  /** `sk_…` or a restricted `rk_…`. */
  readonly secretKey: string;
  readonly fetch?: Fetch;
  readonly timeoutMs?: number;
  readonly breaker?: CircuitBreaker;
  readonly clock?: Clock;
};

type Context = { readonly client: StripeClient; readonly clock: Clock };

/**
 * Stripe behind Kerbside's payment port: PaymentIntents that are captured by hand, and Checkout's page. Never throws.
 *
 * After a lost answer: a reference is retrieved; a bare key is searched for in the metadata. Stripe's search may be a
 * minute late, so `not_found` from it is no proof; the order then repeats the same request under the same key, and Stripe
 * replays its first answer instead of acting twice.
 */
export function createStripeProvider(options: StripeProviderOptions): PaymentProvider {
  const { secretKey, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const breaker = options.breaker ?? isolateBreaker("stripe");
  const send: Fetch = options.fetch ?? ((url, init) => fetch(url, init));
  const client = createStripeClient({ secretKey, fetch: send, timeoutMs, breaker });
  const context: Context = { client, clock: options.clock ?? platformClock };
  return {
    provider: "stripe",
    authorise: (request, call) => authorise(context, request, call),
    statusByKey: (key, call, reference) => statusByKey(context, { key, reference }, call),
    capture: (request, call) => capture(context, request, call),
    voidPayment: (request, call) => voidPayment(context, request, call),
    ...createStripeRefunds(client),
    isAvailable: () => breaker.isClosed(),
    checkAvailability: client.isThere,
  };
}

async function authorise(
  context: Context,
  request: AuthoriseRequest,
  call: CallContext,
): Promise<PaymentOutcome> {
  const { client } = context;
  const { key, choice } = request;
  invariant(choice.kind !== "manual", "Stripe takes cards only");
  const amount = toStripeAmount(request.amount);
  if (amount === undefined) {
    createLogger("payments", call.traceparent).error("payment.amount_not_chargeable", { ...request.amount });
    return { kind: "declined", reason: "declined", isFinal: true };
  }
  if (!(await client.isThere())) {
    return { kind: "not_sent", retryAfterSeconds: client.breaker.retryAfterSeconds() };
  }
  const expected = { key, amount: request.amount };
  if (choice.kind === "token") {
    const params = tokenIntent(request, choice.token, amount);
    const answer = await client.ask((stripe, how) => stripe.paymentIntents.create(params, how), {
      ...{ key, call, what: "authorise" },
    });
    return answer.kind === "refused" ? refusedToken(answer.refusal, call) : intentOutcome(answer, expected);
  }
  const params = pageSession(request, choice, amount);
  const answer = await client.ask((stripe, how) => stripe.checkout.sessions.create(params, how), {
    ...{ key, call, what: "open page" },
  });
  if (answer.kind === "refused") return refusedRequest(answer.refusal, call);
  return sessionOutcome(context, answer, { expected, call });
}

/** A card that says no, or a token that is none, is a decline; anything else is ours to mend. */
function refusedToken(refusal: StripeRefusal, call: CallContext): PaymentOutcome {
  const isToken = /^(?:payment_method|confirmation_token)/.test(refusal.param ?? "");
  if (refusal.type === "StripeCardError" || isToken) {
    return { kind: "declined", reason: reasonOf(refusal), isFinal: true };
  }
  return refusedRequest(refusal, call);
}

/** Stripe did nothing when it found fault with the request itself; in every other case an earlier try may have acted. */
function refusedRequest(refusal: StripeRefusal, call: CallContext): PaymentOutcome {
  const { type, code, param, statusCode } = refusal;
  createLogger("payments", call.traceparent).error("payment.request_refused", {
    type,
    code,
    param,
    statusCode,
  });
  return type === "StripeInvalidRequestError"
    ? { kind: "not_found" }
    : { kind: "unknown", detail: `${type} ${code ?? ""}` };
}

type Named = { readonly key: string; readonly reference: string | undefined };

async function statusByKey(
  context: Context,
  { key, reference }: Named,
  call: CallContext,
): Promise<PaymentOutcome> {
  const expected = { key };
  const outcome =
    reference === undefined
      ? await search(context, key, call)
      : await retrieve(context, reference, { expected, call });
  return outcome.kind === "not_sent" ? { kind: "unknown", detail: "circuit open: not asked" } : outcome;
}

async function search({ client }: Context, key: string, call: CallContext): Promise<PaymentOutcome> {
  if (!isSearchable(key)) return { kind: "not_found" };
  const query = `metadata['${META.key}']:'${key}'`;
  const answer = await client.ask(
    (stripe, how) => stripe.paymentIntents.search({ query, limit: 10, expand: ["data.latest_charge"] }, how),
    { call, what: "search" },
  );
  if (answer.kind !== "ok") return unsettled(answer);
  const found = readList(answer.value);
  if (!found) return { kind: "unknown", detail: "reply: no list" };
  const outcomes = found
    .map((value) => readIntent(value, { key }))
    .flatMap((read) => (read.ok ? [read.value] : []));
  // A key can only have one payment with money; others are tries that Stripe has ended.
  const best =
    outcomes.find(({ status }) => status === "requires_capture" || status === "succeeded") ?? outcomes[0];
  return best ? outcomeOfIntent(best) : { kind: "not_found" };
}

type About = { readonly expected: Expected; readonly call: CallContext };

/** Asks by Stripe's own name: `cs_…` for a page, `pi_…` for a payment. */
async function retrieve(context: Context, reference: string, about: About): Promise<PaymentOutcome> {
  const { client } = context;
  const { call, expected } = about;
  if (reference.startsWith("cs_")) {
    const answer = await client.ask(
      (stripe, how) =>
        stripe.checkout.sessions.retrieve(reference, { expand: ["payment_intent.latest_charge"] }, how),
      { call, what: "read page" },
    );
    return sessionOutcome(context, answer, about);
  }
  const answer = await client.ask(
    (stripe, how) => stripe.paymentIntents.retrieve(reference, { expand: ["latest_charge"] }, how),
    { call, what: "read" },
  );
  return intentOutcome(answer, expected);
}

async function capture(
  context: Context,
  { reference, key, amount }: Parameters<PaymentPort["capture"]>[0],
  call: CallContext,
): Promise<PaymentOutcome> {
  const count = toStripeAmount(amount);
  invariant(count !== undefined, "what was authorised can be captured");
  const answer = await context.client.ask(
    (stripe, how) => stripe.paymentIntents.capture(reference, { amount_to_capture: count }, how),
    { key, call, what: "capture" },
  );
  if (isOtherState(answer)) return retrieve(context, reference, { expected: {}, call });
  const outcome = intentOutcome(answer, {});
  const isOther = outcome.kind === "captured" && outcome.amountMinor !== amount.amountMinor;
  return isOther ? { kind: "unknown", detail: "differs: captured amount" } : outcome;
}

async function voidPayment(
  context: Context,
  { reference, key }: Parameters<PaymentPort["voidPayment"]>[0],
  call: CallContext,
): Promise<PaymentOutcome> {
  const about = { expected: {}, call };
  const answer = reference.startsWith("cs_")
    ? await context.client.ask((stripe, how) => stripe.checkout.sessions.expire(reference, {}, how), {
        ...{ key, call, what: "close page" },
      })
    : await context.client.ask((stripe, how) => stripe.paymentIntents.cancel(reference, {}, how), {
        ...{ key, call, what: "void" },
      });
  if (!isOtherState(answer)) {
    const outcome = reference.startsWith("cs_")
      ? await sessionOutcome(context, answer, about)
      : intentOutcome(answer, {});
    return asVoided(outcome, reference);
  }
  const outcome = await retrieve(context, reference, about);
  // The page was paid before it could be closed: its payment is voided in its turn.
  if (outcome.kind === "authorised" && outcome.reference !== reference) {
    return voidPayment(context, { reference: outcome.reference, key: `${key}:paid` }, call);
  }
  return asVoided(outcome, reference);
}

/** What had ended already without money is as good as voided. */
const asVoided = (outcome: PaymentOutcome, reference: string): PaymentOutcome =>
  outcome.kind === "declined" ? { kind: "voided", reference } : outcome;

/** Stripe refused because the payment or page is not in the state that we thought. */
const isOtherState = (answer: StripeAnswer): boolean =>
  answer.kind === "refused" &&
  answer.refusal.type === "StripeInvalidRequestError" &&
  answer.refusal.code !== "resource_missing";

async function sessionOutcome(context: Context, answer: StripeAnswer, about: About): Promise<PaymentOutcome> {
  if (answer.kind !== "ok") return unsettled(answer);
  const session = readSession(answer.value, about.expected);
  if (!session.ok) return { kind: "unknown", detail: session.refusal.detail };
  const { id, status, payment_intent: intent } = session.value;
  switch (status) {
    case "expired":
      return { kind: "declined", reference: id, reason: "session_expired", isFinal: true };
    case "open":
      return context.clock.now() < sessionEndsAt(session.value)
        ? pendingSession(session.value)
        : closePage(context, id, about);
    case "complete":
      return typeof intent === "object"
        ? intentOutcome({ kind: "ok", value: intent }, about.expected)
        : { kind: "unknown", detail: "reply: a paid page without its payment" };
  }
}

/** Stripe keeps a page open for at least half an hour; ours may be shorter, so we end it when its time is over. */
async function closePage(context: Context, id: string, about: About): Promise<PaymentOutcome> {
  const answer = await context.client.ask((stripe, how) => stripe.checkout.sessions.expire(id, {}, how), {
    ...{ call: about.call, what: "close page", key: `${id}:expire` },
  });
  if (answer.kind === "ok")
    return { kind: "declined", reference: id, reason: "session_expired", isFinal: true };
  return isOtherState(answer) ? { kind: "unknown", detail: "paid in its last moment" } : unsettled(answer);
}

function intentOutcome(answer: StripeAnswer, expected: Expected): PaymentOutcome {
  if (answer.kind !== "ok") return unsettled(answer);
  const intent = readIntent(answer.value, expected);
  return intent.ok ? outcomeOfIntent(intent.value) : { kind: "unknown", detail: intent.refusal.detail };
}

function unsettled(answer: Exclude<StripeAnswer, { kind: "ok" }>): PaymentOutcome {
  if (answer.kind !== "refused") return answer;
  const { code, type } = answer.refusal;
  return code === "resource_missing"
    ? { kind: "not_found" }
    : { kind: "unknown", detail: `${type} ${code ?? ""}` };
}
