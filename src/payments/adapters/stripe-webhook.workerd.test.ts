import { describe, expect, test } from "vitest";
import { epochMs } from "#kernel";
import { authoriseRequest, eur, redirect, testCall } from "../../../test/support/payment-contract.ts";
import {
  signStripe,
  STRIPE_KEY,
  STRIPE_WEBHOOK_SECRET,
  StripeDouble,
} from "../../../test/support/stripe/double.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createStripeProvider } from "./stripe-provider.ts";
import { verifyStripeWebhook } from "./stripe-webhook.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

type Given = { body?: Uint8Array; header?: string | null; secrets?: readonly string[]; nowMs?: number };

async function verify(text: string, given: Given = {}) {
  const header = given.header === undefined ? await signStripe(text) : given.header;
  return verifyStripeWebhook({
    body: given.body ?? encode(text),
    headers: new Headers(header === null ? {} : { "stripe-signature": header }),
    secrets: given.secrets ?? [STRIPE_WEBHOOK_SECRET],
    now: epochMs(given.nowMs ?? Date.now()),
  });
}

const ORDER = "ord_01hv0000000000000000000000";
const event = (metadata: Record<string, string> | null) =>
  JSON.stringify({
    id: "evt_1",
    object: "event",
    type: "payment_intent.succeeded",
    data: { object: { object: "payment_intent", metadata } },
  });
const good = event({ order_id: ORDER, kerbside_key: `${ORDER}:authorise:1` });

describe("a webhook of Stripe", () => {
  test("that is genuine tells the order, the key and its own id", async () => {
    expect(await verify(good)).toEqual({
      ok: true,
      value: { id: "evt_1", type: "payment_intent.succeeded", orderId: ORDER, key: `${ORDER}:authorise:1` },
    });
  });

  test("of which one byte was changed is refused", async () => {
    const header = await signStripe(good);
    const changed = encode(good);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(await verify(good, { body: changed, header })).toMatchObject({
      ok: false,
      refusal: { code: "signature_wrong" },
    });
  });

  test("with the same meaning in other bytes is refused", async () => {
    const header = await signStripe(good);
    expect(await verify(JSON.stringify(JSON.parse(good), null, 1), { header })).toMatchObject({
      refusal: { code: "signature_wrong" },
    });
  });

  test.each([
    ["no signature", null, "signature_missing"],
    ["a header that is none", "v1=abc", "signature_missing"],
    ["a foreign signature", "t=1,v1=00", "outside_tolerance"],
  ])("with %s is refused", async (_, header, code) => {
    expect(await verify(good, { header })).toMatchObject({ ok: false, refusal: { code } });
  });

  test("signed with another secret is refused, and with either of two while one is being changed accepted", async () => {
    const header = await signStripe(good, { secret: "whsec_old" });
    expect(await verify(good, { header })).toMatchObject({ refusal: { code: "signature_wrong" } });
    const secrets = [STRIPE_WEBHOOK_SECRET, "whsec_old"];
    expect(await verify(good, { header, secrets })).toMatchObject({ ok: true });
    expect(await verify(good, { secrets })).toMatchObject({ ok: true });
  });

  test.each([-301_000, 301_000])("that is %i ms away from now is refused", async (away) => {
    const nowMs = 1_800_000_000_000;
    const header = await signStripe(good, { atMs: nowMs + away });
    expect(await verify(good, { header, nowMs })).toMatchObject({ refusal: { code: "outside_tolerance" } });
  });

  test("about a payment that is not ours is no order's news", async () => {
    expect(await verify(event(null))).toMatchObject({ refusal: { code: "not_an_order" } });
    expect(await verify(event({ order_id: "../../x" }))).toMatchObject({ refusal: { code: "not_an_order" } });
  });

  test.each(["", "null", "[]", "{", '{"id":1}'])(
    "with the signed body %j is wrong, never a crash",
    async (body) => {
      expect(await verify(body)).toMatchObject({ ok: false, refusal: { code: "body_wrong" } });
    },
  );

  test("of every step of a payment names its order", async () => {
    const double = new StripeDouble();
    const port = createStripeProvider({
      secretKey: STRIPE_KEY,
      fetch: double.fetch,
      breaker: createCircuitBreaker(),
    });
    const request = authoriseRequest(redirect);
    await port.authorise(request, testCall);
    await double.payOnPage(request.key);
    const paid = await port.statusByKey(request.key, testCall);
    const reference = paid.kind === "authorised" ? paid.reference : "";
    await port.capture({ reference, key: "c", amount: eur(5690) }, testCall);
    await port.refund({ reference, key: `${request.orderId}:refund:1`, amount: eur(1) }, testCall);
    const told = await Promise.all(double.deliveries.map(({ body, header }) => verify(body, { header })));
    expect(told.map((one) => (one.ok ? [one.value.type, one.value.orderId] : one.refusal))).toEqual(
      [
        "payment_intent.amount_capturable_updated",
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.refunded",
      ].map((type) => [type, request.orderId]),
    );
  });
});
