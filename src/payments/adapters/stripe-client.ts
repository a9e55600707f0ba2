import type Stripe from "stripe";
import * as z from "zod";
import { createLogger, describeError, type CallContext } from "#platform";
import { HEALTH_TIMEOUT_MS } from "../domain/limits.ts";
import type { CircuitBreaker } from "./circuit-breaker.ts";
import type { Fetch } from "./sandbox-http.ts";

/** The version whose shapes we read. Stripe answers in it whatever the account's own default is. */
export const STRIPE_API_VERSION = "2026-10-28.endive";
const STRIPE_ORIGIN = "https://api.stripe.com";

/** What Stripe said instead of doing what was asked. */
export type StripeRefusal = z.infer<typeof refusalSchema>;
const refusalSchema = z.object({
  type: z.string(),
  statusCode: z.int().optional(),
  code: z.string().optional(),
  decline_code: z.string().optional(),
  param: z.string().optional(),
});

/** `value` is whatever came back: it is checked like a stranger's by {@link import("./stripe-wire.ts")}. */
export type StripeAnswer =
  | { readonly kind: "ok"; readonly value: unknown }
  | { readonly kind: "refused"; readonly refusal: StripeRefusal }
  | { readonly kind: "not_sent"; readonly retryAfterSeconds: number }
  | { readonly kind: "unknown"; readonly detail: string };

export type StripeCall = (
  run: (stripe: Stripe, options: Stripe.RequestOptions) => Promise<unknown>,
  about: { readonly key?: string; readonly what: string; readonly call: CallContext },
) => Promise<StripeAnswer>;

export type StripeClient = {
  readonly ask: StripeCall;
  /** Whether it is worth sending money: a call of at most 1.5 s only when the last one failed. */
  readonly isThere: () => Promise<boolean>;
  readonly breaker: CircuitBreaker;
};

export type StripeClientOptions = {
  readonly secretKey: string;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  readonly breaker: CircuitBreaker;
};

/** Loaded at the first call: a quarter of a megabyte that a shop without Stripe never runs. */
const loadStripe = async (): Promise<typeof Stripe> => (await import("stripe")).default;

/**
 * The unchanged SDK behind a breaker and a time limit. Never throws and never retries: the order object does that, with
 * the same key.
 */
export function createStripeClient(options: StripeClientOptions): StripeClient {
  const { breaker, timeoutMs } = options;
  let loading: Promise<Stripe> | undefined;
  const stripe = (): Promise<Stripe> => (loading ??= createSdk(options));
  return {
    breaker,
    async ask(run, { key, what, call }) {
      if (!breaker.tryPass()) return { kind: "not_sent", retryAfterSeconds: breaker.retryAfterSeconds() };
      try {
        const value = await run(await stripe(), {
          timeout: timeoutMs,
          ...(key === undefined ? {} : { idempotencyKey: key }),
        });
        breaker.record(true);
        return { kind: "ok", value };
      } catch (error) {
        const answer = answerOf(error);
        breaker.record(answer.kind === "refused");
        if (answer.kind === "unknown") {
          createLogger("payments", call.traceparent).warn("payment.outcome_unknown", {
            what,
            detail: answer.detail,
          });
        }
        return answer;
      }
    },
    isThere: async () => breaker.isUntroubled() || isHealthy(options),
  };
}

async function createSdk({ secretKey, fetch, timeoutMs }: StripeClientOptions): Promise<Stripe> {
  const Sdk = await loadStripe();
  return new Sdk(secretKey, {
    apiVersion: STRIPE_API_VERSION,
    httpClient: Sdk.createFetchHttpClient((url, init) => fetch(String(url), init ?? {})),
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: timeoutMs,
  });
}

/** Errors of the SDK tell what Stripe said; everything else, and every 5xx, leaves open what Stripe has done. */
function answerOf(error: unknown): Extract<StripeAnswer, { kind: "refused" | "unknown" }> {
  const parsed = refusalSchema.safeParse(error);
  const status = parsed.data?.statusCode;
  if (!parsed.success || status === undefined || status >= 500) {
    return { kind: "unknown", detail: describeError(error) };
  }
  return { kind: "refused", refusal: parsed.data };
}

/** Any answer below 500 shows that Stripe is there; a trial call of the breaker is spent on this, never on money. */
async function isHealthy({ breaker, fetch }: StripeClientOptions): Promise<boolean> {
  if (!breaker.tryPass()) return false;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), HEALTH_TIMEOUT_MS);
  let isUp = false;
  try {
    const response = await fetch(`${STRIPE_ORIGIN}/healthcheck`, {
      signal: abort.signal,
      redirect: "manual",
    });
    await response.body?.cancel();
    isUp = response.status < 500;
  } catch {
    // Refused, silent, too slow: down all the same.
  } finally {
    clearTimeout(timer);
  }
  breaker.record(isUp);
  return isUp;
}
