import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { currency, money } from "#kernel";
import { createCircuitBreaker } from "../../src/payments/adapters/circuit-breaker.ts";
import { createSandboxProvider } from "../../src/payments/adapters/sandbox-provider.ts";
import { FakePayments } from "../../test/support/fake-payments.ts";
import {
  authoriseRequest as requestFor,
  describePaymentPort,
  redirect,
  testCall as call,
  total,
  type PaymentSubject,
} from "../../test/support/payment-contract.ts";
import app from "./main.ts";
import { createSandboxTester, SANDBOX_ORIGIN } from "./testing/sandbox-tester.ts";

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

const UNKNOWN = "pay_00000000000000000000000000000000";

function makeSandbox(): PaymentSubject {
  return {
    port: provider(),
    unknownReference: UNKNOWN,
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
  };
}

function makeFake(): PaymentSubject {
  const fake = new FakePayments();
  const { provider: name, authorise, statusByKey, capture, voidPayment } = fake;
  return {
    // Its refunds know no ceiling on purpose: an order that asks for too much must be seen to have asked.
    port: { provider: name, authorise, statusByKey, capture, voidPayment },
    unknownReference: UNKNOWN,
    choose(how) {
      fake.next = how;
      return how === "redirect" ? redirect : { kind: "token", token: "tok_approve" };
    },
    payOnPage: (key) => Promise.resolve(fake.pay(key, total.amountMinor)),
  };
}

beforeEach(() => void vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 }))));
afterEach(() => sandbox.api("/v1/faults", { method: "DELETE" }));

describePaymentPort("sandbox", makeSandbox);
describePaymentPort("fake", makeFake);

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
