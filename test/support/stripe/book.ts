import { newCharge, newEvent, newIntent, newRefund, newSession, type Stored } from "./objects.ts";
import { numberOf, partOf, textOf, type Params } from "./form.ts";

export type Reply = { readonly status: number; readonly body: unknown };

export const fail = (status: number, error: Record<string, unknown>): Reply => ({ status, body: { error } });
export const invalid = (facts: Record<string, unknown>): Reply =>
  fail(400, { type: "invalid_request_error", ...facts });
export const missing = (param: string): Reply =>
  fail(404, { type: "invalid_request_error", code: "resource_missing", param });

const DECLINES: Record<string, string> = {
  tok_chargeDeclinedInsufficientFunds: "insufficient_funds",
  tok_chargeDeclinedFraudulent: "fraudulent",
  tok_chargeDeclined: "generic_decline",
};

/** What Stripe holds and does, without the wire. */
export class StripeBook {
  /** Bodies of events that have not left yet. */
  readonly events: string[] = [];
  readonly #objects = new Map<string, Stored>();
  #count = 0;
  /** A search that has not seen the latest payments yet. */
  isSearchBehind = false;
  refundStatus: "succeeded" | "pending" | "failed" = "succeeded";
  nowMs: () => number = Date.now;

  /** The buyer pays on the hosted page. */
  payOnPage(key: string): void {
    const session = this.#find("checkout.session", (one) => metaOf(one)["kerbside_key"] === key);
    if (session?.["status"] !== "open") throw new Error("no open page under this key");
    const intent = this.#new("pi", newIntent);
    const { amount_total: amount, currency, metadata } = session;
    Object.assign(intent, { amount, currency, metadata, capture_method: "manual" });
    this.#charge(intent);
    Object.assign(session, { status: "complete", payment_intent: intent.id });
    this.#happened("payment_intent.amount_capturable_updated", intent);
    this.#happened("checkout.session.completed", session);
  }

  /** Everything that was captured and not given back, in Stripe's own count. */
  get charges(): readonly {
    readonly amount: number;
    readonly captured: number;
    readonly refunded: number;
  }[] {
    return this.#all("charge").map((charge) => ({
      amount: Number(charge["amount"]),
      captured: Number(charge["amount_captured"]),
      refunded: Number(charge["amount_refunded"]),
    }));
  }

  act(operation: string, id: string, params: Params): Reply {
    switch (operation) {
      case "POST /v1/payment_intents":
        return this.#createIntent(params);
      case "GET /v1/payment_intents/:id":
        return id === "search" ? this.#search(params) : this.#reply(id);
      case "POST /v1/payment_intents/:id/capture":
        return this.#capture(id, numberOf(params, "amount_to_capture"));
      case "POST /v1/payment_intents/:id/cancel":
        return this.#cancel(id);
      case "POST /v1/checkout/sessions":
        return this.#createSession(params);
      case "GET /v1/checkout/sessions/:id":
        return this.#reply(id);
      case "POST /v1/checkout/sessions/:id/expire":
        return this.#expire(id);
      case "POST /v1/refunds":
        return this.#refund(params);
      case "GET /v1/refunds":
        return list(this.#all("refund").filter((one) => one["payment_intent"] === params["payment_intent"]));
      default:
        return missing(operation);
    }
  }

  #createIntent(params: Params): Reply {
    const amount = numberOf(params, "amount") ?? 0;
    if (!Number.isInteger(amount) || amount < 1)
      return invalid({ code: "parameter_invalid_integer", param: "amount" });
    const token = textOf(partOf(partOf(params, "payment_method_data"), "card"), "token");
    const method = token ?? textOf(params, "payment_method") ?? "";
    const intent = this.#new("pi", newIntent);
    const { metadata = {}, description = null, capture_method, currency } = params;
    Object.assign(intent, { amount, metadata, description, capture_method, currency });
    const declined = DECLINES[method];
    if (declined !== undefined) return this.#decline(intent, declined);
    if (method !== "tok_visa" && method !== "pm_card_visa") {
      this.#objects.delete(intent.id);
      return invalid({ code: "resource_missing", param: "payment_method_data[card][token]" });
    }
    this.#charge(intent);
    this.#happened("payment_intent.amount_capturable_updated", intent);
    return this.#reply(intent.id);
  }

  #decline(intent: Stored, decline_code: string): Reply {
    const error = { type: "card_error", code: "card_declined", decline_code };
    Object.assign(intent, { last_payment_error: error });
    this.#happened("payment_intent.payment_failed", intent);
    return fail(402, { ...error, payment_intent: intent });
  }

  #charge(intent: Stored): void {
    const charge = this.#new("ch", newCharge);
    const { amount, currency, metadata } = intent;
    Object.assign(charge, { amount, currency, metadata, payment_intent: intent.id });
    Object.assign(intent, {
      status: "requires_capture",
      amount_capturable: amount,
      latest_charge: charge.id,
    });
  }

  #capture(id: string, amount: number | undefined): Reply {
    const intent = this.#objects.get(id);
    if (!intent) return missing("intent");
    if (intent["status"] !== "requires_capture") return invalid({ code: "payment_intent_unexpected_state" });
    const taken = amount ?? Number(intent["amount_capturable"]);
    if (taken > Number(intent["amount_capturable"])) return invalid({ code: "amount_too_large" });
    Object.assign(intent, { status: "succeeded", amount_received: taken, amount_capturable: 0 });
    const charge = this.#objects.get(String(intent["latest_charge"]));
    if (charge) Object.assign(charge, { captured: true, amount_captured: taken });
    this.#happened("payment_intent.succeeded", intent);
    return this.#reply(id);
  }

  #cancel(id: string): Reply {
    const intent = this.#objects.get(id);
    if (!intent) return missing("intent");
    if (intent["status"] === "succeeded" || intent["status"] === "canceled")
      return invalid({ code: "payment_intent_unexpected_state" });
    Object.assign(intent, { status: "canceled", amount_capturable: 0 });
    this.#happened("payment_intent.canceled", intent);
    return this.#reply(id);
  }

  #createSession(params: Params): Reply {
    const price = partOf(partOf(partOf(params, "line_items"), "0"), "price_data");
    const session = this.#new("cs_test", newSession);
    const amount_total = numberOf(price, "unit_amount");
    const { metadata = {}, success_url, cancel_url, customer_email, client_reference_id } = params;
    const facts = { metadata, success_url, cancel_url, customer_email, client_reference_id };
    Object.assign(session, { ...facts, amount_total, currency: price["currency"] });
    return this.#reply(session.id);
  }

  #expire(id: string): Reply {
    const session = this.#objects.get(id);
    if (!session) return missing("session");
    if (session["status"] !== "open") return invalid({ message: "Only open sessions can be expired." });
    Object.assign(session, { status: "expired", url: null });
    this.#happened("checkout.session.expired", session);
    return this.#reply(id);
  }

  #refund(params: Params): Reply {
    const intent = this.#objects.get(textOf(params, "payment_intent") ?? "");
    const charge = this.#objects.get(String(intent?.["latest_charge"]));
    if (!intent || !charge) return missing("payment_intent");
    if (charge["captured"] !== true) return invalid({ code: "charge_not_refundable" });
    const left = Number(charge["amount_captured"]) - Number(charge["amount_refunded"]);
    const amount = numberOf(params, "amount") ?? left;
    if (left === 0) return invalid({ code: "charge_already_refunded" });
    if (amount > left)
      return invalid({ param: "amount", message: "Refund amount is greater than unrefunded amount." });
    const refund = this.#new("re", newRefund);
    const { currency } = intent;
    const { metadata = {} } = params;
    Object.assign(refund, { amount, currency, metadata, payment_intent: intent.id, charge: charge.id });
    Object.assign(refund, { status: this.refundStatus });
    if (this.refundStatus !== "failed")
      charge["amount_refunded"] = Number(charge["amount_refunded"]) + amount;
    this.#happened("charge.refunded", charge);
    return this.#reply(refund.id);
  }

  #search(params: Params): Reply {
    const wanted = /^metadata\['(\w+)'\]:'([^']+)'$/.exec(textOf(params, "query") ?? "");
    if (!wanted) return invalid({ param: "query" });
    const [, name = "", value] = wanted;
    const found = this.isSearchBehind
      ? []
      : this.#all("payment_intent").filter((one) => metaOf(one)[name] === value);
    return { status: 200, body: { object: "search_result", data: found, has_more: false, url: "/search" } };
  }

  /** Stripe names what is inside, and shows it when asked; showing it always is what the SDK copes with too. */
  expand(body: unknown): unknown {
    return JSON.parse(
      JSON.stringify(body, (name, value: unknown) => {
        const isName = (name === "latest_charge" || name === "payment_intent") && typeof value === "string";
        const inside = isName ? this.#objects.get(value) : undefined;
        return inside && inside.object !== "charge"
          ? inside
          : inside
            ? { ...inside, payment_intent: null }
            : value;
      }),
    );
  }

  #reply(id: string): Reply {
    const found = this.#objects.get(id);
    return found ? { status: 200, body: structuredClone(found) } : missing("id");
  }

  #new(prefix: string, make: (id: string, created: number) => Stored): Stored {
    this.#count += 1;
    const made = make(`${prefix}_${String(this.#count).padStart(14, "0")}`, Math.floor(this.nowMs() / 1000));
    this.#objects.set(made.id, made);
    return made;
  }

  #all(object: string): readonly Stored[] {
    return [...this.#objects.values()].filter((one) => one.object === object);
  }

  #find(object: string, test: (one: Stored) => boolean): Stored | undefined {
    return this.#all(object).findLast(test);
  }

  #happened(type: string, object: Stored): void {
    this.#count += 1;
    const created = Math.floor(this.nowMs() / 1000);
    const event = newEvent(`evt_${this.#count}`, { type, object: structuredClone(object), created });
    this.events.push(JSON.stringify(event, null, 2));
  }
}

const list = (data: readonly Stored[]): Reply => ({
  status: 200,
  body: { object: "list", data: data.toReversed(), has_more: false, url: "/" },
});

const metaOf = (stored: Stored): Record<string, unknown> =>
  typeof stored["metadata"] === "object" ? { ...stored["metadata"] } : {};
