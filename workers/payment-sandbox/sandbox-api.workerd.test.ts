import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TEST_CARDS } from "./domain/test-cards.ts";
import { createSandboxTester, tokenBody, sessionBody } from "./testing/sandbox-tester.ts";

const sandbox = createSandboxTester(env);
const newKey = () => `key-${crypto.randomUUID()}`;
const create = (token: string, key = newKey(), changes = {}) =>
  sandbox.api("/v1/payments", { key, body: tokenBody(token, changes) });
const byKey = (key: string) => sandbox.api(`/v1/payments?key=${key}`);
const act = (id: unknown, action: string, key = newKey(), body: object = {}) =>
  sandbox.api(`/v1/payments/${String(id)}/${action}`, { key, body });

// The merchant takes every webhook.
beforeEach(() => void vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 }))));
afterEach(() => sandbox.api("/v1/faults", { method: "DELETE" }));

describe("test cards by token", () => {
  test.each([
    ["tok_approve", { status: "authorised", card: { last4: "4242", brand: "visa" } }],
    ["tok_decline", { status: "declined", declineReason: "declined" }],
    ["tok_insufficient_funds", { status: "declined", declineReason: "insufficient_funds" }],
    ["tok_expired_card", { status: "declined", declineReason: "expired_card" }],
    ["tok_challenge", { status: "requires_action" }],
  ])("%s", async (token, expected) => {
    const key = newKey();
    expect(await create(token, key)).toMatchObject({ status: 201, body: expected });
    expect(await byKey(key)).toMatchObject({ status: 200, body: expected });
  });

  test("a challenge says where the buyer has to go", async () => {
    const { body } = await create("tok_challenge");
    expect(body["redirectUrl"]).toBe(`http://sandbox.test/pay/${String(body["id"])}`);
  });

  test("tok_approve_late authorises at once and answers late", async () => {
    const key = newKey();
    const answer = create("tok_approve_late", key);
    await scheduler.wait(300);
    expect(await byKey(key)).toMatchObject({ body: { status: "authorised" } });
    const startedAt = Date.now();
    expect(await answer).toMatchObject({ status: 201, body: { status: "authorised" } });
    expect(Date.now() - startedAt).toBeGreaterThan(300);
  });

  test("tok_approve_drop authorises and loses its first answer; the repeat tells", async () => {
    const key = newKey();
    expect(await create("tok_approve_drop", key)).toEqual({ status: 500, body: {} });
    expect(await byKey(key)).toMatchObject({ body: { status: "authorised" } });
    expect(await create("tok_approve_drop", key)).toMatchObject({
      status: 201,
      body: { status: "authorised" },
    });
  });
});

describe("idempotency", () => {
  test("the same key and body give the stored reply, word for word, even after more has happened", async () => {
    const key = newKey();
    const first = await create("tok_approve", key);
    await act(first.body["id"], "void");
    await evictDurableObject(env.PAYMENTS.getByName(String(first.body["id"])));
    expect(await create("tok_approve", key)).toEqual(first);
    expect(await byKey(key)).toMatchObject({ body: { status: "voided" } });
  });

  test("another body under the same key is refused and changes nothing", async () => {
    const key = newKey();
    await create("tok_approve", key);
    const other = { amount: { currency: "EUR", amountMinor: 1 } };
    expect(await create("tok_approve", key, other)).toMatchObject({
      status: 422,
      body: { type: "/problems/sandbox/idempotency-key-reused" },
    });
    expect(await byKey(key)).toMatchObject({ body: { amount: { amountMinor: 5690 } } });
  });

  test("twenty requests at once under one key are one payment", async () => {
    const key = newKey();
    const reference = `ord_${crypto.randomUUID()}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create("tok_approve", key, { reference })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const totals = await sandbox.api(`/v1/ledger/totals?reference=${reference}`);
    expect(totals.body["items"]).toMatchObject([{ authorised: { count: 1, amountMinor: 5690 } }]);
  });

  test("captures, voids and refunds repeat safely, each under its own key", async () => {
    const { body } = await create("tok_approve");
    const key = newKey();
    const amount = { currency: "EUR", amountMinor: 5000 };
    const first = await act(body["id"], "capture", key, { amount });
    expect(first).toMatchObject({ status: 200, body: { status: "captured", captured: amount } });
    expect(await act(body["id"], "capture", key, { amount })).toEqual(first);
    expect(await act(body["id"], "capture", key)).toMatchObject({ status: 422 });
    expect(await act(body["id"], "capture")).toMatchObject({ status: 409 });
    const refund = { amount: { currency: "EUR", amountMinor: 2000 } };
    const refundKey = newKey();
    await act(body["id"], "refunds", refundKey, refund);
    const again = await act(body["id"], "refunds", refundKey, refund);
    expect(again).toMatchObject({
      body: { refunded: { amountMinor: 2000 }, refund: { key: refundKey, ...refund } },
    });
    const found = await sandbox.api(`/v1/payments/${String(body["id"])}/refunds?key=${refundKey}`);
    expect(found).toEqual(again);
    expect(await sandbox.api(`/v1/payments/${String(body["id"])}/refunds?key=never`)).toMatchObject({
      status: 404,
      body: { type: "/problems/sandbox/refund-unknown" },
    });
    expect(await act(body["id"], "refunds")).toMatchObject({
      body: { status: "refunded", refunded: { amountMinor: 5000 } },
    });
  });
});

describe("bad input gets a problem document and changes nothing", () => {
  const good = tokenBody("tok_approve");
  test.each<[string, unknown, number]>([
    ["broken JSON", "{", 400],
    ["an array", [], 422],
    ["no amount", { ...good, amount: undefined }, 422],
    ["zero", { ...good, amount: { currency: "EUR", amountMinor: 0 } }, 422],
    ["a negative amount", { ...good, amount: { currency: "EUR", amountMinor: -1 } }, 422],
    ["a fraction", { ...good, amount: { currency: "EUR", amountMinor: 1.5 } }, 422],
    ["a huge amount", { ...good, amount: { currency: "EUR", amountMinor: 1e15 } }, 422],
    ["a text as amount", { ...good, amount: { currency: "EUR", amountMinor: "5690" } }, 422],
    ["a strange currency", { ...good, amount: { currency: "euro", amountMinor: 1 } }, 422],
    ["an unknown token", { ...good, token: "tok_gold" }, 422],
    ["an unknown member", { ...good, discount: 1 }, 422],
    ["neither token nor page", { ...good, token: undefined }, 422],
    ["a script as return address", sessionBody({ returnUrl: "javascript:alert(1)" }), 422],
    ["a session without end", sessionBody({ sessionSeconds: 1e9 }), 422],
    ["17 KB", { ...good, description: "x".repeat(17 * 1024) }, 413],
  ])("%s", async (_, body, status) => {
    const key = newKey();
    const answer = await sandbox.api("/v1/payments", { key, body });
    expect(answer).toMatchObject({
      status,
      body: { status, type: expect.stringMatching(/^\/problems\/sandbox\//) },
    });
    expect(await byKey(key)).toMatchObject({ status: 404 });
  });

  test.each<[string, string, Parameters<typeof sandbox.api>[1], number]>([
    ["no key", "/v1/payments", { body: good }, 400],
    ["a key with a space", "/v1/payments", { body: good, key: "a b" }, 400],
    ["a wrong API key", "/v1/payments", { body: good, key: "k", apiKey: "wrong" }, 401],
    ["an unknown payment", "/v1/payments/pay_00000000000000000000000000000000", {}, 404],
    ["something that is no id", "/v1/payments/../../etc", {}, 404],
    [
      "a capture of nothing",
      "/v1/payments/pay_00000000000000000000000000000000/capture",
      { key: "k", body: {} },
      404,
    ],
    ["an unknown address", "/v1/wallets", {}, 404],
    ["a forged cursor", "/v1/ledger?cursor=e30", {}, 422],
    ["a page of 1000", "/v1/ledger?limit=1000", {}, 422],
    ["an unknown fault", "/v1/faults", { body: { mode: "fire" } }, 422],
  ])("%s", async (_, path, call, status) => {
    expect(await sandbox.api(path, call)).toMatchObject({ status, body: { status } });
  });

  test("a form instead of JSON", async () => {
    const headers = { authorization: `Bearer ${env.PAYMENT_SANDBOX_KEY}`, "idempotency-key": "k" };
    const response = await sandbox.request("/v1/payments", {
      method: "POST",
      headers,
      body: new URLSearchParams({ a: "1" }),
    });
    expect(response.status).toBe(415);
  });
});

describe("the ledger", () => {
  test("every movement of every payment is in it once, balanced, page by page", async () => {
    const reference = `ord_${crypto.randomUUID()}`;
    for (const { token } of TEST_CARDS.filter((card) => card.manner === "at_once"))
      await create(token, newKey(), { reference });
    const paid = await create("tok_approve", newKey(), { reference });
    await act(paid.body["id"], "capture", newKey(), { amount: { currency: "EUR", amountMinor: 5000 } });
    await act(paid.body["id"], "refunds");
    type Movement = { kind: string; entries: { debitMinor: number; creditMinor: number }[] };
    const movements: Movement[] = [];
    for (let cursor: unknown = ""; typeof cursor === "string";) {
      const page = await sandbox.api(
        `/v1/ledger?reference=${reference}&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      movements.push(...(page.body["items"] as Movement[]));
      cursor = page.body["nextCursor"];
    }
    expect(movements.map((each) => each.kind)).toEqual([
      "authorised",
      "authorised",
      "captured",
      "released",
      "refunded",
    ]);
    for (const { entries } of movements) {
      expect(entries.reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0)).toBe(0);
    }
    const totals = await sandbox.api(`/v1/ledger/totals?reference=${reference}`);
    expect(totals.body["items"]).toEqual([
      {
        reference,
        currency: "EUR",
        authorised: { count: 2, amountMinor: 11_380 },
        captured: { count: 1, amountMinor: 5000 },
        released: { count: 1, amountMinor: 690 },
        refunded: { count: 1, amountMinor: 5000 },
      },
    ]);
    const balances = totals.body["balances"] as { debitMinor: number; creditMinor: number }[];
    expect(balances.reduce((sum, each) => sum + each.debitMinor - each.creditMinor, 0)).toBe(0);
  });

  test("takes the same movement only once", async () => {
    const ledger = env.LEDGER.getByName(`ledger-${crypto.randomUUID()}`);
    const lines = [
      { account: "buyer_reserved", debitMinor: 5, creditMinor: 0 },
      { account: "merchant_pending", debitMinor: 0, creditMinor: 5 },
    ] as const;
    const movement = {
      id: "pay_1:1",
      paymentId: "pay_1",
      reference: "r",
      kind: "authorised",
      currency: "EUR",
      amountMinor: 5,
    } as const;
    for (let time = 0; time < 3; time += 1)
      await ledger.post([{ ...movement, occurredAt: 1 as never, lines }]);
    expect((await ledger.movements({ limit: 10, afterSequence: 0 })).items).toHaveLength(1);
    expect(await ledger.balances()).toMatchObject([{ debitMinor: 5 }, { creditMinor: 5 }]);
  });
});

describe("faults", () => {
  const order = (mode: string, count = 1) => sandbox.api("/v1/faults", { body: { mode, count } });

  test("down refuses as many requests as ordered and does nothing", async () => {
    await order("down", 2);
    const key = newKey();
    expect([(await create("tok_approve", key)).status, (await byKey(key)).status]).toEqual([503, 503]);
    expect((await byKey(key)).status).toBe(404);
  });

  test("error_after_action acts and loses the answer", async () => {
    const key = newKey();
    await order("error_after_action");
    expect(await create("tok_approve", key)).toEqual({ status: 500, body: {} });
    expect(await byKey(key)).toMatchObject({ body: { status: "authorised" } });
  });

  test("each request uses one of the ordered count", async () => {
    await order("error_after_action", 2);
    expect([(await create("tok_approve")).status, (await create("tok_approve")).status]).toEqual([500, 500]);
    expect((await create("tok_approve")).status).toBe(201);
  });

  test("a fault can be ended", async () => {
    await order("down", 100);
    await order("down", 0);
    expect((await create("tok_approve")).status).toBe(201);
  });

  test("cannot be ordered outside development", async () => {
    const production = createSandboxTester({ ...env, ENVIRONMENT: "production" });
    expect((await production.api("/v1/faults", { body: { mode: "down" } })).status).toBe(403);
  });
});
