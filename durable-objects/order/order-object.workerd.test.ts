import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { epochMs, mintId, type OrderId } from "#kernel";
import type { OrderDraft, PlaceOrder } from "#orders";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { draft, line, placeOrder, TOTAL } from "../../src/orders/domain/testing/sample-order.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};

type Shop = {
  orderId: OrderId;
  skus: readonly [string, string];
  command: PlaceOrder;
  order: ReturnType<typeof orderStub>;
};
const orderStub = (orderId: OrderId) => env.ORDERS.getByName(orderId);

/** Two SKUs with the given units and an order for two of the first and one of the second. */
async function shop(units: readonly [number, number] = [5, 5]): Promise<Shop> {
  const skus = [`A-${crypto.randomUUID()}`, `B-${crypto.randomUUID()}`] as const;
  for (const [index, sku] of skus.entries()) {
    await env.STOCK.getByName(sku).adjust(
      { adjustmentId: "first", kind: "counted", quantity: units[index] ?? 0, reason: "count" },
      call,
    );
  }
  const orderId = mintId("ord", epochMs(Date.now()));
  const lines: OrderDraft["lines"] = [line(skus[0], 2), line(skus[1], 1)];
  const command = placeOrder({ orderId, draft: draft(lines) });
  return { orderId, skus, command, order: orderStub(orderId) };
}

const levels = (skus: readonly string[]) => Promise.all(skus.map((sku) => env.STOCK.getByName(sku).level()));
async function statusOf(order: Shop["order"]): Promise<string> {
  const view = await order.view();
  return view.ok ? view.value.status : view.refusal.code;
}
const later = (order: Shop["order"], ms: number) =>
  runInDurableObject(order, (instance) => {
    const now = epochMs(Date.now() + ms);
    instance.clock = { now: () => now };
  });

afterEach(clearFailpoints);

describe("placing an order with a token", () => {
  test("confirms, takes the units off the shelf and balances the ledger", async () => {
    const { order, command, skus } = await shop();
    expect(await order.place(command, call)).toMatchObject({ ok: true, value: { status: "confirmed" } });
    expect(await levels(skus)).toMatchObject([
      { onHand: 3, held: 0 },
      { onHand: 4, held: 0 },
    ]);
    const ledger = await order.ledger();
    expect(ledger.reduce((sum, entry) => sum + entry.debitMinor - entry.creditMinor, 0)).toBe(0);
    expect(ledger.filter((entry) => entry.account === "order_paid")).toMatchObject([{ creditMinor: TOTAL }]);
  });

  test("sent five times at once makes one order, one charge and one reply", async () => {
    const { order, command, skus } = await shop();
    const replies = await Promise.all(Array.from({ length: 5 }, () => order.place(command, call)));
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    const captures = await runInDurableObject(order, (instance) =>
      instance.payments.calls.filter((entry) => entry.startsWith("capture")),
    );
    expect(captures).toHaveLength(1);
    expect(await levels(skus)).toMatchObject([{ onHand: 3 }, { onHand: 4 }]);
    expect(await order.replay(command.requestHash)).toEqual(replies[0]);
  });

  test("with another body under the same key is refused", async () => {
    const { order, command } = await shop();
    await order.place(command, call);
    const other = await order.place({ ...command, requestHash: "other" }, call);
    expect(other).toMatchObject({ ok: false, refusal: { code: "idempotency_key_reused" } });
  });

  test("that one SKU is short of holds nothing and charges nothing", async () => {
    const { order, command, skus } = await shop([5, 0]);
    expect(await order.place(command, call)).toMatchObject({
      ok: false,
      refusal: { code: "out_of_stock", shortages: [{ sku: skus[1], requested: 1, available: 0 }] },
    });
    expect(await levels(skus)).toMatchObject([
      { onHand: 5, held: 0 },
      { onHand: 0, held: 0 },
    ]);
    expect(await runInDurableObject(order, (instance) => instance.payments.calls)).toEqual([]);
  });

  test("that is declined releases its units and tells the cart", async () => {
    const { order, command, skus } = await shop();
    await runInDurableObject(order, (instance) => {
      instance.payments.next = "decline";
    });
    expect(await order.place(command, call)).toMatchObject({
      ok: false,
      refusal: { code: "payment_declined", reason: "insufficient_funds" },
    });
    expect(await levels(skus)).toMatchObject([
      { onHand: 5, held: 0 },
      { onHand: 5, held: 0 },
    ]);
    await runDurableObjectAlarm(order);
    expect(await runInDurableObject(order, (instance) => instance.cartCalls)).toMatchObject([
      { kind: "reopen" },
    ]);
  });

  test("whose reply is lost is unknown, keeps its units, and is settled by a later poll with one charge", async () => {
    const { order, command, skus } = await shop();
    await runInDurableObject(order, (instance) => {
      instance.payments.next = "lose-reply";
    });
    expect(await order.place(command, call)).toMatchObject({
      ok: true,
      value: { status: "payment_unknown" },
    });
    expect(await levels(skus)).toMatchObject([{ held: 2 }, { held: 1 }]);
    await later(order, 10_000);
    await runDurableObjectAlarm(order);
    expect(await statusOf(order)).toBe("confirmed");
    expect(await levels(skus)).toMatchObject([
      { onHand: 3, held: 0 },
      { onHand: 4, held: 0 },
    ]);
  });

  test("is refused at once while the provider is known to be down, and the same key may come again", async () => {
    const { order, command, skus } = await shop();
    await runInDurableObject(order, (instance) => {
      instance.payments.isUp = false;
    });
    expect(await order.place(command, call)).toMatchObject({
      ok: false,
      refusal: { code: "payment_unavailable", retryAfterSeconds: expect.any(Number) },
    });
    expect(await statusOf(order)).toBe("order_unknown");
    expect(await levels(skus)).toMatchObject([{ held: 0 }, { held: 0 }]);
    await runInDurableObject(order, (instance) => {
      instance.payments.isUp = true;
    });
    expect(await order.place(command, call)).toMatchObject({ ok: true, value: { status: "confirmed" } });
  });

  test("that the provider never saw is given up with nothing charged", async () => {
    const { order, command, skus } = await shop();
    await runInDurableObject(order, (instance) => {
      instance.payments.next = "never-arrives";
    });
    await order.place(command, call);
    for (const minutes of [1, 3, 6, 9]) {
      await later(order, minutes * 60_000);
      await runDurableObjectAlarm(order);
    }
    expect(await statusOf(order)).toBe("cancelled");
    expect(await levels(skus)).toMatchObject([
      { onHand: 5, held: 0 },
      { onHand: 5, held: 0 },
    ]);
  });
});

describe("paying on the provider's page", () => {
  async function redirected(): Promise<Shop> {
    const made = await shop();
    const command: PlaceOrder = {
      ...made.command,
      payment: { kind: "redirect", returnUrl: "https://shop.example/r", cancelUrl: "https://shop.example/c" },
    };
    await runInDurableObject(made.order, (instance) => {
      instance.payments.next = "redirect";
    });
    const reply = await made.order.place(command, call);
    expect(reply).toMatchObject({
      ok: true,
      value: { status: "authorising", redirectUrl: expect.stringContaining("https://pay.example/") },
    });
    return made;
  }
  const pay = (made: Shop) =>
    runInDurableObject(made.order, (instance) => instance.payments.pay(`${made.orderId}:authorise:1`, TOTAL));

  test("confirms on the webhook, and repeated webhooks change nothing", async () => {
    const made = await redirected();
    await pay(made);
    const answers = await Promise.all([
      made.order.settle(call),
      made.order.settle(call),
      made.order.settle(call),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, value: { status: "confirmed" } });
    const captures = await runInDurableObject(made.order, (instance) =>
      instance.payments.calls.filter((entry) => entry.startsWith("capture")),
    );
    expect(captures).toHaveLength(1);
  });

  test("cancelled while open voids the session; money that still arrives is voided too", async () => {
    const made = await redirected();
    expect(await made.order.cancel({ reason: "changed my mind", by: "customer" }, call)).toMatchObject({
      ok: true,
      value: { status: "cancelled", payment: { status: "voided" } },
    });
    expect(await levels(made.skus)).toMatchObject([{ held: 0 }, { held: 0 }]);
  });

  test("hears of news without telling how it stands, and asks nobody about a payment that is known", async () => {
    const made = await redirected();
    await pay(made);
    expect(await made.order.hear(call)).toBeUndefined();
    expect(await made.order.view()).toMatchObject({ value: { status: "confirmed" } });
    const asked = await runInDurableObject(made.order, async (instance) => {
      const before = instance.payments.calls.length;
      await instance.hear(call);
      return instance.payments.calls.slice(before);
    });
    expect(asked).toEqual([]);
  });

  test("a webhook before the reply settles it through the same path", async () => {
    const made = await shop();
    await runInDurableObject(made.order, (instance) => {
      const original = instance.payments.authorise;
      instance.payments.authorise = async (request, context) => {
        const outcome = await original(request, context);
        await instance.settle(call);
        return outcome;
      };
    });
    // settle() joins the running steps for a bounded time, so the early webhook cannot block the reply it overtook.
    const reply = await Promise.race([made.order.place(made.command, call), scheduler.wait(10_000)]);
    expect(reply).toMatchObject({ ok: true, value: { status: "confirmed" } });
  });

  test("a webhook whose news is on its way as a reply asks the provider nothing", async () => {
    const made = await shop();
    const news: Promise<unknown>[] = [];
    await runInDurableObject(made.order, (instance) => {
      const original = instance.payments.authorise;
      instance.payments.authorise = async (request, context) => {
        const outcome = await original(request, context);
        news.push(instance.settle(call));
        await scheduler.wait(20);
        return outcome;
      };
    });
    expect(await made.order.place(made.command, call)).toMatchObject({ value: { status: "confirmed" } });
    const asked = await runInDurableObject(made.order, async (instance) => {
      await Promise.all(news);
      return instance.payments.calls.map((entry) => entry.split(" ")[0]);
    });
    expect(asked).toEqual(["authorise", "capture"]);
  });
});

describe("the cart of a confirmed order", () => {
  const told = (order: Shop["order"]) =>
    runInDurableObject(order, (instance) => instance.cartCalls.map(({ kind }) => kind));

  test("hears of it at once, and the deadline behind it has nothing left to tell", async () => {
    const { order, command } = await shop();
    await order.place(command, call);
    expect(await told(order)).toEqual(["finish"]);
    await later(order, 60_000);
    await runDurableObjectAlarm(order);
    expect(await told(order)).toEqual(["finish"]);
  });

  test("hears of it by the deadline when it could not be reached at first", async () => {
    const { order, command } = await shop();
    let tries = 0;
    armFailpoint("order.before-cart", () => {
      tries += 1;
      if (tries === 1) throw new Error("not reached");
    });
    await order.place(command, call);
    expect([tries, await told(order)]).toEqual([1, []]);
    await later(order, 60_000);
    await runDurableObjectAlarm(order);
    expect(await told(order)).toEqual(["finish"]);
  });
});

describe("a crash", () => {
  const steps = [
    "before-hold",
    "after-hold",
    "before-authorise",
    "after-authorise",
    "before-commit",
    "after-commit",
    "before-capture",
    "after-capture",
  ];

  test.each(steps)("%s is picked up by the alarm: one order, one charge, units sold once", async (step) => {
    const { order, command, skus } = await shop();
    let crashes = 0;
    armFailpoint(`order.${step}`, () => {
      crashes += 1;
      if (crashes === 1) throw new Error(`crash at ${step}`);
    });
    await Promise.race([order.place(command, call), scheduler.wait(100)]);
    expect(crashes).toBe(1);
    await later(order, 60_000);
    await runDurableObjectAlarm(order);
    expect(await statusOf(order)).toBe("confirmed");
    expect(await levels(skus)).toMatchObject([
      { onHand: 3, held: 0 },
      { onHand: 4, held: 0 },
    ]);
    const payments = await runInDurableObject(order, (instance) => [...instance.payments.payments.values()]);
    expect(payments).toHaveLength(1);
  });

  test("that takes the whole object keeps the order", async () => {
    const { order, orderId, command } = await shop();
    await order.place(command, call);
    await evictDurableObject(order);
    expect(await statusOf(orderStub(orderId))).toBe("confirmed");
    await abortAllDurableObjects();
    expect(await orderStub(orderId).replay(command.requestHash)).toMatchObject({
      ok: true,
      value: { status: "confirmed" },
    });
  });
});

describe("what an order tells others", () => {
  test("its view opens only with its own key", async () => {
    const { order, command } = await shop();
    await order.place(command, call);
    expect(await order.viewWithKey(command.accessKey)).toMatchObject({ ok: true });
    expect(await order.viewWithKey("guess")).toMatchObject({ ok: false });
  });

  test("its events have a gap-free sequence, the list gets the newest, and only the mailer the secret link", async () => {
    const { order, command } = await shop();
    await order.place(command, call);
    const { rows, sequences } = await runInDurableObject(order, (_instance, { storage: { sql } }) => ({
      sequences: sql
        .exec<{ sequence: number }>("SELECT sequence FROM events ORDER BY sequence")
        .toArray()
        .map((row) => row.sequence),
      rows: sql
        .exec<{ destination: string; sequence: number; body: string }>(
          "SELECT destination, sequence, body FROM outbox ORDER BY sequence",
        )
        .toArray(),
    }));
    expect(sequences).toEqual(sequences.map((_, index) => index + 1));
    const projected = rows.filter((row) => row.destination === "projection").map((row) => row.sequence);
    expect(projected).toEqual(sequences.slice(-1));
    for (const row of rows)
      expect(row.body.includes(command.accessKey)).toBe(row.destination === "notifications");
  });

  test("leaves when its steps have ended, what is to be packed stays until it may be, and the alarm waits for that", async () => {
    const { order, command } = await shop();
    const packAfter = 900;
    await runInDurableObject(order, (instance) => {
      instance.packAfter = packAfter;
    });
    await order.place(command, call);
    const look = () =>
      runInDurableObject(order, async (_instance, { storage }) => ({
        rows: storage.sql
          .exec<{
            destination: "projection" | "notifications" | "shipping";
            sequence: number;
            attempts: number;
            at: number;
          }>("SELECT destination, sequence, attempts, next_at_ms AS at FROM outbox ORDER BY destination")
          .toArray(),
        alarmAt: await storage.getAlarm(),
      }));
    const { rows } = await look();
    expect(rows.map(({ destination, attempts }) => [destination, attempts])).toEqual([
      ["notifications", 1],
      ["projection", 1],
      ["shipping", 0],
    ]);
    for (const { destination, sequence } of rows)
      if (destination !== "shipping") await order.acknowledge(destination, [sequence]);
    const after = await look();
    expect(after.rows.map(({ destination }) => destination)).toEqual(["shipping"]);
    expect(after.rows[0]?.at).toBeGreaterThan(Date.now() + (packAfter - 60) * 1_000);
    expect(after.alarmAt).toBe(after.rows[0]?.at);
  });

  test("units whose hold has run out stay with an order that still waits for its payment", async () => {
    const { order, command, skus } = await shop();
    await runInDurableObject(order, (instance) => {
      instance.payments.next = "redirect";
    });
    await order.place(
      {
        ...command,
        payment: { kind: "redirect", returnUrl: "https://a.example", cancelUrl: "https://a.example" },
      },
      call,
    );
    const stub = env.STOCK.getByName(skus[0]);
    await runInDurableObject(stub, (instance) => {
      const at = epochMs(Date.now() + 2 * 3_600_000);
      instance.clock = { now: () => at };
    });
    await runDurableObjectAlarm(stub);
    expect(await stub.level()).toMatchObject({ held: 2 });
  });
});
