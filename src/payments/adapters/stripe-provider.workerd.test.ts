import { describe, expect, test } from "vitest";
import { currency, epochMs, money } from "#kernel";
import type { PaymentChoice } from "#orders";
import {
  authoriseRequest,
  authorised,
  describePaymentPort,
  eur,
  redirect,
  testCall,
  total,
  type PaymentSubject,
} from "../../../test/support/payment-contract.ts";
import { STRIPE_KEY, StripeDouble } from "../../../test/support/stripe/double.ts";
import { BREAKER_FAILURES } from "../domain/limits.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createStripeProvider } from "./stripe-provider.ts";

const visa: PaymentChoice = { kind: "token", token: "tok_visa" };

function stripe(options: { secretKey?: string; nowMs?: () => number } = {}) {
  const double = new StripeDouble();
  const port = createStripeProvider({
    secretKey: options.secretKey ?? STRIPE_KEY,
    fetch: double.fetch,
    timeoutMs: 200,
    breaker: createCircuitBreaker(),
    clock: { now: () => epochMs((options.nowMs ?? Date.now)()) },
  });
  return { double, port };
}

function subject(): PaymentSubject & { readonly double: StripeDouble } {
  const { double, port } = stripe();
  return {
    double,
    port,
    unknownReference: "pi_00000000000000",
    choose(how) {
      if (how === "lose-reply") double.spoil("silence_after_action");
      if (how === "redirect") return redirect;
      return { kind: "token", token: how === "decline" ? "tok_chargeDeclinedInsufficientFunds" : "tok_visa" };
    },
    payOnPage: (key) => double.payOnPage(key),
  };
}

describePaymentPort("Stripe SDK against a double", subject);

describe("Stripe", () => {
  test("charged and then silent, with a search that is late, is repeated under the same key and charged once", async () => {
    const { double, port } = stripe();
    const request = authoriseRequest(visa);
    double.spoil("silence_after_action");
    expect(await port.authorise(request, testCall)).toMatchObject({ kind: "unknown" });
    double.book.isSearchBehind = true;
    expect(await port.statusByKey(request.key, testCall)).toEqual({ kind: "not_found" });
    expect(await port.authorise(request, testCall)).toMatchObject({ kind: "authorised", amountMinor: 5690 });
    expect(double.book.charges).toHaveLength(1);
  });

  test("a page that was opened and whose answer was lost is the same page when asked again", async () => {
    const { double, port } = stripe();
    const request = authoriseRequest(redirect);
    double.spoil("error_after_action");
    expect(await port.authorise(request, testCall)).toMatchObject({ kind: "unknown" });
    expect(await port.authorise(request, testCall)).toMatchObject({
      kind: "pending",
      redirectUrl: expect.stringMatching(/^https:\/\/checkout\.stripe\.com\//),
    });
    const pages = double.requests.filter(({ operation }) => operation === "POST /v1/checkout/sessions");
    expect(pages[0]).toEqual(pages[1]);
  });

  test("a call carries our key, the pinned version and manual capture", async () => {
    const { double, port } = stripe();
    const request = authoriseRequest(visa);
    await port.authorise(request, testCall);
    expect(double.requests).toMatchObject([
      {
        key: request.key,
        params: { amount: "5690", currency: "eur", capture_method: "manual", confirm: "true" },
      },
    ]);
  });

  test.each([
    ["tok_chargeDeclinedFraudulent", "fraud_suspected"],
    ["tok_chargeDeclined", "declined"],
    ["tok_made_up", "declined"],
  ])("%s is declined as %s", async (token, reason) => {
    const { port } = stripe();
    expect(await port.authorise(authoriseRequest({ kind: "token", token }), testCall)).toMatchObject({
      kind: "declined",
      reason,
      isFinal: true,
    });
  });

  test.each([
    ["JPY", 500, "500"],
    ["KWD", 1230, "1230"],
    ["ISK", 500, "50000"],
  ])("%s %i is sent as %s and comes back as it was", async (code, minor, sent) => {
    const { double, port } = stripe();
    const amount = money(currency(code), minor);
    const outcome = await port.authorise(authoriseRequest(visa, amount), testCall);
    expect(outcome).toMatchObject({ kind: "authorised", amountMinor: minor });
    expect(double.requests[0]?.params["amount"]).toBe(sent);
    const reference = outcome.kind === "authorised" ? outcome.reference : "";
    expect(await port.capture({ reference, key: "c:1", amount }, testCall)).toMatchObject({
      kind: "captured",
      amountMinor: minor,
    });
    expect(await port.refund({ reference, key: "r:1", amount }, testCall)).toMatchObject({
      kind: "refunded",
      amountMinor: minor,
    });
  });

  test("an amount that Stripe cannot take exactly is declined and never sent", async () => {
    const { double, port } = stripe();
    const amount = money(currency("KWD"), 1234);
    expect(await port.authorise(authoriseRequest(visa, amount), testCall)).toMatchObject({
      kind: "declined",
    });
    expect(double.requests).toEqual([]);
  });

  test("the same key for another amount is unknown, and the first payment stands", async () => {
    const { double, port } = stripe();
    const request = authoriseRequest(visa);
    await port.authorise(request, testCall);
    expect(await port.authorise({ ...request, amount: eur(1) }, testCall)).toMatchObject({ kind: "unknown" });
    expect(double.book.charges).toMatchObject([{ amount: 5690 }]);
  });

  test("our page ends when its time is over, although Stripe would keep it for a day", async () => {
    let now = Date.now();
    const { double, port } = stripe({ nowMs: () => now });
    const request = authoriseRequest(redirect);
    const open = await port.authorise(request, testCall);
    const reference = open.kind === "pending" ? open.reference : "";
    now += 901_000;
    expect(await port.statusByKey(request.key, testCall, reference)).toMatchObject({
      kind: "declined",
      reason: "session_expired",
    });
    await expect(double.payOnPage(request.key)).rejects.toThrow("no open page");
  });

  test("a page that was paid before it could be closed is voided all the same", async () => {
    const { double, port } = stripe();
    const request = authoriseRequest(redirect);
    const open = await port.authorise(request, testCall);
    await double.payOnPage(request.key);
    const reference = open.kind === "pending" ? open.reference : "";
    expect(await port.voidPayment({ reference, key: "v:1" }, testCall)).toMatchObject({ kind: "voided" });
    expect(await port.statusByKey(request.key, testCall)).toMatchObject({ kind: "voided" });
  });

  test("a void after a capture tells of the capture, and the other way round", async () => {
    const first = subject();
    const captured = await authorised(first);
    await first.port.capture({ reference: captured, key: "c", amount: total }, testCall);
    expect(await first.port.voidPayment({ reference: captured, key: "v" }, testCall)).toMatchObject({
      kind: "captured",
      amountMinor: 5690,
    });
    const voided = await authorised(first);
    await first.port.voidPayment({ reference: voided, key: "v2" }, testCall);
    expect(await first.port.capture({ reference: voided, key: "c2", amount: total }, testCall)).toMatchObject(
      {
        kind: "voided",
      },
    );
  });

  test("a refund whose answer was lost is unknown, and its key finds it; one under way is pending", async () => {
    const one = subject();
    const { double, port } = one;
    const reference = await authorised(one);
    await port.capture({ reference, key: "c", amount: total }, testCall);
    const part = { reference, key: `${reference}:refund:1`, amount: eur(10) };
    double.spoil("silence_after_action");
    expect(await port.refund?.(part, testCall)).toMatchObject({ kind: "unknown" });
    expect(await port.refundStatusByKey?.(part, testCall)).toMatchObject({
      kind: "refunded",
      amountMinor: 10,
    });
    double.book.refundStatus = "pending";
    expect(await port.refund?.({ ...part, key: "r:2" }, testCall)).toMatchObject({ kind: "pending" });
    double.book.refundStatus = "failed";
    expect(await port.refund?.({ ...part, key: "r:3" }, testCall)).toMatchObject({ kind: "declined" });
    expect(double.book.charges).toMatchObject([{ captured: 5690, refunded: 20 }]);
  });

  test("a wrong secret key is unknown, never an answer about a payment", async () => {
    const { port } = stripe({ secretKey: "sk_test_wrong" });
    expect(await port.statusByKey("k", testCall)).toMatchObject({ kind: "unknown" });
    expect(await port.authorise(authoriseRequest(visa), testCall)).toMatchObject({ kind: "unknown" });
  });

  test("when it is down, money is not sent: the first call is unknown, the next are kept back at once", async () => {
    const { double, port } = stripe();
    double.spoil(...Array.from({ length: 20 }, () => "refused" as const));
    expect(await port.authorise(authoriseRequest(visa), testCall)).toMatchObject({ kind: "unknown" });
    for (let time = 0; time < BREAKER_FAILURES; time += 1) {
      expect(await port.authorise(authoriseRequest(visa), testCall)).toMatchObject({ kind: "not_sent" });
    }
    expect([port.isAvailable(), await port.checkAvailability()]).toEqual([false, false]);
    expect(double.requests).toEqual([]);
  });
});
