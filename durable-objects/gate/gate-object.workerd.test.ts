import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { epochMs, type CartId, type OrderId } from "#kernel";
import type { CallContext } from "#platform";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "test",
};
const cart = (n: number): CartId => `crt_${n}`;
const order = (n: number): OrderId => `ord_${String(n).padStart(26, "0")}`;
const START = epochMs(1_900_000_000_000);
const request = (n: number, customer = `buyer-${n}@example.com`) => ({
  cartId: cart(n),
  orderId: order(n),
  customer,
  quantity: 1,
});

function gate(units: number) {
  const stub = env.GATES.getByName(`SKU-${crypto.randomUUID()}`);
  let at = START;
  const world = (change: { unitsLeft?: number; ended?: OrderId; onItsWay?: OrderId; laterMs?: number }) =>
    runInDurableObject(stub, (instance) => {
      at = epochMs(at + (change.laterMs ?? 0));
      instance.clock = { now: () => at };
      if (change.unitsLeft !== undefined) instance.unitsLeft = change.unitsLeft;
      if (change.ended !== undefined) instance.endedOrders.add(change.ended);
      if (change.onItsWay !== undefined) instance.unknownOrders.add(change.onItsWay);
    });
  return { stub, world, ready: world({ unitsLeft: units }) };
}

describe("a gate object", () => {
  test("lets people in in the order in which they came, at the pace, with honest numbers", async () => {
    const { stub, world, ready } = gate(1_000);
    await ready;
    await stub.configure({ admitPerSecond: 10 }, call);
    for (let n = 1; n <= 41; n += 1) await stub.position(cart(n), call);
    expect(await stub.position(cart(1), call)).toMatchObject({ kind: "admitted" });
    expect(await stub.position(cart(41), call)).toMatchObject({
      kind: "waiting",
      ahead: 39,
      estimatedSeconds: 4,
    });
    await world({ laterMs: 1_000 });
    await stub.position(cart(41), call);
    expect(await stub.position(cart(11), call)).toMatchObject({ kind: "admitted" });
    expect(await stub.position(cart(12), call)).toMatchObject({ kind: "waiting", ahead: 0 });
    expect(await stub.position(cart(41), call)).toMatchObject({ kind: "waiting", ahead: 29 });
  });

  test("calls nobody to the counter for whom there is no unit", async () => {
    const { stub, world, ready } = gate(3);
    await ready;
    for (let n = 1; n <= 10; n += 1) await stub.position(cart(n), call);
    await world({ laterMs: 5_000 });
    await stub.position(cart(10), call);
    expect(await stub.overview()).toMatchObject({ admitted: 3, waiting: 7 });
    const waiting = await stub.position(cart(4), call);
    expect(waiting).toMatchObject({ kind: "waiting", ahead: 0 });
    expect(waiting).not.toHaveProperty("estimatedSeconds");
  });

  test("keeps every place over an eviction", async () => {
    const { stub, world, ready } = gate(0);
    await ready;
    for (let n = 1; n <= 5; n += 1) await stub.position(cart(n), call);
    await evictDurableObject(stub);
    await world({ unitsLeft: 0 });
    expect(await stub.position(cart(5), call)).toMatchObject({ kind: "waiting", ahead: 4 });
  });

  test("gives the turn of someone who went away to the next", async () => {
    const { stub, world, ready } = gate(1);
    await ready;
    await stub.position(cart(1), call);
    await stub.position(cart(2), call);
    await world({ laterMs: 5 * 60_000 + 1 });
    expect(await stub.position(cart(2), call)).toMatchObject({ kind: "admitted" });
    expect(await stub.position(cart(1), call)).toMatchObject({ kind: "waiting" });
  });

  test("takes people out of the line who stopped asking", async () => {
    const { stub, world, ready } = gate(0);
    await ready;
    for (let n = 1; n <= 3; n += 1) await stub.position(cart(n), call);
    await world({ laterMs: 90_000 });
    await stub.position(cart(3), call);
    await world({ laterMs: 90_000 });
    expect(await stub.position(cart(3), call)).toMatchObject({ ahead: 0 });
    expect(await stub.overview()).toMatchObject({ waiting: 1, left: 2 });
  });

  test("lets one order of a turn through, however often it asks", async () => {
    const { stub, ready } = gate(5);
    await ready;
    expect(await stub.pass(request(1), call)).toEqual({ ok: true, value: true });
    expect(await stub.pass(request(1), call)).toEqual({ ok: true, value: true });
    expect(await stub.pass({ ...request(1), orderId: order(9) }, call)).toMatchObject({ ok: false });
    expect(await stub.position(cart(1), call)).toEqual({ kind: "ordered", orderId: order(1) });
  });

  test("gives the turn back after an order that came to nothing", async () => {
    const { stub, world, ready } = gate(5);
    await ready;
    await stub.pass(request(1), call);
    await world({ ended: order(1) });
    expect(await stub.pass({ ...request(1), orderId: order(9) }, call)).toEqual({ ok: true, value: true });
  });

  test("holds one customer to the limit over many carts, and counts only orders that live", async () => {
    const { stub, world, ready } = gate(50);
    await ready;
    await stub.configure({ admitPerSecond: 100, unitsPerCustomer: 2 }, call);
    await stub.position(cart(1), call);
    await world({ laterMs: 1_000 });
    const passes = await Promise.all(
      [1, 2, 3, 4].map((n) => stub.pass(request(n, "bulk@example.com"), call)),
    );
    expect(passes.filter((pass) => pass.ok)).toHaveLength(2);
    expect(passes.find((pass) => !pass.ok)).toMatchObject({
      refusal: { code: "customer_limit", limit: 2, ordered: 2 },
    });
    await world({ ended: order(1) });
    expect(await stub.pass(request(3, "bulk@example.com"), call)).toEqual({ ok: true, value: true });
  });

  test("counts an order that has passed and is not placed yet, until it would be there", async () => {
    const { stub, world, ready } = gate(50);
    await ready;
    await stub.configure({ admitPerSecond: 100, unitsPerCustomer: 1 }, call);
    await stub.position(cart(1), call);
    await world({ laterMs: 1_000, onItsWay: order(1) });
    expect(await stub.pass(request(1, "fan@example.com"), call)).toEqual({ ok: true, value: true });
    const second = () => stub.pass(request(2, "fan@example.com"), call);
    expect(await second()).toMatchObject({ ok: false, refusal: { code: "customer_limit", ordered: 1 } });
    await world({ laterMs: 5 * 60_000 + 1 });
    expect(await second()).toMatchObject({ refusal: { code: "not_admitted" } });
    await world({ laterMs: 1_000 });
    expect(await second()).toEqual({ ok: true, value: true });
  });

  test("lets a cart whose order was never made use its turn for the next one at once", async () => {
    const { stub, world, ready } = gate(5);
    await ready;
    await stub.pass(request(1), call);
    await world({ onItsWay: order(1) });
    expect(await stub.pass({ ...request(1), orderId: order(9) }, call)).toEqual({ ok: true, value: true });
  });

  test("stores nothing when it is only looked at", async () => {
    const { stub, ready } = gate(5);
    await ready;
    expect(await stub.overview()).toMatchObject({ waiting: 0, settings: { admitPerSecond: 50 } });
    await stub.leave(cart(1), call);
    const tables = await runInDurableObject(stub, (_instance, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'tickets'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});
