import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { currency, epochMs, mintId, money } from "#kernel";
import type { AuthoriseRequest, PaymentChoice, PaymentPort } from "#orders";
import { createCircuitBreaker } from "../../src/payments/adapters/circuit-breaker.ts";
import { createSandboxProvider } from "../../src/payments/adapters/sandbox-provider.ts";
import { FakePayments } from "../../test/support/fake-payments.ts";
import app from "./main.ts";
import { createSandboxTester, SANDBOX_ORIGIN } from "./testing/sandbox-tester.ts";

const call = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "test" };
const total = money(currency("EUR"), 5690);
const redirect: PaymentChoice = {
  kind: "redirect",
  returnUrl: "http://shop.test/return",
  cancelUrl: "http://shop.test/cancel",
};

/** What the contract needs of a provider: ways to choose what the bank will say. */
type Subject = {
  readonly port: PaymentPort;
  /** Makes the next authorise end this way. */
  readonly choose: (how: "approve" | "decline" | "redirect" | "lose-reply") => PaymentChoice;
  readonly payOnPage: (key: string) => Promise<void>;
};

const sandbox = createSandboxTester(env);
const provider = (options: { timeoutMs?: number } = {}) =>
  createSandboxProvider({
    baseUrl: SANDBOX_ORIGIN,
    apiKey: env.PAYMENT_SANDBOX_KEY,
    // The real Worker, cut off like a connection when the caller gives up.
    fetch: (url, init) =>
      new Promise((resolve, reject) => {
        init.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        Promise.resolve(app.fetch(new Request(url, init), env)).then(resolve, reject);
      }),
    breaker: createCircuitBreaker(),
    ...options,
  });

const subjects: Record<string, () => Subject> = {
  sandbox: () => ({
    port: provider(),
    choose(how) {
      const tokens = {
        approve: "tok_approve",
        decline: "tok_insufficient_funds",
        "lose-reply": "tok_approve_drop",
      };
      return how === "redirect" ? redirect : { kind: "token", token: tokens[how] };
    },
    async payOnPage(key) {
      await sandbox.submit(`/pay/${await sandbox.paymentId(key)}`, { card: "approve" });
    },
  }),
  fake: () => {
    const fake = new FakePayments();
    return {
      port: fake,
      choose(how) {
        fake.next = how;
        return how === "redirect" ? redirect : { kind: "token", token: "tok_approve" };
      },
      payOnPage: (key) => Promise.resolve(fake.pay(key, total.amountMinor)),
    };
  },
};

function requestFor(choice: PaymentChoice): AuthoriseRequest {
  const orderId = mintId("ord", epochMs(Date.now()));
  const texts = { orderNumber: "K-1042", email: "mira@example.com", description: "Order K-1042" };
  return { key: `${orderId}:authorise:1`, orderId, amount: total, choice, sessionSeconds: 900, ...texts };
}

beforeEach(() => void vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 }))));
afterEach(() => sandbox.api("/v1/faults", { method: "DELETE" }));

describe.each(Object.entries(subjects))("the payment port, by the %s", (_, make) => {
  test("authorises the whole amount, and tells the same when asked by key", async () => {
    const { port, choose } = make();
    const request = requestFor(choose("approve"));
    const outcome = await port.authorise(request, call);
    expect(outcome).toMatchObject({ kind: "authorised", amountMinor: 5690, cardLast4: "4242" });
    expect(await port.statusByKey(request.key, call)).toEqual(outcome);
  });

  test("the same key twice is one payment", async () => {
    const { port, choose } = make();
    const request = requestFor(choose("approve"));
    expect(await port.authorise(request, call)).toEqual(await port.authorise(request, call));
  });

  test("tells a decline with its reason, for good", async () => {
    const { port, choose } = make();
    const outcome = await port.authorise(requestFor(choose("decline")), call);
    expect(outcome).toMatchObject({ kind: "declined", reason: "insufficient_funds", isFinal: true });
  });

  test("an open page is pending until the buyer has paid", async () => {
    const { port, choose, payOnPage } = make();
    const request = requestFor(choose("redirect"));
    const outcome = await port.authorise(request, call);
    expect(outcome).toMatchObject({ kind: "pending", redirectUrl: expect.stringMatching(/^https?:/) });
    expect(await port.statusByKey(request.key, call)).toMatchObject({ kind: "pending" });
    await payOnPage(request.key);
    expect(await port.statusByKey(request.key, call)).toMatchObject({
      kind: "authorised",
      amountMinor: 5690,
    });
  });

  test("a lost reply is unknown, and the key finds what happened", async () => {
    const { port, choose } = make();
    const request = requestFor(choose("lose-reply"));
    expect(await port.authorise(request, call)).toMatchObject({ kind: "unknown" });
    expect(await port.statusByKey(request.key, call)).toMatchObject({
      kind: "authorised",
      amountMinor: 5690,
    });
  });

  test("a key that never arrived is not found", async () => {
    expect(await make().port.statusByKey("ord_nobody:authorise:1", call)).toEqual({ kind: "not_found" });
  });

  test("captures, and says so again for the same key", async () => {
    const { port, choose } = make();
    const authorised = await port.authorise(requestFor(choose("approve")), call);
    if (authorised.kind !== "authorised") throw new Error(authorised.kind);
    const capture = { reference: authorised.reference, key: "capture:1", amount: total };
    const outcome = await port.capture(capture, call);
    expect(outcome).toEqual({ kind: "captured", reference: authorised.reference, amountMinor: 5690 });
    expect(await port.capture(capture, call)).toEqual(outcome);
  });

  test("voids an authorisation and an open page, also twice", async () => {
    const { port, choose } = make();
    for (const how of ["approve", "redirect"] as const) {
      const open = await port.authorise(requestFor(choose(how)), call);
      if (!("reference" in open) || open.reference === undefined) throw new Error(open.kind);
      const voided = { kind: "voided", reference: open.reference };
      expect(await port.voidPayment({ reference: open.reference, key: "void:1" }, call)).toEqual(voided);
      expect(await port.voidPayment({ reference: open.reference, key: "void:1" }, call)).toEqual(voided);
    }
  });

  test("a payment that does not exist can neither be captured nor voided", async () => {
    const { port } = make();
    const reference = "pay_00000000000000000000000000000000";
    expect(await port.capture({ reference, key: "c", amount: total }, call)).toEqual({ kind: "not_found" });
    expect(await port.voidPayment({ reference, key: "v" }, call)).toEqual({ kind: "not_found" });
  });
});

describe("the sandbox behind the port", () => {
  const paid = async (token = "tok_approve") => {
    const port = provider();
    const request = requestFor({ kind: "token", token });
    const outcome = await port.authorise(request, call);
    return { port, request, outcome, reference: await sandbox.paymentId(request.key) };
  };

  test("a reply that comes too late is unknown, and the payment is found by key", async () => {
    const request = requestFor({ kind: "token", token: "tok_approve_late" });
    const startedAt = Date.now();
    expect(await provider({ timeoutMs: 200 }).authorise(request, call)).toEqual({
      kind: "unknown",
      detail: "no reply within 200 ms",
    });
    expect(Date.now() - startedAt).toBeLessThan(900);
    expect(await provider().statusByKey(request.key, call)).toMatchObject({ kind: "authorised" });
  });

  test("a session that has run out is a final decline", async () => {
    const port = provider();
    const request = { ...requestFor(redirect), sessionSeconds: 1 };
    await port.authorise(request, call);
    await scheduler.wait(1_100);
    expect(await port.statusByKey(request.key, call)).toMatchObject({
      kind: "declined",
      reason: "session_expired",
      isFinal: true,
    });
    const reference = await sandbox.paymentId(request.key);
    expect(await port.voidPayment({ reference, key: "v" }, call)).toEqual({ kind: "voided", reference });
  });

  test("a void after a capture tells of the capture, and the other way round", async () => {
    const first = await paid();
    await first.port.capture({ reference: first.reference, key: "c", amount: total }, call);
    expect(await first.port.voidPayment({ reference: first.reference, key: "v" }, call)).toMatchObject({
      kind: "captured",
      amountMinor: 5690,
    });
    const second = await paid();
    await second.port.voidPayment({ reference: second.reference, key: "v" }, call);
    expect(
      await second.port.capture({ reference: second.reference, key: "c", amount: total }, call),
    ).toMatchObject({ kind: "voided" });
  });

  test("captured money goes back in parts, each once, and never more than was captured", async () => {
    const { port, reference } = await paid();
    const eur = (minor: number) => money(currency("EUR"), minor);
    const part = { reference, key: "refund:1", amount: eur(2000) };
    expect(await port.refund(part, call)).toEqual({ kind: "declined", reason: "not_refundable" });
    await port.capture({ reference, key: "c", amount: eur(5000) }, call);
    const first = await port.refund(part, call);
    expect(first).toMatchObject({ kind: "refunded", amountMinor: 2000 });
    expect(await port.refund(part, call)).toEqual(first);
    expect(await port.refundStatusByKey(part, call)).toEqual(first);
    const tooMuch = { reference, key: "refund:2", amount: eur(3001) };
    expect(await port.refund(tooMuch, call)).toEqual({ kind: "declined", reason: "amount_too_large" });
    expect(await port.refundStatusByKey(tooMuch, call)).toEqual({ kind: "not_found" });
    expect(await port.refund({ ...tooMuch, amount: eur(3000) }, call)).toMatchObject({ kind: "refunded" });
    expect(await port.refundStatusByKey(part, call)).toEqual(first);
  });

  test("a refund whose reply was lost is unknown, and its key finds it", async () => {
    const { port, reference } = await paid();
    await port.capture({ reference, key: "c", amount: total }, call);
    await sandbox.api("/v1/faults", { body: { mode: "error_after_action" } });
    const part = { reference, key: "refund:1", amount: money(currency("EUR"), 10) };
    expect(await port.refund(part, call)).toMatchObject({ kind: "unknown" });
    expect(await port.refundStatusByKey(part, call)).toMatchObject({ kind: "refunded", amountMinor: 10 });
  });

  test("the same key for another amount is unknown, and the first payment stands", async () => {
    const { port, request } = await paid();
    const other = { ...request, amount: money(currency("EUR"), 1) };
    expect(await port.authorise(other, call)).toMatchObject({ kind: "unknown" });
    expect(await port.statusByKey(request.key, call)).toMatchObject({
      kind: "authorised",
      amountMinor: 5690,
    });
  });

  test("a token that the provider does not know is a decline", async () => {
    const { outcome } = await paid("tok_gold");
    expect(outcome).toEqual({ kind: "declined", reason: "declined", isFinal: true });
  });

  test("a description that is too long never fails a payment", async () => {
    const request = {
      ...requestFor({ kind: "token", token: "tok_approve" }),
      description: "ä".repeat(2_000),
    };
    expect(await provider().authorise(request, call)).toMatchObject({ kind: "authorised" });
  });

  test("acted and failed is unknown, then authorised; down is unknown, then not found", async () => {
    for (const [mode, kind] of [
      ["error_after_action", "authorised"],
      ["down", "not_found"],
    ] as const) {
      await sandbox.api("/v1/faults", { body: { mode } });
      const { port, request, outcome } = await paid();
      expect(outcome).toMatchObject({ kind: "unknown" });
      expect(await port.statusByKey(request.key, call)).toMatchObject({ kind });
    }
  });

  test("a wrong API key is unknown, never an answer about a payment", async () => {
    const port = createSandboxProvider({
      baseUrl: SANDBOX_ORIGIN,
      apiKey: "wrong",
      fetch: async (url, init) => app.fetch(new Request(url, init), env),
      breaker: createCircuitBreaker(),
    });
    expect(await port.statusByKey("k", call)).toMatchObject({ kind: "unknown" });
  });
});
