import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { DAY_MS, epochMs, HOUR_MS, MINUTE_MS, mintId, type OrderId } from "#kernel";
import type { PlaceOrder, ProviderPort } from "#orders";
import type { BaseObject, CallContext } from "#platform";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";
import { mailOfEvent } from "../../src/orders/adapters/order-mail.ts";
import { createCircuitBreaker } from "../../src/payments/adapters/circuit-breaker.ts";
import { createSandboxProvider } from "../../src/payments/adapters/sandbox-provider.ts";
import { createStripeProvider } from "../../src/payments/adapters/stripe-provider.ts";
import { orderEvent } from "../../test/support/order-fixture.ts";
import { STRIPE_KEY, StripeDouble } from "../../test/support/stripe/double.ts";

// Real order and stock objects, with the real adapter of each way to pay.

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const UNITS = 5;

async function newOrder(changes: Partial<PlaceOrder> = {}) {
  const sku = `PAY-${crypto.randomUUID()}`;
  const stock = env.STOCK.getByName(sku);
  await stock.adjust({ adjustmentId: "first", kind: "counted", quantity: UNITS, reason: "count" }, call);
  const orderId = mintId("ord", epochMs(Date.now()));
  const command = placeOrder({ orderId, draft: draft([line(sku, 2)]), ...changes });
  return { order: env.ORDERS.getByName(orderId), orderId, command, stock };
}
type Made = Awaited<ReturnType<typeof newOrder>>;

/** Gives the order object another provider than the fake one. */
const pretend = (order: Made["order"], provider: ProviderPort) =>
  runInDurableObject(order, (instance) => {
    Object.defineProperty(instance, "payments", { value: provider, configurable: true });
  });

async function viewOf(order: Made["order"]) {
  const view = await order.view();
  if (!view.ok) throw new Error(view.refusal.code);
  return view.value;
}

async function alarmAt(object: DurableObjectStub<BaseObject<unknown>>, ms: number): Promise<void> {
  await runInDurableObject(object, (instance) => {
    const now = epochMs(Date.now() + ms);
    instance.clock = { now: () => now };
  });
  await runDurableObjectAlarm(object);
}

const oneNumber = (object: DurableObjectStub, sql: string): Promise<number> =>
  runInDurableObject(object, (_instance, { storage }) => storage.sql.exec<{ n: number }>(sql).one().n);

/** A gift card that this order has claimed a part of. */
async function heldCard(orderId: OrderId) {
  const card = env.VOUCHERS.getByName(`gift:${crypto.randomUUID().replaceAll("-", "")}`);
  const terms = { kind: "gift_card", note: "", currency: "EUR", hint: "7KQM", isDisabled: false } as const;
  const opening = { adjustmentId: "opening", amountMinor: 500, reason: "sold" };
  await card.issue({ terms, opening, reason: "sold" }, call);
  const claim = { orderId, part: 0, amountMinor: 200, currency: "EUR", customer: "mira@example.com" };
  await card.hold({ ...claim, ttlSeconds: 60 }, call);
  return card;
}

describe("a bank transfer", () => {
  const transfer = {
    provider: "bank_transfer",
    payment: { kind: "manual", method: "bank_transfer" },
  } as const;

  test("is awaited with its account, reference and day, and its units are kept", async () => {
    const { order, command, stock } = await newOrder(transfer);
    expect(await order.place(command, call)).toMatchObject({ ok: true, value: { status: "authorising" } });
    const view = await viewOf(order);
    expect(view.payment).toMatchObject({ status: "pending", instructions: "Test bank, IBAN DE00" });
    expect((view.payment.expiresAt ?? 0) - view.placedAt).toBeGreaterThan(6.9 * DAY_MS);
    await alarmAt(order, 6 * DAY_MS);
    expect((await viewOf(order)).status).toBe("authorising");
    expect(await stock.level()).toMatchObject({ held: 2 });
  });

  test("is asked about once an hour by the objects that keep its units and its voucher", async () => {
    const { order, orderId, command, stock } = await newOrder(transfer);
    await order.place(command, call);
    const card = await heldCard(orderId);
    const deadlines = {
      stock: () => oneNumber(stock, "SELECT due_at_ms AS n FROM holds WHERE status = 'held'"),
      card: () => oneNumber(card, "SELECT at_ms AS n FROM due WHERE key LIKE 'hold:%'"),
    };
    for (const [object, deadline] of [[stock, deadlines.stock] as const, [card, deadlines.card] as const]) {
      const waits: number[] = [];
      for (let inquiry = 0; inquiry < 3; inquiry += 1) {
        const before = await deadline();
        await alarmAt(object, before - Date.now());
        waits.push((await deadline()) - before);
      }
      expect(waits.map((wait) => Math.round(wait / MINUTE_MS))).toEqual([60, 60, 60]);
    }
    expect(await stock.level()).toMatchObject({ held: 2 });
    await order.cancel({ reason: "changed their mind", by: "customer" }, call);
    expect(await stock.level()).toMatchObject({ onHand: UNITS, held: 0 });
  });

  test("that never comes is given up after its day: the units are back, and the buyer is written to", async () => {
    const { order, command, stock } = await newOrder(transfer);
    await order.place(command, call);
    await alarmAt(order, 7 * DAY_MS + HOUR_MS);
    const view = await viewOf(order);
    expect(view).toMatchObject({ status: "cancelled", cancelReason: "session_expired" });
    expect(await stock.level()).toMatchObject({ onHand: UNITS, held: 0, available: UNITS });
    expect(mailOfEvent(orderEvent("order.cancelled", view))).toMatchObject({
      template: "order_cancelled",
      cancelCause: "transfer_overdue",
    });
  });

  test("that staff saw on the account confirms the order once, also after a second click", async () => {
    const { order, command, stock } = await newOrder(transfer);
    await order.place(command, call);
    await order.settleManually({ reference: "statement 7" }, call);
    await order.settleManually({ reference: "statement 7" }, call);
    await alarmAt(order, 8 * DAY_MS);
    const view = await viewOf(order);
    expect(view).toMatchObject({ status: "confirmed", payment: { capturedMinor: view.draft.dueMinor } });
    expect(await stock.level()).toMatchObject({ onHand: UNITS - 2, held: 0 });
  });
});

test("cash is owed by the carrier until staff have it, and by nobody afterwards", async () => {
  const { order, command } = await newOrder({
    provider: "cash_on_delivery",
    payment: { kind: "manual", method: "cash_on_delivery" },
  });
  expect(await order.place(command, call)).toMatchObject({ ok: true, value: { status: "confirmed" } });
  const owed = async (): Promise<number> =>
    (await order.ledger())
      .filter((entry) => entry.account === "carrier_due")
      .reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0);
  expect(await owed()).toBe(command.draft.dueMinor);
  await order.settleManually({ reference: "carrier statement" }, call);
  expect(await owed()).toBe(0);
});

test("with the breaker open an order is refused at once, asks nobody and holds nothing", async () => {
  const asked: string[] = [];
  const breaker = createCircuitBreaker();
  const provider = createSandboxProvider({
    baseUrl: "http://sandbox.test",
    apiKey: "key",
    timeoutMs: 200,
    breaker,
    fetch: (url: string) => {
      asked.push(url);
      return Promise.reject(new TypeError("connection refused"));
    },
  });
  const { order, command, stock } = await newOrder({ provider: "sandbox" });
  await pretend(order, provider);
  for (let failures = 0; breaker.isClosed(); failures += 1) {
    if (failures > 100) throw new Error("the breaker never opened");
    await provider.statusByKey("a", call, "pay_1");
  }
  asked.length = 0;
  const startedAt = performance.now();
  expect(await order.place(command, call)).toMatchObject({
    ok: false,
    refusal: { code: "payment_unavailable", retryAfterSeconds: expect.any(Number) },
  });
  expect(performance.now() - startedAt).toBeLessThan(100);
  expect(asked).toEqual([]);
  expect(await order.view()).toMatchObject({ ok: false, refusal: { code: "order_unknown" } });
  expect(await stock.level()).toMatchObject({ onHand: UNITS, held: 0 });
});

describe("Stripe behind an order", () => {
  const redirect = {
    kind: "redirect",
    returnUrl: "https://shop.example/r",
    cancelUrl: "https://shop.example/c",
  } as const;

  async function opened() {
    const double = new StripeDouble();
    const provider = createStripeProvider({
      secretKey: STRIPE_KEY,
      fetch: double.fetch,
      timeoutMs: 1_000,
      breaker: createCircuitBreaker(),
    });
    const made = await newOrder({ provider: "stripe", payment: redirect });
    await pretend(made.order, provider);
    return { ...made, double, provider };
  }
  const count = (double: StripeDouble, operation: string) =>
    double.requests.filter((request) => request.operation === operation).length;

  test("told early, twice, late and out of order, charges once and is confirmed once", async () => {
    const { order, orderId, command, double, provider, stock } = await opened();
    // Early: the news of the session arrives before the reply that names it.
    await runInDurableObject(order, (instance) => {
      const early: ProviderPort = {
        ...provider,
        authorise: async (request, context) => {
          const outcome = await provider.authorise(request, context);
          await instance.settle(call);
          return outcome;
        },
      };
      Object.defineProperty(instance, "payments", { value: early, configurable: true });
    });
    const placed = await order.place(command, call);
    expect(placed).toMatchObject({ ok: true, value: { status: "authorising" } });
    await double.payOnPage(`${orderId}:authorise:1`);
    // Every webhook says only "ask": so duplicates at once, and old ones afterwards in the wrong order.
    await Promise.all([order.settle(call), order.settle(call), order.settle(call)]);
    const news = double.deliveries.toReversed();
    for (const _delivery of [...news, ...news]) await order.settle(call);

    const view = await viewOf(order);
    expect(view.status).toBe("confirmed");
    expect(double.book.charges).toHaveLength(1);
    expect(count(double, "POST /v1/checkout/sessions")).toBe(1);
    expect(count(double, "POST /v1/payment_intents/:id/capture")).toBe(1);
    const happened = view.timeline.map((entry) => entry.type);
    for (const type of ["order.authorised", "order.captured", "order.confirmed"] as const)
      expect(happened.filter((one) => one === type)).toEqual([type]);
    expect(await stock.level()).toMatchObject({ onHand: UNITS - 2, held: 0 });
    const ledger = await order.ledger();
    expect(ledger.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)).toBe(0);
    expect(ledger.filter((entry) => entry.account === "order_paid")).toMatchObject([
      { creditMinor: view.draft.dueMinor },
    ]);
  });
});
