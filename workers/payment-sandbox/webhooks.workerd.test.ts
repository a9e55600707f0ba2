import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { epochMs } from "#kernel";
import { WEBHOOK_WAITS_MS } from "./limits.ts";
import { createSandboxTester, sessionBody, tokenBody } from "./testing/sandbox-tester.ts";

type Message = { id: string; type: string; url: string; headers: Headers; body: string };

const sandbox = createSandboxTester(env);
const newKey = () => `key-${crypto.randomUUID()}`;
const takes = () => Promise.resolve(new Response(null, { status: 204 }));
/** The merchant's end: what arrived there, and what it answers. */
const merchant: { seen: Message[]; answer: () => Promise<Response> } = { seen: [], answer: takes };

beforeEach(() => {
  Object.assign(merchant, { seen: [], answer: takes });
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const body = String(init.body);
    const { id, type } = JSON.parse(body) as { id: string; type: string };
    merchant.seen.push({ id, type, url, headers: new Headers(init.headers), body });
    return merchant.answer();
  });
});
afterEach(() => sandbox.api("/v1/faults", { method: "DELETE" }));

async function pay(token: string, key = newKey()) {
  const { body } = await sandbox.api("/v1/payments", { key, body: tokenBody(token) });
  return stubOf(body["id"]);
}
const stubOf = (id: unknown) => env.PAYMENTS.getByName(String(id));
const types = () => merchant.seen.map((message) => message.type);

/** Moves the payment's clock on and lets its alarm ring. */
async function later(payment: ReturnType<typeof stubOf>, milliseconds: number) {
  await runInDurableObject(payment, (object) => {
    const now = epochMs(Date.now() + milliseconds);
    object.clock = { now: () => now };
  });
  await runDurableObjectAlarm(payment);
}

describe("webhooks", () => {
  test("carry a signature that the published library accepts", async () => {
    await pay("tok_approve");
    await vi.waitFor(() => expect(types()).toEqual(["payment.authorised"]));
    const message = merchant.seen[0];
    if (!message) throw new Error("no message");
    expect(message.url).toBe(env.WEBHOOK_URL);
    const headers = Object.fromEntries(message.headers);
    expect(headers["webhook-id"]).toBe(message.id);
    const verifier = new Webhook(env.PAYMENT_WEBHOOK_SECRET);
    expect(() => verifier.verify(message.body, headers)).not.toThrow();
    expect(() => verifier.verify(message.body.replace("5690", "1"), headers)).toThrow();
  });

  test("tell each step of a payment", async () => {
    const { body } = await sandbox.api("/v1/payments", { key: newKey(), body: tokenBody("tok_approve") });
    const path = `/v1/payments/${String(body["id"])}`;
    await sandbox.api(`${path}/capture`, { key: newKey(), body: {} });
    await sandbox.api(`${path}/refunds`, { key: newKey(), body: {} });
    const other = await sandbox.api("/v1/payments", { key: newKey(), body: tokenBody("tok_approve") });
    await sandbox.api(`/v1/payments/${String(other.body["id"])}/void`, { key: newKey(), body: {} });
    await pay("tok_decline");
    await vi.waitFor(() =>
      expect(types().sort()).toEqual([
        "payment.authorised",
        "payment.authorised",
        "payment.captured",
        "payment.declined",
        "payment.refunded",
        "payment.voided",
      ]),
    );
  });

  test("never make a request wait for a merchant that does not answer", async () => {
    merchant.answer = () => new Promise(() => undefined);
    const startedAt = Date.now();
    await pay("tok_approve");
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });

  test("are sent again with the same id after a failure, also after the object was evicted, until they are taken", async () => {
    merchant.answer = () => Promise.resolve(new Response(null, { status: 500 }));
    const payment = await pay("tok_approve");
    await vi.waitFor(() => expect(merchant.seen).toHaveLength(1));
    await evictDurableObject(payment);
    await later(payment, 2_000);
    expect(merchant.seen).toHaveLength(2);
    merchant.answer = takes;
    await later(payment, 20_000);
    await later(payment, 60_000_000);
    expect(merchant.seen).toHaveLength(3);
    expect(new Set(merchant.seen.map((message) => message.id)).size).toBe(1);
  });

  test("are given up after ten tries over hours", async () => {
    merchant.answer = () => Promise.reject(new Error("refused"));
    const payment = await pay("tok_approve");
    for (let time = 1; time <= 15; time += 1) await later(payment, time * 3 * 3_600_000);
    expect(merchant.seen).toHaveLength(WEBHOOK_WAITS_MS.length + 1);
    expect(WEBHOOK_WAITS_MS.length + 1).toBe(10);
  });

  test("are lost, doubled or early when a test orders it", async () => {
    const order = (mode: string) => sandbox.api("/v1/faults", { body: { mode } });
    await order("drop_webhooks");
    await later(await pay("tok_approve"), 60_000);
    expect(merchant.seen).toEqual([]);
    await order("duplicate_webhooks");
    await pay("tok_approve");
    await vi.waitFor(() => expect(merchant.seen).toHaveLength(2));
    expect(merchant.seen[0]?.id).toBe(merchant.seen[1]?.id);
    await order("early_webhooks");
    let isAnswered = false;
    merchant.answer = async () => {
      await scheduler.wait(50);
      isAnswered = true;
      return new Response(null);
    };
    await pay("tok_approve");
    expect(isAnswered).toBe(true);
  });
});

describe("a session", () => {
  const open = async (sessionSeconds: number) => {
    const key = newKey();
    const { body } = await sandbox.api("/v1/payments", { key, body: sessionBody({ sessionSeconds }) });
    return { key, payment: stubOf(body["id"]) };
  };

  test("expires by alarm and says so once", async () => {
    const { key, payment } = await open(60);
    await later(payment, 59_000);
    expect(types()).toEqual([]);
    await later(payment, 61_000);
    await later(payment, 120_000);
    expect(types()).toEqual(["payment.expired"]);
    expect((await sandbox.api(`/v1/payments?key=${key}`)).body).toMatchObject({ status: "expired" });
  });

  test("has ended at its time even when the alarm is late", async () => {
    const { payment } = await open(60);
    await runInDurableObject(payment, (object) => {
      object.clock = { now: () => epochMs(Date.now() + 60_000) };
    });
    expect(await payment.pay("approve")).toEqual({
      ok: false,
      refusal: { code: "session_over", status: "expired" },
    });
  });
});

describe("the ledger", () => {
  test("gets a movement by alarm when it could not be reached at first", async () => {
    const key = newKey();
    const reference = `ord_${crypto.randomUUID()}`;
    const payment = stubOf(await sandbox.paymentId(key));
    const items = async () => (await sandbox.api(`/v1/ledger?reference=${reference}`)).body["items"];
    await runInDurableObject(payment, (object) => {
      object.postMovements = () => Promise.reject(new Error("ledger unreachable"));
    });
    await sandbox.api("/v1/payments", { key, body: tokenBody("tok_approve", { reference }) });
    expect(await items()).toEqual([]);
    await evictDurableObject(payment);
    await later(payment, 10_000);
    expect(await items()).toHaveLength(1);
  });
});
