import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test } from "vitest";
import { shardName, type StockRpc, type StockShardRpc } from "#inventory";
import { epochMs, mintId, type OrderId } from "#kernel";
import { armFailpoint, clearFailpoints, objectNamespace, type CallContext } from "#platform";
import { MERGE_AFTER_MS } from "../../src/inventory/domain/escrow-limits.ts";
import { createStockPort } from "../../src/orders/adapters/stock-port.ts";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";
import { createRandom } from "../../test/support/random.ts";
import type { Lending } from "../../src/inventory/domain/lending.ts";
import type { Borrowing } from "../../src/inventory/domain/borrowing.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const SEED = Number(process.env["SEED"] ?? 20_261_122);
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;
const freshSku = (): string => `HOT-${crypto.randomUUID()}`;
const port = createStockPort(
  objectNamespace<StockRpc>(env.STOCK),
  objectNamespace<StockShardRpc>(env.STOCK_SHARDS),
);
const shardOf = (sku: string, shard: number) => env.STOCK_SHARDS.getByName(shardName(sku, shard));

/** A SKU that 500 a second ask for: split, its grants still on their way. Answers with the number of shards. */
async function splitSku(sku: string, units: number): Promise<number> {
  const parent = env.STOCK.getByName(sku);
  await parent.adjust({ adjustmentId: "first", kind: "counted", quantity: units, reason: "opening" }, call);
  await runInDurableObject(parent, async (instance) => {
    for (let n = 0; n < 300; n += 1) {
      const claim = { orderId: order(900_000 + (n % 2)), part: 0 };
      await instance.hold({ ...claim, quantity: 1, ttlSeconds: 600 }, call);
    }
  });
  for (const n of [0, 1]) await parent.release({ orderId: order(900_000 + n), part: 0 }, call);
  return (await parent.level()).shards ?? 0;
}

/** Every unit by the objects' own tables: a parcel counts on the side that has booked it last. */
async function everywhere(sku: string, shards: number): Promise<number> {
  const read = <Book>(sql: SqlStorage) =>
    sql
      .exec<{ book: string }>("SELECT book FROM escrow")
      .toArray()
      .map(({ book }) => JSON.parse(book) as Book)[0];
  const onHandOf = (sql: SqlStorage): number =>
    sql.exec<{ units: number }>("SELECT coalesce(sum(on_hand_change), 0) AS units FROM journal").one().units;
  const parent = await runInDurableObject(env.STOCK.getByName(sku), (_instance, { storage: { sql } }) => ({
    units: onHandOf(sql),
    lent: sql
      .exec<{ units: number }>("SELECT coalesce(sum(others ->> '$.lent.change'), 0) AS units FROM journal")
      .one().units,
    lending: read<Lending>(sql),
  }));
  let units = parent.units - parent.lent;
  for (let shard = 1; shard <= shards; shard += 1) {
    const book = parent.lending?.escrow.shards[shard - 1];
    const there = await runInDurableObject(shardOf(sku, shard), (_instance, { storage: { sql } }) => {
      const isThere = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'escrow'").toArray().length > 0;
      return isThere ? { units: onHandOf(sql), borrowing: read<Borrowing>(sql) } : { units: 0 };
    });
    units += there.units;
    const { lastGrant = 0, parcel } = there.borrowing?.book ?? {};
    if (book?.grant && book.grant.sequence > lastGrant) units += sumOf(book.grant.units);
    if (parcel && book && parcel.sequence > book.lastReturn) units += sumOf(parcel.units);
  }
  return units;
}

const sumOf = (units: readonly { readonly quantity: number }[]): number =>
  units.reduce((sum, { quantity }) => sum + quantity, 0);

async function phaseOf(sku: string): Promise<string> {
  const lending = await runInDurableObject(
    env.STOCK.getByName(sku),
    (_instance, { storage: { sql } }) =>
      JSON.parse(sql.exec<{ book: string }>("SELECT book FROM escrow").one().book) as Lending,
  );
  return lending.escrow.phase;
}

// The tests' clock goes on in leaps; an object that was put out gets it again with the next one.
let aheadMs = 0;

/** Runs the parent's alarm as if so much time had passed, for it and its shards. */
async function later(sku: string, shards: number, ms: number): Promise<void> {
  aheadMs += ms;
  const objects = [env.STOCK.getByName(sku), ...numbers(shards).map((shard) => shardOf(sku, shard))];
  for (const object of objects)
    await runInDurableObject(object, (instance) => {
      // Parent and shards are of two classes; both have a clock.
      Object.assign(instance, { clock: { now: () => epochMs(Date.now() + aheadMs) } });
    });
  await runDurableObjectAlarm(env.STOCK.getByName(sku));
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

afterEach(clearFailpoints);

describe("F17: a SKU that many ask for at once", () => {
  test("is shared out to shards, sold there, and whole again when demand is low", async () => {
    const sku = freshSku();
    const shards = await splitSku(sku, 20_000);
    expect(shards).toBeGreaterThan(1);
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({
      onHand: 20_000,
      held: 0,
      available: 20_000,
    });
    await later(sku, shards, 1_000);
    const demand = { sku, part: 0, quantity: 2, ttlSeconds: 600, shards };
    for (let n = 1; n <= 20; n += 1) {
      expect(await port.hold({ ...demand, orderId: order(n) }, call)).toEqual({ kind: "held" });
      if (n % 2 === 0) await port.commit({ sku, shards }, { orderId: order(n), part: 0 }, call);
      else if (n > 10) await port.release({ sku, shards }, { orderId: order(n), part: 0 }, call);
    }
    await later(sku, shards, 1_000);
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({
      onHand: 19_980,
      held: 10,
      available: 19_970,
      shards,
    });
    for (const ms of [10_000, MERGE_AFTER_MS, 1_000]) await later(sku, shards, ms);
    const recalled = await env.STOCK.getByName(sku).level();
    expect(recalled).toMatchObject({ onHand: 19_980, held: 10, shards: 0 });
    for (const n of [1, 3, 5, 7, 9]) await port.commit({ sku, shards }, { orderId: order(n), part: 0 }, call);
    await later(sku, shards, 10_000);
    expect(await phaseOf(sku)).toBe("whole");
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({ onHand: 19_970, held: 0 });
    for (let shard = 1; shard <= shards; shard += 1)
      expect(await shardOf(sku, shard).level()).toMatchObject({ onHand: 0, held: 0 });
    expect((await env.STOCK.getByName(sku).audit({ limit: 1 })).violations).toEqual([]);
  });

  test(`never sells a unit twice, whatever is cut off (SEED=${SEED})`, async () => {
    const random = createRandom(SEED);
    const sku = freshSku();
    const total = 4_000;
    const shards = await splitSku(sku, total);
    const target = { sku, shards };
    const open = new Map<number, number>();
    let sold = 0;
    let hadShort = false;
    // Wakes all of them: only an object that runs can be put out.
    expect(await everywhere(sku, shards)).toBe(total);
    const finish = async (n: number, isSold: boolean): Promise<void> => {
      const claim = { orderId: order(n), part: 0 };
      if (isSold) {
        expect(await port.commit(target, claim, call)).toEqual({ ok: true, value: true });
        expect(await port.commit(target, claim, call)).toEqual({ ok: true, value: true });
        sold += open.get(n) ?? 0;
      } else await port.release(target, claim, call);
      open.delete(n);
    };
    for (let n = 1; n <= 300; n += 1) {
      clearFailpoints();
      const isLossy = random.next() < 0.3;
      if (isLossy)
        armFailpoint("stock.after-exchange", () => {
          if (random.next() < 0.5) throw new Error("the answer was lost");
        });
      const quantity = random.whole(1, 60);
      const demand = { ...target, orderId: order(n), part: 0, quantity, ttlSeconds: 86_400 };
      const answer = await port.hold(demand, call);
      if (answer.kind === "held") {
        open.set(n, quantity);
        expect(await port.hold(demand, call)).toEqual(answer);
      } else {
        hadShort = true;
        const held = [...open.values()].reduce((sum, units) => sum + units, 0);
        if (!isLossy) expect(total - sold - held).toBeLessThan(quantity);
      }
      const [any] = [...open.keys()].filter(() => random.next() < 0.3);
      if (any !== undefined) await finish(any, random.next() < 0.5);
      if (random.next() < 0.1) await evictDurableObject(env.STOCK.getByName(sku));
      if (random.next() < 0.2) await evictDurableObject(shardOf(sku, random.whole(1, shards)));
      if (random.next() < 0.4) await later(sku, shards, 1_000);
      expect(await everywhere(sku, shards)).toBe(total - sold);
      expect((await env.STOCK.getByName(sku).level()).available).toBeGreaterThanOrEqual(0);
    }
    expect(hadShort).toBe(true);
    clearFailpoints();
    for (const n of [...open.keys()]) await finish(n, n % 2 === 0);
    for (const ms of [10_000, MERGE_AFTER_MS, 10_000, 10_000]) await later(sku, shards, ms);
    expect(await phaseOf(sku)).toBe("whole");
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({
      onHand: total - sold,
      held: 0,
      shards: 0,
    });
    for (const shard of numbers(shards))
      expect(await shardOf(sku, shard).level()).toMatchObject({ onHand: 0, held: 0 });
    expect((await env.STOCK.getByName(sku).audit({ limit: 1 })).violations).toEqual([]);
  }, 120_000);

  test("gets back what an order at a shard had taken and was undone, long after everything came home", async () => {
    const sku = freshSku();
    const shards = await splitSku(sku, 20_000);
    await later(sku, shards, 1_000);
    const claim = { orderId: order(1), part: 0 };
    await port.hold({ sku, shards, ...claim, quantity: 3, ttlSeconds: 600 }, call);
    await port.commit({ sku, shards }, claim, call);
    for (const ms of [10_000, MERGE_AFTER_MS, 1_000, 1_000]) await later(sku, shards, ms);
    expect(await phaseOf(sku)).toBe("whole");
    expect(await env.STOCK.getByName(sku).claimsOf(claim.orderId)).toMatchObject([
      { quantity: 3, status: "committed" },
    ]);
    await port.release({ sku, shards }, claim, call);
    await later(sku, shards, 1_000);
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({ onHand: 20_000, available: 20_000 });
    for (const shard of numbers(shards))
      expect(await shardOf(sku, shard).level()).toMatchObject({ onHand: 0 });
  });

  test("sends an order that one shard has turned away the same way every time", async () => {
    const sku = freshSku();
    const shards = await splitSku(sku, 20_000);
    // The grants have not arrived: no shard sells yet, so the parent serves.
    const demand = { sku, shards, orderId: order(7), part: 0, quantity: 1, ttlSeconds: 600 };
    expect(await port.hold(demand, call)).toEqual({ kind: "held" });
    await later(sku, shards, 1_000);
    expect(await port.hold(demand, call)).toEqual({ kind: "held" });
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({ held: 1, onHand: 20_000 });
    expect(await env.STOCK.getByName(sku).claimsOf(demand.orderId)).toMatchObject([
      { quantity: 1, status: "held" },
    ]);
    // An edit of it asks the parent, whatever its line knows.
    expect(await port.hold({ ...demand, part: 1 }, call)).toEqual({ kind: "held" });
    for (const shard of numbers(shards)) expect((await shardOf(sku, shard).level()).held).toBe(0);
  });

  test("sells to an order object at the shard that its line was frozen with", async () => {
    const sku = freshSku();
    const shards = await splitSku(sku, 20_000);
    await later(sku, shards, 1_000);
    const orderId = mintId("ord", epochMs(Date.now()));
    const lines = [{ ...line(sku, 2), stockShards: shards }];
    const command = placeOrder({ orderId, draft: draft(lines) });
    const placed = await env.ORDERS.getByName(orderId).place(command, call);
    expect(placed).toMatchObject({ ok: true, value: { status: "confirmed" } });
    expect((await env.STOCK.getByName(sku).open()).holds).toEqual([]);
    expect(await env.STOCK.getByName(sku).claimsOf(orderId)).toMatchObject([
      { part: 0, quantity: 2, status: "committed" },
    ]);
    await later(sku, shards, 1_000);
    expect(await env.STOCK.getByName(sku).level()).toMatchObject({ onHand: 19_998, held: 0 });
    const [{ kind } = { kind: "" }] = await env.STOCK.getByName(sku).journal({ limit: 1 });
    expect(kind).toBe("lent_sold");
  });

  test("is not split while a promise beyond the shelf is sold, or when too little is left to share", async () => {
    const sku = freshSku();
    expect(await splitSku(sku, 400)).toBe(0);
    const promised = freshSku();
    await env.STOCK.getByName(promised).setPolicy({ kind: "backorder", limit: 5 }, call);
    expect(await splitSku(promised, 20_000)).toBe(0);
  });
});
