import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { epochMs, mintId, type OrderId } from "#kernel";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";

const CALL: CallContext = { traceparent: "", actor: "test" };
const orderStub = (orderId: OrderId) => env.ORDERS.getByName(orderId);
type Order = ReturnType<typeof orderStub>;

async function placing() {
  const sku = `A-${crypto.randomUUID()}`;
  const count = { adjustmentId: "first", kind: "counted", quantity: 5, reason: "count" } as const;
  await env.STOCK.getByName(sku).adjust(count, CALL);
  const orderId = mintId("ord", epochMs(Date.now()));
  const command = placeOrder({ orderId, draft: draft([line(sku, 3)]) });
  return { sku, order: orderStub(orderId), orderId, command };
}
async function viewOf(order: Order) {
  const view = await order.view();
  if (!view.ok) throw new Error(view.refusal.code);
  return view.value;
}
const eventTypes = async (order: Order): Promise<string[]> =>
  (await order.events({ after: 0, limit: 50 })).items.map(({ type }) => type);
const providerCalls = (order: Order): Promise<string[]> =>
  runInDurableObject(order, ({ payments }) => payments.calls.map((entry) => entry.split(" ")[0] ?? ""));
const levelOf = (sku: string) => env.STOCK.getByName(sku).level();
const wake = async (order: Order, inMs: number): Promise<void> => {
  await runInDurableObject(order, (instance) => {
    const now = epochMs(Date.now() + inMs);
    instance.clock = { now: () => now };
  });
  await runDurableObjectAlarm(order);
};

/** The object goes away at this point, once, and nothing of the call is heard again. */
function crashAt(name: string, orderId: OrderId): void {
  let hits = 0;
  armFailpoint(name, async () => {
    hits += 1;
    if (hits > 1) return;
    await runInDurableObject(orderStub(orderId), (_instance, state) =>
      state.abort(`the test aborts at ${name}`),
    );
    await new Promise<never>(() => undefined);
  });
}

afterEach(clearFailpoints);

describe("a whole commit and the capture after it", () => {
  test("are recorded together, and nothing of them before", async () => {
    const { order, command } = await placing();
    const seen: unknown[] = [];
    await runInDurableObject(order, (instance) => {
      const capture = instance.payments.capture;
      instance.payments.capture = async (request, context) => {
        const { items } = await instance.events({ after: 0, limit: 50 });
        const view = await instance.view();
        seen.push(items.at(-1)?.type, view.ok && view.value.status);
        return capture(request, context);
      };
    });
    expect(await order.place(command, CALL)).toMatchObject({ value: { status: "confirmed" } });
    expect(seen).toEqual(["order.commit_started", "committing"]);
    expect((await eventTypes(order)).slice(-3)).toEqual([
      "order.committed",
      "order.captured",
      "order.confirmed",
    ]);
  });

  test("part when the capture has no answer: the commit is recorded, and the alarm asks again", async () => {
    const { order, command, sku } = await placing();
    await runInDurableObject(order, ({ payments }) => {
      payments.captureAnswers = "unknown";
    });
    await order.place(command, CALL);
    expect(await viewOf(order)).toMatchObject({ status: "capturing" });
    expect(await providerCalls(order)).toEqual(["authorise", "capture"]);
    await runInDurableObject(order, ({ payments }) => {
      payments.captureAnswers = "capture";
    });
    await wake(order, 60_000);
    expect(await viewOf(order)).toMatchObject({ status: "confirmed" });
    expect(await levelOf(sku)).toMatchObject({ onHand: 2, held: 0 });
  });

  test("part when the capture fails: it is not asked for twice in one go", async () => {
    const { order, command } = await placing();
    let tries = 0;
    armFailpoint("order.before-capture", () => {
      tries += 1;
      throw new Error("no way out");
    });
    await order.place(command, CALL);
    expect(await viewOf(order)).toMatchObject({ status: "capturing" });
    expect([tries, await providerCalls(order)]).toEqual([1, ["authorise"]]);
  });

  test("cut off with the money taken and nothing recorded: called off then, the money and the units go back", async () => {
    const { order, orderId, command, sku } = await placing();
    crashAt("order.after-capture", orderId);
    await Promise.allSettled([order.place(command, CALL)]);
    const again = orderStub(orderId);
    expect(await viewOf(again)).toMatchObject({ status: "committing" });
    expect(await levelOf(sku)).toMatchObject({ onHand: 2 });
    await again.cancel({ reason: "changed my mind", by: "staff" }, CALL);
    await wake(again, 60_000);
    const { payments, refunds } = await runInDurableObject(again, (instance) => ({
      payments: [...instance.payments.payments.values()],
      refunds: [...instance.payments.refunds.values()],
    }));
    expect(payments).toMatchObject([{ captures: 1, voids: 0 }]);
    expect(refunds).toEqual([payments[0]?.outcome.kind === "authorised" && payments[0].outcome.amountMinor]);
    expect(await levelOf(sku)).toMatchObject({ onHand: 5, held: 0 });
    expect(await viewOf(again)).toMatchObject({ status: "cancelled" });
    const ledger = await again.ledger();
    expect(ledger.reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0)).toBe(0);
  });

  test("called off by staff while the capture is on its way: what was taken goes back", async () => {
    const { order, command, sku } = await placing();
    await runInDurableObject(order, (instance) => {
      const capture = instance.payments.capture;
      instance.payments.capture = async (request, context) => {
        const answer = await capture(request, context);
        void instance.cancel({ reason: "changed my mind", by: "staff" }, CALL);
        await scheduler.wait(5);
        return answer;
      };
    });
    await order.place(command, CALL);
    await wake(order, 60_000);
    const refunds = await runInDurableObject(order, ({ payments }) => [...payments.refunds.values()]);
    expect(refunds).toHaveLength(1);
    expect(await levelOf(sku)).toMatchObject({ onHand: 5, held: 0 });
    expect(await viewOf(order)).toMatchObject({ status: "cancelled" });
  });
});

test("a hold is recorded before the payment is asked for: called off after a crash, nothing stays reserved", async () => {
  const { order, orderId, command, sku } = await placing();
  crashAt("order.after-authorise", orderId);
  await Promise.allSettled([order.place(command, CALL)]);
  const again = orderStub(orderId);
  await again.cancel({ reason: "changed my mind", by: "customer" }, CALL);
  await wake(again, 60_000);
  const { status } = await viewOf(again);
  const isSold = status === "confirmed";
  expect(isSold || status === "cancelled").toBe(true);
  const payments = await runInDurableObject(again, (instance) => [...instance.payments.payments.values()]);
  expect(payments).toMatchObject([isSold ? { captures: 1, voids: 0 } : { captures: 0, voids: 1 }]);
  expect(await levelOf(sku)).toMatchObject({ onHand: isSold ? 2 : 5, held: 0 });
});

describe("the last step", () => {
  test("marks what it tells others as sent in its own write", async () => {
    const { order, command } = await placing();
    armFailpoint("outbox.before-send", () => {
      throw new Error("the marks stand already");
    });
    await order.place(command, CALL);
    const sent = await runInDurableObject(order, (_instance, { storage }) =>
      storage.sql
        .exec<{ destination: string; attempts: number }>(
          "SELECT destination, attempts FROM outbox ORDER BY destination",
        )
        .toArray(),
    );
    expect(sent).toEqual([
      { destination: "notifications", attempts: 1 },
      { destination: "projection", attempts: 1 },
      { destination: "shipping", attempts: 1 },
    ]);
  });
});
