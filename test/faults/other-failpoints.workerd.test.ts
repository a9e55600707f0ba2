import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { epochMs, mintId, SECRET_ID_RANDOM_BYTES, type OrderId } from "#kernel";
import { armFailpoint, clearFailpoints, type CallContext } from "#platform";
import { PLACEMENT_INQUIRY_MS } from "../../src/cart/domain/limits.ts";
import { QUEUES } from "../../workers/fulfilment/queues.ts";
import { deliver, testPorts } from "../support/fulfilment-ports.ts";
import { orderEvent, orderIdOf, orderView } from "../support/order-fixture.ts";

// What stands beside the order's own calls: a cart and a hold that ask after their order, and the projection.

const FAULTS = ["throws", "hangs", "aborts"] as const;
type Fault = (typeof FAULTS)[number];
const CALL: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const HOUR_MS = 3_600_000;
/** The shop waits 20 s for a piece of work that hangs; a test does not. */
const WORK_LIMIT_MS = 100;
const newOrder = (): OrderId => mintId("ord", epochMs(Date.now()));

afterEach(clearFailpoints);

/** Arms the failpoint for its first hit only; `abort` takes away the object that runs into it, through a stub of its own. */
function breakOnce(name: string, fault: Fault, abort: () => Promise<unknown>): { hits: number } {
  const seen = { hits: 0 };
  armFailpoint(name, async () => {
    seen.hits += 1;
    if (seen.hits > 1) return;
    if (fault === "throws") throw new Error(`the test throws at ${name}`);
    if (fault === "aborts") await abort();
    await new Promise<never>(() => undefined);
  });
  return seen;
}

const stockOf = (sku: string) => env.STOCK.getByName(sku);
const cartOf = (cartId: string) => env.CARTS.getByName(cartId);
/** A stub that has seen its object go stays broken, so each call gets its own. */
type Reach = () => ReturnType<typeof stockOf> | ReturnType<typeof cartOf>;

const takeAway = (reach: Reach) =>
  runInDurableObject(reach(), (_instance, state) => state.abort("the test takes it away"));

async function setAhead(reach: Reach, aheadMs: number): Promise<void> {
  const at = epochMs(Date.now() + aheadMs);
  await runInDurableObject<Rpc.DurableObjectBranded, void>(reach(), (instance) => {
    Object.assign(instance, { clock: { now: () => at }, workLimitMs: WORK_LIMIT_MS });
  });
}

/** Rings the object's alarm as if so much time had passed; whether it came through is not the matter here. */
async function ringAfter(reach: Reach, aheadMs: number): Promise<void> {
  await setAhead(reach, aheadMs);
  await Promise.race([runDurableObjectAlarm(reach()).catch(() => false), scheduler.wait(4 * WORK_LIMIT_MS)]);
}

/** Lets the fault strike, then time pass: waits between tries grow, so each round is an hour. */
async function letHoursPass(reach: Reach): Promise<void> {
  for (let hour = 1; hour <= 4; hour += 1) await ringAfter(reach, hour * HOUR_MS);
}

describe.each(["stock.before-inquiry", "stock.after-inquiry"])("F2: a fault at %s", (name) => {
  test.each(FAULTS)("that %s does not leak the units of an order that nobody knows", async (fault) => {
    const sku = `FAULT-${crypto.randomUUID()}`;
    const reach = () => stockOf(sku);
    await reach().adjust({ adjustmentId: "first", kind: "counted", quantity: 5, reason: "count" }, CALL);
    await reach().hold({ orderId: newOrder(), part: 0, quantity: 2, ttlSeconds: 60 }, CALL);
    const seen = breakOnce(name, fault, () => takeAway(reach));
    await letHoursPass(reach);
    expect(seen.hits).toBeGreaterThan(1);
    expect(await reach().level()).toMatchObject({ onHand: 5, held: 0 });
    expect((await reach().audit({ limit: 10 })).violations).toEqual([]);
  });
});

describe.each(["cart.before-inquiry", "cart.after-inquiry"])("F2: a fault at %s", (name) => {
  test.each(FAULTS)("that %s opens the checkout again in the end", async (fault) => {
    const cartId = mintId("crt", epochMs(Date.now()), SECRET_ID_RANDOM_BYTES);
    const reach = () => cartOf(cartId);
    await reach().open({ currency: "EUR", country: "DE" }, CALL);
    const line = { lineId: "lin_a", variantId: "a", quantity: 1, unitPriceMinor: 3400 };
    await reach().addLine(line, undefined, CALL);
    const opened = await reach().openCheckout(undefined, CALL);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const { checkoutId } = opened.value;
    await reach().beginPlacement({ checkoutId, orderId: newOrder() }, CALL);
    const seen = breakOnce(name, fault, () => takeAway(reach));
    await ringAfter(reach, PLACEMENT_INQUIRY_MS + 1);
    // No alarm asks after a claim: whoever looks does.
    expect(seen.hits).toBe(0);
    for (let look = 1; look <= 2; look += 1) {
      await setAhead(reach, look * HOUR_MS);
      await reach()
        .checkout(checkoutId)
        .catch(() => undefined);
    }
    expect(seen.hits).toBeGreaterThan(1);
    expect(await reach().checkout(checkoutId)).toMatchObject({ ok: true, value: { status: "open" } });
    expect(await reach().view()).toMatchObject({
      ok: true,
      value: { lines: [{ variantId: "a", quantity: 1 }] },
    });
  });
});

const PROJECTION = ["projection.before-write", "projection.after-write", "projection.before-acknowledge"];

describe.each(PROJECTION)("F2: a fault at %s", (name) => {
  const events = [1, 2].map((n) => orderEvent("order.confirmed", orderView({ orderId: orderIdOf(n) })));
  const stored = async () =>
    (await env.DB.prepare("SELECT id, status, version, view FROM orders ORDER BY id").all()).results;

  // A consumer that is taken away says no more than one that hangs: its messages come again to another.
  test.each(["throws", "hangs"] as const)("that %s is mended by the delivery after it", async (fault) => {
    const tables = ["orders", "order_lines", "order_events"];
    const empty = () => env.DB.batch(tables.map((table) => env.DB.prepare(`DELETE FROM ${table}`)));
    await empty();
    await deliver(QUEUES.projection, events, testPorts().ports);
    const expected = await stored();
    await empty();

    const { ports, orders } = testPorts();
    const seen = breakOnce(name, fault, () => Promise.resolve());
    const first = deliver(QUEUES.projection, events, ports).catch(() => undefined);
    await Promise.race([first, scheduler.wait(WORK_LIMIT_MS)]);
    for (const { id, sequences } of orders.acknowledged) {
      const row = (await stored()).find((each) => each["id"] === id);
      expect(sequences.every((sequence) => sequence <= Number(row?.["version"] ?? 0))).toBe(true);
    }
    const again = await deliver(QUEUES.projection, events, ports);
    expect(again).toEqual({ acked: [0, 1], retried: [] });
    expect(seen.hits).toBeGreaterThan(1);
    expect(await stored()).toEqual(expected);
    expect(new Set(orders.acknowledged.map(({ id }) => id))).toEqual(new Set([orderIdOf(1), orderIdOf(2)]));
  });
});
