import { describe, expect, test } from "vitest";
import { currency, epochMs, money } from "#kernel";
import type { AuthoriseRequest } from "#orders";
import { BREAKER_FAILURES, BREAKER_OPEN_MS } from "../domain/limits.ts";
import { createCircuitBreaker } from "./circuit-breaker.ts";
import { createSandboxProvider } from "./sandbox-provider.ts";
import type { Fetch } from "./sandbox-http.ts";

const call = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", actor: "test" };
const orderId = "ord_01hv0000000000000000000000";
const key = `${orderId}:authorise:1`;
const amount = money(currency("EUR"), 5690);
const request: AuthoriseRequest = {
  ...{ key, orderId, orderNumber: "K-1", amount, email: "mira@example.com", description: "Order K-1" },
  choice: { kind: "token", token: "tok_approve" },
  sessionSeconds: 900,
};
const good = {
  id: "pay_1",
  key,
  status: "authorised",
  reference: orderId,
  amount,
  captured: { currency: "EUR", amountMinor: 0 },
  card: { last4: "4242" },
};
const json = (body: unknown, status = 200) => Response.json(body, { status });

/** A provider whose every reply is the given one. */
function answering(answer: Fetch, now = { at: 0 }) {
  const sent: { url: string; init: RequestInit }[] = [];
  const port = createSandboxProvider({
    baseUrl: "http://sandbox.test",
    apiKey: "secret",
    timeoutMs: 100,
    breaker: createCircuitBreaker({ now: () => epochMs(now.at) }),
    fetch(url, init) {
      sent.push({ url, init });
      return answer(url, init);
    },
  });
  return { port, sent, now };
}
const replying = (body: unknown, status = 200) => answering(() => Promise.resolve(json(body, status)));

describe("a hostile or broken provider", () => {
  test.each<[string, unknown]>([
    ["nothing", null],
    ["a text", "authorised"],
    ["an array", [good]],
    ["no id", { ...good, id: undefined }],
    ["an id with a path in it", { ...good, id: "../../admin" }],
    ["an unknown status", { ...good, status: "free" }],
    ["a text as amount", { ...good, amount: { currency: "EUR", amountMinor: "5690" } }],
    ["a fraction", { ...good, amount: { currency: "EUR", amountMinor: 56.9 } }],
    ["a negative amount", { ...good, amount: { currency: "EUR", amountMinor: -5690 } }],
    ["another amount", { ...good, amount: { currency: "EUR", amountMinor: 5691 } }],
    ["another currency", { ...good, amount: { currency: "USD", amountMinor: 5690 } }],
    ["another order", { ...good, reference: "ord_other" }],
    ["another key", { ...good, key: "other" }],
    ["more captured than authorised", { ...good, captured: { currency: "EUR", amountMinor: 9999 } }],
    ["a whole card number", { ...good, card: { last4: "4242424242424242" } }],
    [
      "a page on another site",
      { ...good, status: "requires_action", redirectUrl: "https://evil.example/pay" },
    ],
    ["a script as page", { ...good, status: "requires_action", redirectUrl: "javascript:alert(1)" }],
  ])("%s is unknown", async (_, body) => {
    expect(await replying(body).port.authorise(request, call)).toMatchObject({ kind: "unknown" });
  });

  test.each<[string, Fetch]>([
    ["a refused connection", () => Promise.reject(new TypeError("connection refused"))],
    [
      "silence",
      (_, init) =>
        new Promise((_resolve, reject) =>
          init.signal?.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
    ],
    [
      "a body without end",
      () =>
        Promise.resolve(
          new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(65_536).fill(97)) })),
        ),
    ],
    ["HTML", () => Promise.resolve(new Response("<h1>Welcome</h1>"))],
    ["a redirect", () => Promise.resolve(Response.redirect("http://evil.example/", 307))],
    ["500", () => Promise.resolve(new Response(null, { status: 500 }))],
    [
      "a bare 404 from something in between",
      () => Promise.resolve(new Response("not found", { status: 404 })),
    ],
    ["a foreign 404", () => Promise.resolve(json({ type: "about:blank", status: 404 }, 404))],
    ["401", () => Promise.resolve(json({ type: "/problems/sandbox/unauthorised" }, 401))],
    ["429", () => Promise.resolve(json({}, 429))],
  ])("%s is unknown for every call, and nothing throws", async (_, answer) => {
    const unknown = expect.objectContaining({ kind: "unknown" }) as unknown;
    const make = () => answering(answer).port;
    const step = { reference: "pay_1", key: "k", amount };
    expect([
      await make().authorise(request, call),
      await make().statusByKey(key, call),
      await make().capture(step, call),
      await make().voidPayment(step, call),
      await make().refund(step, call),
      await make().refundStatusByKey(step, call),
    ]).toEqual([unknown, unknown, unknown, unknown, unknown, unknown]);
  });

  test("a capture of another amount is unknown", async () => {
    const reply = { ...good, status: "captured", captured: { currency: "EUR", amountMinor: 1 } };
    expect(await replying(reply).port.capture({ reference: "pay_1", key: "c", amount }, call)).toMatchObject({
      kind: "unknown",
    });
  });

  test("only its own word makes a payment not found", async () => {
    const { port } = replying({ type: "/problems/sandbox/payment-unknown" }, 404);
    expect(await port.statusByKey(key, call)).toEqual({ kind: "not_found" });
  });

  test("it never gets a reference or key as more than one part of a path", async () => {
    const { port, sent } = replying(good);
    await port.capture({ reference: "../faults?x", key: "k", amount }, call);
    await port.statusByKey("a&b=c", call);
    expect(sent.map(({ url }) => url)).toEqual([
      "http://sandbox.test/v1/payments/..%2Ffaults%3Fx/capture",
      "http://sandbox.test/v1/payments?key=a%26b%3Dc",
    ]);
  });

  test("a call carries key, secret and trace, and follows no redirect", async () => {
    const { port, sent } = replying(good);
    expect(await port.authorise(request, call)).toMatchObject({
      kind: "authorised",
      reference: "pay_1",
      cardLast4: "4242",
    });
    const headers = new Headers(sent[0]?.init.headers);
    expect([
      headers.get("idempotency-key"),
      headers.get("authorization"),
      headers.get("traceparent"),
    ]).toEqual([key, "Bearer secret", call.traceparent]);
    expect(sent[0]?.init.redirect).toBe("manual");
  });
});

describe("a provider that is down", () => {
  test("is left alone after failures in a row, tried once later, and used again when it is back", async () => {
    let isUp = false;
    const { port, sent, now } = answering(() =>
      Promise.resolve(isUp ? json(good) : new Response(null, { status: 503 })),
    );
    for (let time = 0; time < BREAKER_FAILURES + 3; time += 1) {
      expect(await port.statusByKey(key, call)).toMatchObject({ kind: "unknown" });
    }
    expect([sent.length, port.isAvailable()]).toEqual([BREAKER_FAILURES, false]);
    now.at += BREAKER_OPEN_MS;
    isUp = true;
    expect(await port.statusByKey(key, call)).toMatchObject({ kind: "authorised" });
    expect(port.isAvailable()).toBe(true);
  });

  test("is asked whether it is back before a buyer is", async () => {
    let isUp = true;
    const { port, sent, now } = answering(() => Promise.resolve(json({}, isUp ? 200 : 503)));
    expect(await port.checkAvailability()).toBe(true);
    expect(sent).toHaveLength(0);
    isUp = false;
    for (let time = 0; time < BREAKER_FAILURES; time += 1) await port.statusByKey(key, call);
    expect(await port.checkAvailability()).toBe(false);
    now.at += BREAKER_OPEN_MS;
    expect(await port.checkAvailability()).toBe(false);
    isUp = true;
    now.at += BREAKER_OPEN_MS;
    expect(await port.checkAvailability()).toBe(true);
    expect(port.isAvailable()).toBe(true);
  });

  test("a call that the open breaker keeps back was not sent, and a lookup that it keeps back proves nothing", async () => {
    const { port, sent } = answering(() => Promise.reject(new TypeError("connection lost")));
    for (let time = 0; time < BREAKER_FAILURES; time += 1) await port.statusByKey(key, call);
    sent.length = 0;
    const step = { reference: "pay_1", key: "k", amount };
    const notSent = { kind: "not_sent", retryAfterSeconds: BREAKER_OPEN_MS / 1000 };
    expect([
      await port.authorise(request, call),
      await port.capture(step, call),
      await port.voidPayment(step, call),
      await port.refund(step, call),
    ]).toEqual([notSent, notSent, notSent, notSent]);
    expect([await port.statusByKey(key, call), await port.refundStatusByKey(step, call)]).toMatchObject([
      { kind: "unknown" },
      { kind: "unknown" },
    ]);
    expect(sent).toEqual([]);
  });

  test("after one failure, money is sent only when the provider says that it is there", async () => {
    let isUp = false;
    const { port, sent } = answering(() =>
      isUp ? Promise.resolve(json(good)) : Promise.reject(new TypeError("connection lost")),
    );
    expect(await port.authorise(request, call)).toMatchObject({ kind: "unknown" });
    expect(await port.authorise({ ...request, key: "k2" }, call)).toMatchObject({ kind: "not_sent" });
    expect(sent.map(({ url }) => url)).toEqual([
      "http://sandbox.test/v1/payments",
      "http://sandbox.test/v1/payments",
      "http://sandbox.test/health",
    ]);
    isUp = true;
    expect(await port.authorise(request, call)).toMatchObject({ kind: "authorised" });
  });

  test("a request that meets a closed connection is sent once more under the same key, and counts as no failure", async () => {
    let calls = 0;
    const captured = { ...good, status: "captured", captured: amount };
    const { port, sent } = answering(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(new TypeError("connection lost")) : Promise.resolve(json(captured));
    });
    expect(await port.capture({ reference: good.id, key: "k", amount }, call)).toMatchObject({
      kind: "captured",
    });
    expect(sent.map(({ init }) => new Headers(init.headers).get("idempotency-key"))).toEqual(["k", "k"]);
    expect(await port.checkAvailability()).toBe(true);
    expect(sent).toHaveLength(2);
  });

  test("a refusal in good order is no failure", async () => {
    const { port } = replying({ type: "/problems/sandbox/payment-unknown" }, 404);
    for (let time = 0; time < BREAKER_FAILURES + 1; time += 1) await port.statusByKey(key, call);
    expect(port.isAvailable()).toBe(true);
  });
});
