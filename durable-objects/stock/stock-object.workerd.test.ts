import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { epochMs, type OrderId } from "#kernel";
import type { CallContext } from "#platform";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;
let serial = 0;
const freshSku = (): string => `TEST-${(serial += 1)}-${crypto.randomUUID()}`;

async function stocked(
  units: number,
): Promise<DurableObjectStub<typeof env.STOCK extends DurableObjectNamespace<infer T> ? T : never>> {
  const stub = env.STOCK.getByName(freshSku());
  await stub.adjust(
    { adjustmentId: "first", kind: "counted", quantity: units, reason: "opening count" },
    call,
  );
  return stub;
}

async function pageOf(stub: Awaited<ReturnType<typeof stocked>>, page: Page) {
  const answer = await stub.holds({
    limit: page.limit,
    ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
  });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { orders: answer.value.items.map(({ orderId }) => orderId), cursor: answer.value.nextCursor };
}
type Page = { readonly limit: number; readonly cursor?: string | undefined };

describe("a stock object", () => {
  test("sells exactly what it has to many buyers at once", async () => {
    const stub = await stocked(5);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        stub.hold({ orderId: order(n), part: 0, quantity: 1, ttlSeconds: 60 }, call),
      ),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(5);
    expect(await stub.level()).toMatchObject({ onHand: 5, held: 5, available: 0 });
  });

  test("gives the same answer to a repeated command and moves units once", async () => {
    const stub = await stocked(5);
    const hold = { orderId: order(1), part: 0, quantity: 2, ttlSeconds: 60 };
    expect(await stub.hold(hold, call)).toEqual(await stub.hold(hold, call));
    await stub.commit({ orderId: order(1), part: 0 }, call);
    await stub.commit({ orderId: order(1), part: 0 }, call);
    expect(await stub.level()).toMatchObject({ onHand: 3, held: 0 });
    expect((await stub.journal({ limit: 10 })).map((entry) => entry.kind)).toEqual([
      "committed",
      "held",
      "counted",
    ]);
  });

  test("applies an adjustment once, however often it arrives", async () => {
    const stub = await stocked(5);
    const receipt = {
      adjustmentId: "delivery-7",
      kind: "received",
      quantity: 3,
      reason: "delivery",
    } as const;
    await stub.adjust(receipt, call);
    await stub.adjust(receipt, call);
    expect(await stub.level()).toMatchObject({ onHand: 8 });
  });

  test("refuses a hold that arrives after its release", async () => {
    const stub = await stocked(5);
    await stub.release({ orderId: order(1), part: 0 }, call);
    expect(await stub.hold({ orderId: order(1), part: 0, quantity: 1, ttlSeconds: 60 }, call)).toMatchObject({
      ok: false,
      refusal: { code: "hold_gone" },
    });
  });

  test("keeps everything over an eviction", async () => {
    const stub = await stocked(5);
    await stub.hold({ orderId: order(1), part: 0, quantity: 2, ttlSeconds: 60 }, call);
    const before = await stub.level();
    await evictDurableObject(stub);
    expect(await stub.level()).toEqual(before);
  });

  test("numbers its journal without a gap and explains each level by it", async () => {
    const stub = await stocked(9);
    for (const n of [1, 2, 3])
      await stub.hold({ orderId: order(n), part: 0, quantity: n, ttlSeconds: 60 }, call);
    await stub.commit({ orderId: order(2), part: 0 }, call);
    await stub.release({ orderId: order(3), part: 0 }, call);
    const journal = [...(await stub.journal({ limit: 100 }))].reverse();
    expect(journal.map((entry) => entry.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(journal.reduce((sum, entry) => sum + entry.onHandChange, 0)).toBe(7);
    expect(journal.at(-1)).toMatchObject({ onHandAfter: 7, heldAfter: 1 });
  });

  test("stores nothing when it is only asked about", async () => {
    const stub = env.STOCK.getByName(freshSku());
    expect(await stub.level()).toMatchObject({ onHand: 0, available: 0, version: 0 });
    expect(await stub.journal({ limit: 10 })).toEqual([]);
    const tables = await runInDurableObject(
      stub,
      (_instance, state) =>
        state.storage.sql
          .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'level'")
          .toArray().length,
    );
    expect(tables).toBe(0);
  });

  test("frees the units of an order that nobody knows, once their deadline has passed", async () => {
    const stub = await stocked(5);
    await stub.hold({ orderId: order(99), part: 0, quantity: 2, ttlSeconds: 60 }, call);
    const later = epochMs(Date.now() + 3_600_000);
    await runInDurableObject(stub, (instance) => {
      instance.clock = { now: () => later };
    });
    await runDurableObjectAlarm(stub);
    expect(await stub.level()).toMatchObject({ held: 0, onHand: 5 });
  });

  test("lists all its open holds by page, and none twice or never when one is extended in between", async () => {
    const stub = await stocked(20);
    for (let n = 1; n <= 7; n += 1)
      await stub.hold({ orderId: order(n), part: 0, quantity: 1, ttlSeconds: n > 4 ? 900 : 60 }, call);
    await stub.commit({ orderId: order(2), part: 0 }, call);
    const first = await pageOf(stub, { limit: 3 });
    expect(first.orders).toEqual([order(1), order(3), order(4)]);
    // One of the page is extended, as a live order's hold is: it comes once more, and nobody is passed over.
    await runInDurableObject(stub, (_instance, { storage }) =>
      storage.sql.exec("UPDATE holds SET due_at_ms = due_at_ms + 3600000 WHERE claim = ?", order(1)),
    );
    const second = await pageOf(stub, { limit: 3, cursor: first.cursor });
    const third = await pageOf(stub, { limit: 3, cursor: second.cursor });
    expect([...second.orders, ...third.orders]).toEqual([order(5), order(6), order(7), order(1)]);
    expect(third.cursor).toBeUndefined();
    expect(await stub.holds({ limit: 3, cursor: "nonsense" })).toMatchObject({
      refusal: { code: "invalid_cursor" },
    });
    expect(await env.STOCK.getByName(freshSku()).holds({ limit: 3 })).toMatchObject({ value: { items: [] } });
  });

  test("waits to be told again until the projector has applied the level", async () => {
    const stub = await stocked(5);
    const waiting = async (): Promise<number> => (await stub.audit({ limit: 1 })).outbox.waiting;
    expect(await waiting()).toBe(1);
    await runDurableObjectAlarm(stub);
    expect(await waiting()).toBe(1);
    await evictDurableObject(stub);
    expect(await waiting()).toBe(1);
    const { version } = await stub.level();
    await stub.acknowledge("projection", [version]);
    expect(await waiting()).toBe(0);
    await stub.retell();
    expect(await waiting()).toBe(1);
  });

  test("turns finished holds into a line per day after thirty days, and keeps the journal", async () => {
    const stub = await stocked(5);
    for (const n of [1, 2]) {
      await stub.hold({ orderId: order(n), part: 0, quantity: n, ttlSeconds: 60 }, call);
      await stub.commit({ orderId: order(n), part: 0 }, call);
    }
    const { version } = await stub.level();
    const later = epochMs(Date.now() + 31 * 86_400_000);
    await runInDurableObject(stub, (instance) => {
      instance.clock = { now: () => later };
    });
    await runDurableObjectAlarm(stub);
    const days = await runInDurableObject(stub, (_instance, state) =>
      state.storage.sql.exec("SELECT status, holds, units FROM hold_days").toArray(),
    );
    expect(days).toEqual([{ status: "committed", holds: 2, units: 3 }]);
    expect(await stub.claimsOf(order(1))).toEqual([]);
    expect(await stub.level()).toMatchObject({ onHand: 2, version });
  });

  test("proves itself sound, and lists its claims by page and by order", async () => {
    const stub = await stocked(9);
    for (const n of [1, 2, 3])
      await stub.hold({ orderId: order(n), part: 0, quantity: n, ttlSeconds: 60 }, call);
    await stub.hold({ orderId: order(2), part: 1, quantity: 1, ttlSeconds: 60 }, call);
    await stub.commit({ orderId: order(1), part: 0 }, call);
    const first = await stub.audit({ limit: 3 });
    expect(first).toMatchObject({ violations: [], level: { onHand: 8 }, outbox: { waiting: 1 } });
    expect(first.outbox.oldestAt).toBeGreaterThan(0);
    const rest = await stub.audit({ after: first.nextClaim ?? "", limit: 3 });
    expect([...first.claims, ...rest.claims].map(({ orderId, part }) => [orderId, part])).toEqual([
      [order(1), 0],
      [order(2), 0],
      [order(2), 1],
      [order(3), 0],
    ]);
    expect(rest.nextClaim).toBeUndefined();
    expect(await stub.claimsOf(order(2))).toMatchObject([{ part: 0 }, { part: 1, quantity: 1 }]);
  });

  test("says which of its promises is broken", async () => {
    const stub = await stocked(5);
    await runInDurableObject(stub, (_instance, state) =>
      state.storage.sql.exec("UPDATE journal SET on_hand_after = 7"),
    );
    expect((await stub.audit({ limit: 1 })).violations).toEqual([
      { rule: "each location's last journal entry has the sum of its units on hand", expected: 5, found: 7 },
    ]);
  });

  test("stops when its journal does not add up, and says why", async () => {
    const stub = await stocked(5);
    await runInDurableObject(stub, (_instance, state) =>
      state.storage.sql.exec("UPDATE journal SET on_hand_change = 7"),
    );
    await evictDurableObject(stub);
    const request = { orderId: order(1), part: 0, quantity: 1, ttlSeconds: 60 };
    const answer = await runInDurableObject(stub, (instance) => instance.hold(request, call).catch(String));
    expect(answer).toMatch(/adds up/);
    expect((await stub.audit({ limit: 1 })).violations.map(({ rule }) => rule)).toContainEqual(
      expect.stringContaining("journal entry 1 adds up"),
    );
  });
});
