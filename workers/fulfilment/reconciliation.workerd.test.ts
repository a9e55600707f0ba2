import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { epochMs, mintId, MINUTE_MS, type EpochMs, type OrderId } from "#kernel";
import type { OrderDraft } from "#orders";
import type { CallContext } from "#platform";
import { createReconciliationDesk } from "../../src/reconciliation/app/desk.ts";
import { runReconciliation } from "../../src/reconciliation/app/run.ts";
import type { ReconciliationPorts } from "../../src/reconciliation/app/ports.ts";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";
import { reconciliationPorts } from "../shared/reconciliation-ports.ts";

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "staff:test",
};
const orderOf = (orderId: OrderId) => env.ORDERS.getByName(orderId);
const stockOf = (sku: string) => env.STOCK.getByName(sku);

/** The ports over the test's objects and D1, some minutes after everything happened. */
function portsAt(minutes = 2): ReconciliationPorts {
  const now: EpochMs = epochMs(Date.now() + minutes * MINUTE_MS);
  // The provider of these tests is within the order objects.
  const { provider: _provider, ...ports } = reconciliationPorts(env);
  return { ...ports, clock: { now: () => now } };
}
const run = (ports: ReconciliationPorts, request: { everything?: boolean; rebuild?: boolean } = {}) =>
  runReconciliation({ ...request, actor: "system:test" }, ports);

async function stocked(units = 9): Promise<string> {
  const sku = `R-${crypto.randomUUID()}`;
  await stockOf(sku).adjust(
    { adjustmentId: "first", kind: "counted", quantity: units, reason: "count" },
    call,
  );
  return sku;
}

/** A confirmed order for two units of a SKU, all of whose events have been applied. */
async function sold(sku: string): Promise<OrderId> {
  const orderId = mintId("ord", epochMs(Date.now()));
  const lines: OrderDraft["lines"] = [line(sku, 2)];
  const reply = await orderOf(orderId).place(placeOrder({ orderId, draft: draft(lines) }), call);
  expect(reply).toMatchObject({ ok: true, value: { status: "confirmed" } });
  await applied(orderId, sku);
  return orderId;
}

/** What the queues and the projector would have done by now. */
async function applied(orderId: OrderId, sku: string): Promise<void> {
  const ports = portsAt();
  await ports.copies.rewriteOrders([orderId], await ports.copies.orderImages([orderId]));
  await ports.copies.rewriteStock([sku], await ports.copies.stockImages([sku]));
  const sequences = Array.from({ length: 40 }, (_, index) => index + 1);
  for (const destination of ["projection", "shipping", "notifications"] as const)
    await orderOf(orderId).acknowledge(destination, sequences);
  await stockOf(sku).acknowledge("projection", sequences);
}

const breakRows = async () =>
  (await env.DB.prepare("SELECT class, status, found, aid_attempts AS aids FROM breaks ORDER BY class").all())
    .results;
const dump = async () =>
  Promise.all(
    ["orders", "order_lines", "order_events", "stock_levels"].map(async (table) => {
      const { results } = await env.DB.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all();
      return results.map(({ checked_at_ms: _checked, updated_at_ms: _updated, ...row }) => row);
    }),
  );

beforeEach(async () => {
  const tables = [
    "orders",
    "order_lines",
    "order_events",
    "stock_levels",
    "parcels",
    "breaks",
    "break_attempts",
  ];
  await env.DB.batch(
    [...tables, "reconciliation_jobs"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
  );
});

describe("a run", () => {
  test("finds nothing in a shop that is level", async () => {
    await sold(await stocked());
    expect(await run(portsAt(), { everything: true })).toMatchObject({
      ok: true,
      value: { opened: 0, hasMore: false },
    });
    expect(await breakRows()).toEqual([]);
  });

  test("mends a copy that is gone, wrong or ahead, and says what it tried", async () => {
    const sku = await stocked();
    const ids = [await sold(sku), await sold(sku), await sold(sku)] as const;
    const before = await dump();
    await env.DB.batch([
      env.DB.prepare("DELETE FROM orders WHERE id = ?").bind(ids[0]),
      env.DB.prepare("UPDATE orders SET total_minor = 1 WHERE id = ?").bind(ids[1]),
      env.DB.prepare("DELETE FROM order_events WHERE order_id = ? AND sequence = 3").bind(ids[1]),
      env.DB.prepare("UPDATE orders SET version = 99 WHERE id = ?").bind(ids[2]),
      env.DB.prepare("UPDATE stock_levels SET damaged = 5 WHERE sku = ?").bind(sku),
    ]);
    const ports = portsAt();
    expect(await run(ports, { everything: true })).toMatchObject({
      ok: true,
      value: { opened: 4, aided: 4 },
    });
    // The one that was ahead was first told to go on; the next run writes it.
    await run(portsAt(10), { everything: true });
    const rows = await breakRows();
    expect(rows.map((row) => row["found"]).sort()).toEqual([
      "ahead: version 99",
      "missing",
      "wrong: events, order",
      "wrong: level",
    ]);
    expect(rows.find((row) => row["found"] === "ahead: version 99")).toMatchObject({ aids: 2 });
    expect((await breakRows()).map((row) => row["status"])).toEqual(
      Array.from({ length: 4 }, () => "resolved"),
    );
    expect(await dump()).toEqual(before);
  });

  test("keeps one row per difference however often it is seen, and opens it anew when it is back", async () => {
    const sku = await stocked();
    await sold(sku);
    const spoil = (value: number) =>
      runInDurableObject(stockOf(sku), (_instance, state) =>
        state.storage.sql.exec(
          "UPDATE journal SET on_hand_change = on_hand_change + ? WHERE sequence = 1",
          value,
        ),
      );
    await spoil(1);
    for (const minutes of [2, 4, 6]) await run(portsAt(minutes));
    const seen = await breakRows();
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map((row) => row["class"]))).toEqual(new Set(["stock.invariant"]));
    await spoil(-1);
    await run(portsAt(8));
    expect((await breakRows()).map((row) => row["status"])).toEqual(seen.map(() => "resolved"));
    await spoil(1);
    await run(portsAt(10));
    expect((await breakRows()).map((row) => row["status"])).toEqual(seen.map(() => "open"));
  });
});

describe("F21: crons that overlap or are skipped", () => {
  test("of two runs at once one works and the other stands back", async () => {
    await sold(await stocked());
    const answers = await Promise.all([run(portsAt()), run(portsAt()), run(portsAt())]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok)).toEqual(
      [1, 2].map(() => ({ ok: false, refusal: { code: "run_in_progress" } })),
    );
    expect(await run(portsAt())).toMatchObject({ ok: true });
  });

  test("a runner that died is replaced when its lease has run out, and cannot move a lap any more", async () => {
    const ports = portsAt();
    const now = ports.clock.now();
    expect(await ports.jobs.takeLease("dead", now, epochMs(now + 4 * MINUTE_MS))).toBe(true);
    expect(await run(portsAt(3))).toMatchObject({ ok: false });
    expect(await run(portsAt(7))).toMatchObject({ ok: true });
    await ports.jobs.begin("full-orders", now);
    const page = { checked: 5, found: 0, nextCursor: "ord_x" };
    expect(await ports.jobs.advance("full-orders", page, { owner: "dead", now })).toBe(false);
  });

  test("a lap goes on where the last page ended, and the night that was missed is made up for", async () => {
    const sku = await stocked(40);
    for (let n = 0; n < 3; n += 1) await sold(sku);
    const ports = portsAt();
    const now = ports.clock.now();
    await ports.jobs.begin("full-orders", now);
    await ports.jobs.takeLease("first", now, epochMs(now + 1));
    const [first] = await ports.copies.orderIds({ after: "", limit: 1 });
    await ports.jobs.advance(
      "full-orders",
      { checked: 1, found: 0, nextCursor: first ?? "" },
      { owner: "first", now },
    );
    await run(portsAt(3));
    expect(await ports.jobs.read("full-orders")).toMatchObject({ isUnderWay: false, lastLapChecked: 3 });
    await run(portsAt(3 * 24 * 60));
    expect((await ports.jobs.read("full-orders")).lastLapAt).toBeGreaterThan(now + 2 * 24 * 60 * MINUTE_MS);
  });
});

describe("a rebuild", () => {
  test("of copies that were spoiled and deleted gives back every row", async () => {
    const sku = await stocked(40);
    const ids: OrderId[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await sold(sku));
    const before = await dump();
    await env.DB.batch([
      env.DB.prepare("DELETE FROM orders WHERE id = ?").bind(ids[0]),
      env.DB.prepare("UPDATE orders SET email = 'x', version = 77 WHERE id = ?").bind(ids[1]),
      env.DB.prepare("DELETE FROM order_lines WHERE order_id = ?").bind(ids[2]),
      env.DB.prepare(
        "INSERT INTO order_events (order_id, sequence, type, occurred_at_ms) VALUES (?, 90, 'x', 1)",
      ).bind(ids[3]),
      env.DB.prepare("UPDATE stock_levels SET on_hand = 3, available = 3, version = 500").bind(),
    ]);
    const ports = portsAt();
    expect(await run(ports, { rebuild: true })).toMatchObject({ ok: true, value: { hasMore: false } });
    expect(await dump()).toEqual(before);
    for (const name of ["rebuild-orders", "rebuild-stock"] as const) {
      const job = await ports.jobs.read(name);
      expect(job.objectChecksum).not.toBe("");
      expect(job.copyChecksum).toBe(job.objectChecksum);
    }
  });

  test("of a database that has lost every order finds them in the memory of the stock objects", async () => {
    const sku = await stocked(40);
    for (let n = 0; n < 3; n += 1) await sold(sku);
    const before = await dump();
    await env.DB.batch(
      ["orders", "order_lines", "order_events"].map((table) => env.DB.prepare(`DELETE FROM ${table}`)),
    );
    await run(portsAt(), { rebuild: true });
    expect(await dump()).toEqual(before);
  });
});

type Table = { name: string; rows: Record<string, SqlStorageValue>[] };
type Stub = Parameters<typeof evictDurableObject>[0];

/** Everything that an object has stored. */
const photograph = (stub: Stub): Promise<Table[]> =>
  runInDurableObject(stub, (_instance, state) =>
    state.storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
      )
      .toArray()
      .map(({ name }) => ({ name, rows: state.storage.sql.exec(`SELECT * FROM "${name}"`).toArray() })),
  );

/** Sets an object back to what it was, as a restore of the platform would. */
async function setBack(stub: Stub, past: readonly Table[]): Promise<void> {
  await runInDurableObject(stub, (_instance, state) => {
    for (const { name, rows } of past) {
      state.storage.sql.exec(`DELETE FROM "${name}"`);
      for (const row of rows) {
        const names = Object.keys(row);
        state.storage.sql.exec(
          `INSERT INTO "${name}" (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
          ...Object.values(row),
        );
      }
    }
  });
  await evictDurableObject(stub);
}

describe("F20: one object is set back to the past", () => {
  test("a stock object that forgot a sale takes the units off its shelf again", async () => {
    const sku = await stocked(5);
    const past = await photograph(stockOf(sku));
    const orderId = await sold(sku);
    await setBack(stockOf(sku), past);
    expect(await stockOf(sku).level()).toMatchObject({ onHand: 5, held: 0 });
    await run(portsAt(), { everything: true });
    expect(await stockOf(sku).level()).toMatchObject({ onHand: 3, held: 0 });
    await applied(orderId, sku);
    await run(portsAt(10), { everything: true });
    expect((await breakRows()).filter((row) => row["status"] === "open")).toEqual([]);
  });

  test("an order that forgot its shipment goes on to where its parcel is, and nothing is taken or shipped twice", async () => {
    const sku = await stocked(5);
    const orderId = await sold(sku);
    const order = orderOf(orderId);
    const past = await photograph(order);
    const id = orderId.slice(4);
    const parcel = {
      parcelId: `pcl_${id}`,
      shipmentId: `shp_${id}`,
      carrier: "Post",
      trackingNumber: "T1",
    } as const;
    const lines = [{ lineId: `line-${sku}`, quantity: 2 }];
    await order.startFulfilment({ ...parcel, lines }, call);
    await order.recordScan(
      { scanId: "s", parcelId: parcel.parcelId, status: "delivered", occurredAt: epochMs(Date.now()) },
      call,
    );
    await applied(orderId, sku);
    await env.DB.prepare(
      "INSERT INTO parcels (parcel_id, order_id, shipment_id, carrier, tracking_number, status, created_at_ms, updated_at_ms) VALUES (?, ?, ?, 'Post', 'T1', 'delivered', 1, 1)",
    )
      .bind(parcel.parcelId, orderId, parcel.shipmentId)
      .run();
    await setBack(order, past);
    expect(await order.view()).toMatchObject({ ok: true, value: { status: "confirmed" } });

    await run(portsAt(), { everything: true });
    const classes = (await breakRows()).map((row) => row["class"]);
    expect(classes).toEqual(["order.behind_parcel", "projection.order"]);
    // The shipping queue gets its event again; the parcel has one name for ever.
    await order.startFulfilment({ ...parcel, lines }, call);
    for (const minutes of [10, 20, 40]) await run(portsAt(minutes), { everything: true });
    expect(await order.view()).toMatchObject({
      ok: true,
      value: { status: "delivered", parcels: [{ parcelId: parcel.parcelId }] },
    });
    expect(await stockOf(sku).level()).toMatchObject({ onHand: 3, held: 0 });
    const captures = await runInDurableObject(order, (instance) =>
      instance.payments.calls.filter((entry) => entry.startsWith("capture")),
    );
    expect(captures).toHaveLength(1);
    expect((await env.DB.prepare("SELECT status FROM orders").first())?.["status"]).toBe("delivered");
  });
});

describe("what a person does", () => {
  test("is done once per key, noted, and looked at at once", async () => {
    const sku = await stocked();
    const orderId = await sold(sku);
    await env.DB.prepare("UPDATE orders SET total_minor = 1").run();
    const ports = portsAt();
    const desk = createReconciliationDesk({ ...ports, breaks: { ...ports.breaks, ailing: async () => [] } });
    await desk.run({ everything: true });
    const list = await desk.list({ limit: 10 });
    const found = list.ok ? list.value.items[0] : undefined;
    expect(found).toMatchObject({ class: "projection.order", aggregate: { id: orderId }, status: "open" });
    const breakId = found?.breakId ?? "";
    const refused = await desk.repair({ breakId, action: "release", attemptId: "a0" }, call);
    expect(refused).toMatchObject({ ok: false, refusal: { code: "repair_not_possible" } });
    const accepted = await desk.accept({ breakId, reason: "known since the move", attemptId: "a1" }, call);
    expect(accepted).toMatchObject({
      ok: true,
      value: { status: "accepted", accepted: { by: "staff:test" } },
    });
    for (let n = 0; n < 2; n += 1)
      expect(await desk.repair({ breakId, action: "reproject", attemptId: "a2" }, call)).toMatchObject({
        ok: true,
        value: { status: "resolved" },
      });
    const read = await desk.read(breakId);
    expect(read.ok ? read.value.attempts.map((attempt) => attempt.action).sort() : []).toEqual([
      "accept",
      "reproject",
    ]);
    expect(await desk.read("brk_none")).toMatchObject({ ok: false, refusal: { code: "break_unknown" } });
    expect(await desk.health()).toMatchObject({ open: 0, accepted: 0 });
  });
});
