import Stripe from "stripe";
import { fail, invalid, StripeBook, type Reply } from "./book.ts";
import { parseForm, type Params } from "./form.ts";

export const STRIPE_KEY = "sk_test_double";
export const STRIPE_WEBHOOK_SECRET = "whsec_double_endpoint_secret";

type Fault = "down" | "error_after_action" | "silence_after_action" | "refused";
type Kept = Reply & { readonly request: string };
type Delivery = { readonly body: string; readonly header: string };

/** What each operation takes; anything else is refused as Stripe does, so a parameter that went away is noticed. */
const KNOWN: Record<string, readonly string[]> = {
  "POST /v1/payment_intents": [
    ...[
      "amount",
      "currency",
      "capture_method",
      "confirm",
      "error_on_requires_action",
      "description",
      "metadata",
    ],
    ...[
      "allowed_payment_method_types",
      "payment_method",
      "payment_method_data",
      "confirmation_token",
      "expand",
    ],
  ],
  "POST /v1/payment_intents/:id/capture": ["amount_to_capture", "expand"],
  "POST /v1/payment_intents/:id/cancel": ["cancellation_reason"],
  "POST /v1/checkout/sessions": [
    ...[
      "mode",
      "success_url",
      "cancel_url",
      "client_reference_id",
      "customer_email",
      "line_items",
      "metadata",
    ],
    ...["allowed_payment_method_types", "payment_intent_data", "expires_at"],
  ],
  "POST /v1/checkout/sessions/:id/expire": [],
  "POST /v1/refunds": ["payment_intent", "amount", "metadata", "reason"],
};

/**
 * Stripe in memory, as the SDK sees it through `fetch`: form-encoded requests, replies kept per idempotency key (failures
 * too), errors in Stripe's shape, a search that can lag, and webhooks signed with the SDK's own signer. `charges` is the
 * second witness: what was really taken.
 */
export class StripeDouble {
  readonly requests: { readonly operation: string; readonly key: string | null; readonly params: Params }[] =
    [];
  readonly deliveries: Delivery[] = [];
  readonly book = new StripeBook();
  readonly #kept = new Map<string, Kept>();
  readonly #faults: Fault[] = [];

  /** Spoils the next requests, one each. */
  spoil(...faults: Fault[]): void {
    this.#faults.push(...faults);
  }

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const fault = this.#faults.shift();
    if (fault === "refused") throw new TypeError("connection refused");
    if (fault === "down") return Response.json({ error: { type: "api_error" } }, { status: 503 });
    const { pathname, searchParams } = new URL(url);
    if (pathname === "/healthcheck") return new Response("imok");
    const reply = this.#handle(pathname, searchParams, init);
    await this.#sign();
    if (fault === "silence_after_action") return silence(init.signal);
    const answer = fault === "error_after_action" ? fail(500, { type: "api_error" }) : reply;
    return Response.json(answer.body, {
      status: answer.status,
      headers: { "request-id": `req_${this.requests.length}` },
    });
  };

  /** The buyer pays on the hosted page. */
  async payOnPage(key: string): Promise<void> {
    this.book.payOnPage(key);
    await this.#sign();
  }

  #handle(path: string, query: URLSearchParams, init: RequestInit): Reply {
    const headers = new Headers(init.headers);
    if (headers.get("authorization") !== `Bearer ${STRIPE_KEY}`)
      return fail(401, { type: "invalid_request_error", message: "Invalid API Key provided" });
    const params = parseForm(init.method === "POST" ? String(init.body) : query.toString());
    const [operation, id] = operationOf(init.method ?? "GET", path);
    const key = headers.get("idempotency-key");
    this.requests.push({ operation, key, params });
    const request = JSON.stringify([path, params]);
    const kept = key === null || init.method !== "POST" ? undefined : this.#kept.get(key);
    if (kept) return kept.request === request ? kept : fail(400, { type: "idempotency_error" });
    const unknown = Object.keys(params).find((name) => KNOWN[operation]?.includes(name) === false);
    const reply = unknown
      ? invalid({ code: "parameter_unknown", param: unknown })
      : this.book.act(operation, id, params);
    const expanded = { ...reply, body: this.book.expand(reply.body) };
    if (key !== null && init.method === "POST") this.#kept.set(key, { ...expanded, request });
    return expanded;
  }

  async #sign(): Promise<void> {
    for (const body of this.book.events.splice(0))
      this.deliveries.push({ body, header: await signStripe(body) });
  }
}

/** The `Stripe-Signature` of a body, made by the SDK. */
export const signStripe = (
  payload: string,
  { secret = STRIPE_WEBHOOK_SECRET, atMs = Date.now() }: { secret?: string; atMs?: number } = {},
): Promise<string> =>
  Stripe.webhooks.generateTestHeaderStringAsync({
    payload,
    secret,
    timestamp: Math.floor(atMs / 1000),
    cryptoProvider: Stripe.createSubtleCryptoProvider(),
  });

function operationOf(method: string, path: string): readonly [string, string] {
  const found = /^(\/v1\/(?:checkout\/)?\w+)(?:\/(\w+))?(\/\w+)?$/.exec(path);
  const [, base = path, id, action = ""] = found ?? [];
  return [`${method} ${base}${id === undefined ? "" : "/:id"}${action}`, id ?? ""];
}

const silence = (signal: AbortSignal | null | undefined): Promise<Response> =>
  new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
