import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { OrderView } from "#orders";
import { orderEvent, orderIdOf, orderView } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, testPorts } from "../../test/support/fulfilment-ports.ts";
import { QUEUES } from "./queues.ts";

type Row = { id: string; status: string; version: number; email: string; item_count: number };

const rows = async (): Promise<Row[]> =>
  (await env.DB.prepare("SELECT id, status, version, email, item_count FROM orders ORDER BY id").all<Row>())
    .results;
const count = async (table: "order_events" | "order_lines"): Promise<number> =>
  (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n ?? 0;
const storedView = async (): Promise<unknown> =>
  JSON.parse((await env.DB.prepare("SELECT view FROM orders").first<{ view: string }>())?.view ?? "null");

const at = (version: number, changes: Partial<OrderView> = {}) =>
  orderEvent("order.authorised", orderView({ version, status: "authorised", ...changes }));
const confirmed = orderEvent("order.confirmed", orderView());

beforeEach(async () => {
  await env.DB.batch(
    ["orders", "order_lines", "order_events"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

describe("an order event", () => {
  test("becomes a row, its lines and its timeline", async () => {
    const { ports, orders } = testPorts();
    expect(await deliver(QUEUES.projection, [confirmed], ports)).toEqual({ acked: [0], retried: [] });
    expect(await rows()).toEqual([
      { id: orderIdOf(1), status: "confirmed", version: 8, email: "mira@example.com", item_count: 4 },
    ]);
    expect(await count("order_lines")).toBe(3);
    expect(await count("order_events")).toBe(8);
    expect(await storedView()).toEqual(confirmed.data.order);
    expect(orders.acknowledged).toEqual([{ id: orderIdOf(1), destination: "projection", sequences: [8] }]);
  });

  test("that comes twice changes nothing and is acknowledged again", async () => {
    const { ports, orders } = testPorts();
    await deliver(QUEUES.projection, [confirmed], ports);
    const before = [await rows(), await count("order_events")];
    expect(await deliver(QUEUES.projection, [confirmed, confirmed], ports)).toMatchObject({ acked: [0, 1] });
    expect([await rows(), await count("order_events")]).toEqual(before);
    expect(orders.acknowledged).toHaveLength(2);
  });

  test("that comes late does not take the order back", async () => {
    const { ports } = testPorts();
    await deliver(QUEUES.projection, [confirmed], ports);
    await deliver(QUEUES.projection, [at(4)], ports);
    expect(await rows()).toMatchObject([{ status: "confirmed", version: 8 }]);
  });

  test("heals the gap of events that were lost before it", async () => {
    const { ports } = testPorts();
    await deliver(QUEUES.projection, [at(1)], ports);
    await deliver(QUEUES.projection, [confirmed], ports);
    expect(await count("order_events")).toBe(8);
  });

  test("in any order with others leaves the newest, whatever way they are batched", async () => {
    const { ports, orders } = testPorts();
    await deliver(QUEUES.projection, [at(5), confirmed, at(2)], ports);
    expect(await rows()).toMatchObject([{ version: 8 }]);
    expect(orders.acknowledged).toEqual([
      { id: orderIdOf(1), destination: "projection", sequences: [5, 8, 2] },
    ]);
  });

  test("is applied even when its object does not hear of it", async () => {
    const { ports, orders } = testPorts();
    orders.isUnreachable = true;
    expect(await deliver(QUEUES.projection, [confirmed], ports)).toEqual({ acked: [0], retried: [] });
    expect(await rows()).toHaveLength(1);
  });
});

test("F10: a message that cannot be read goes back alone; the others are applied", async () => {
  const { ports } = testPorts();
  const poison = { ...confirmed, data: { order: { orderId: "nobody" } } };
  const result = await deliver(
    QUEUES.projection,
    [poison, confirmed, "text", { aggregate: { kind: "stock" } }],
    ports,
  );
  expect(result).toEqual({ acked: [1], retried: [0, 2, 3] });
  expect(await rows()).toHaveLength(1);
});

test("an order that the database refuses goes back alone", async () => {
  const { ports } = testPorts();
  const bad = orderView({ orderId: orderIdOf(2) });
  const negative = orderEvent("order.confirmed", { ...bad, draft: { ...bad.draft, totalMinor: -1 } });
  const third = orderEvent("order.confirmed", orderView({ orderId: orderIdOf(3) }));
  expect(await deliver(QUEUES.projection, [confirmed, negative, third], ports)).toEqual({
    acked: [0, 2],
    retried: [1],
  });
  expect((await rows()).map((row) => row.id)).toEqual([orderIdOf(1), orderIdOf(3)]);
});

test("a database that is down sends messages back; once it is up they are applied and nothing is acknowledged before", async () => {
  const down = testPorts(DEAD_DB);
  expect(await deliver(QUEUES.projection, [confirmed], down.ports)).toEqual({ acked: [], retried: [0] });
  expect(down.orders.acknowledged).toEqual([]);
  const up = testPorts();
  expect(await deliver(QUEUES.projection, [confirmed], up.ports)).toEqual({ acked: [0], retried: [] });
  expect(up.orders.acknowledged).toHaveLength(1);
});

test("a full batch of fifty orders is written in few transactions", async () => {
  const { ports } = testPorts();
  const project = vi.spyOn(ports.orderTable, "project");
  const events = Array.from({ length: 50 }, (_, n) =>
    orderEvent("order.confirmed", orderView({ orderId: orderIdOf(n + 1) })),
  );
  expect((await deliver(QUEUES.projection, events, ports)).acked).toHaveLength(50);
  expect(project).toHaveBeenCalledTimes(2);
  expect(await rows()).toHaveLength(50);
});

describe("a stock event", () => {
  const counts = (available: number) => ({
    onHand: available + 3,
    held: 1,
    damaged: 0,
    safety: 2,
    incoming: 4,
    inTransit: 0,
    available,
  });
  const level = (sku: string, version: number, available: number) => ({
    id: `stock:${sku}:${version}`,
    type: "stock.changed",
    aggregate: { kind: "stock", id: sku },
    sequence: version,
    occurredAt: "2026-11-27T10:02:00.000Z",
    version: 1,
    data: {
      sku,
      ...counts(available),
      orderable: available,
      policy: { kind: "backorder", limit: 3 },
      locations: [{ location: "main", ...counts(available), servesOrders: true }],
      arrangement: 1,
    },
    traceparent: "",
  });
  const levels = async () =>
    (await env.DB.prepare("SELECT sku, on_hand, available, version FROM stock_levels ORDER BY sku").all())
      .results;

  beforeEach(async () => {
    await env.DB.prepare("DELETE FROM stock_levels").run();
  });

  test("becomes the level of its SKU and is acknowledged", async () => {
    const { ports, orders } = testPorts();
    expect(await deliver(QUEUES.projection, [level("A", 3, 7)], ports)).toEqual({ acked: [0], retried: [] });
    expect(await levels()).toEqual([{ sku: "A", on_hand: 10, available: 7, version: 3 }]);
    expect(orders.acknowledged).toEqual([{ id: "A", destination: "projection", sequences: [3] }]);
  });

  test("that comes late, twice or out of order leaves the newest", async () => {
    const { ports } = testPorts();
    await deliver(QUEUES.projection, [level("A", 5, 2), level("A", 3, 7), level("B", 1, 1)], ports);
    await deliver(QUEUES.projection, [level("A", 4, 6), level("A", 5, 2)], ports);
    expect(await levels()).toMatchObject([
      { sku: "A", version: 5 },
      { sku: "B", version: 1 },
    ]);
  });

  test("of another SKU than its envelope names is not applied", async () => {
    const { ports } = testPorts();
    const mixed = { ...level("A", 1, 1), aggregate: { kind: "stock", id: "B" } };
    expect(await deliver(QUEUES.projection, [mixed, level("C", 1, 1)], ports)).toEqual({
      acked: [1],
      retried: [0],
    });
    expect(await levels()).toMatchObject([{ sku: "C" }]);
  });

  test("is applied while orders cannot be written, and the other way round", async () => {
    const { ports } = testPorts();
    const broken = {
      ...ports,
      orderTable: { ...ports.orderTable, project: () => Promise.reject(new Error("no")) },
    };
    expect(await deliver(QUEUES.projection, [confirmed, level("A", 1, 1)], broken)).toEqual({
      acked: [1],
      retried: [0],
    });
  });
});

describe("a voucher event", () => {
  const card = (version: number, balanceMinor: number) => ({
    id: `voucher:gift:a:${version}`,
    type: "voucher.changed",
    aggregate: { kind: "voucher", id: "gift:a" },
    sequence: version,
    occurredAt: "2026-11-27T10:02:00.000Z",
    version: 1,
    data: {
      voucherId: "gift:a",
      terms: { kind: "gift_card", note: "", currency: "EUR", hint: "7KQM", isDisabled: false },
      usedCount: 0,
      held: 0,
      balanceMinor,
      version,
      updatedAt: 1_795_000_000_000,
    },
    traceparent: "",
  });

  test("that comes late, twice or out of order leaves the newest, and all are acknowledged", async () => {
    const { ports, orders } = testPorts();
    const events = [card(5, 200), card(3, 700), card(5, 200)];
    expect((await deliver(QUEUES.projection, events, ports)).acked).toEqual([0, 1, 2]);
    await deliver(QUEUES.projection, [card(4, 600)], ports);
    const { results } = await env.DB.prepare("SELECT balance_minor, version FROM vouchers").all();
    expect(results).toEqual([{ balance_minor: 200, version: 5 }]);
    expect(orders.acknowledged[0]).toMatchObject({ id: "gift:a", sequences: [5, 3, 5] });
  });

  test("of another voucher than its envelope names is not applied", async () => {
    const { ports } = testPorts();
    const mixed = { ...card(9, 1), aggregate: { kind: "voucher", id: "gift:b" } };
    expect(await deliver(QUEUES.projection, [mixed], ports)).toEqual({ acked: [], retried: [0] });
  });
});
