import { env } from "cloudflare:workers";
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { epochMs, mintId, type OrderId } from "#kernel";
import type { OrderAnswer, OrderDraft, OrderView } from "#orders";
import type { CallContext } from "#platform";
import { draft, line, placeOrder } from "../../src/orders/domain/testing/sample-order.ts";
import { deliver } from "../../test/support/fulfilment-ports.ts";
import { compose } from "./compose.ts";
import { QUEUES } from "./queues.ts";

// Real order, stock and parcel objects and the real D1; only the queue between them is the test's own hand.

const call: CallContext = {
  traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  actor: "staff:test",
};
const PAYMENT = { provider: "fake", choice: { kind: "token", token: "t" } } as const;
const orderOf = (orderId: OrderId) => env.ORDERS.getByName(orderId);

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM parcels").run();
});

async function confirmed() {
  const sku = `A-${crypto.randomUUID()}`;
  const count = { adjustmentId: "first", kind: "counted", quantity: 10, reason: "count" } as const;
  await env.STOCK.getByName(sku).adjust(count, call);
  const orderId = mintId("ord", epochMs(Date.now()));
  const base = draft([line(sku, 2)]);
  await orderOf(orderId).place(placeOrder({ orderId, draft: priced(base, base.lines) }), call);
  return { orderId, sku };
}

function priced(old: OrderDraft, lines: OrderDraft["lines"]): OrderDraft {
  const itemsMinor = lines.reduce((sum, entry) => sum + entry.totalMinor, 0);
  const totalMinor = itemsMinor + old.deliveryMinor;
  return { ...old, lines, itemsMinor, totalMinor, dueMinor: totalMinor };
}

const seen = (answer: OrderAnswer): OrderView => {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer.value;
};
const viewOf = async (orderId: OrderId): Promise<OrderView> => seen(await orderOf(orderId).view());

async function edit(orderId: OrderId, quantity: number, sku: string): Promise<OrderView> {
  const { version, draft: old } = await viewOf(orderId);
  const lines = old.lines.map((entry) => ({ ...line(sku, quantity, entry.lineId) }));
  const request = { editId: `e${version}`, expectedVersion: version, reason: "x", payment: PAYMENT };
  return seen(await orderOf(orderId).applyEdit({ ...request, draft: priced(old, lines) }, call));
}

/** What the order's outbox still wants to tell the shipping queue, as the queue would bring it. */
const waiting = (orderId: OrderId): Promise<unknown[]> =>
  runInDurableObject(orderOf(orderId), (_, state) => {
    const rows = state.storage.sql
      .exec<{ body: string }>("SELECT body FROM outbox WHERE destination = 'shipping' ORDER BY sequence")
      .toArray();
    return rows.map((row): unknown => JSON.parse(row.body));
  });
/** A round of the shipping consumer, so many seconds from now. */
async function ship(orderId: OrderId, inSeconds = 0, packAfterSeconds = 900) {
  const real = compose(env);
  const clock = { now: () => epochMs(Date.now() + inSeconds * 1_000) };
  const shipping = { ...real.shipping, clock, packAfterSeconds };
  return deliver(QUEUES.shipping, await waiting(orderId), { ...real, clock, shipping });
}
/** Acknowledged rows go with the object's next transaction; the audit lets them go at once. */
async function toPack(orderId: OrderId): Promise<number> {
  await orderOf(orderId).audit();
  return (await waiting(orderId)).length;
}
async function arrive(orderId: OrderId): Promise<void> {
  for (const { parcelId } of (await viewOf(orderId)).parcels)
    for (const status of ["in_transit", "delivered"] as const) {
      const scan = { scanId: `${parcelId}:${status}`, parcelId, status, occurredAt: epochMs(Date.now()) };
      await orderOf(orderId).recordScan(scan, call);
    }
}
const quantities = ({ parcels }: OrderView) => parcels.map(({ lines }) => lines.map((unit) => unit.quantity));

test("an edit between placing and packing goes out whole, in one parcel", async () => {
  const { orderId, sku } = await confirmed();
  await ship(orderId);
  expect(quantities(await viewOf(orderId))).toEqual([]);
  await edit(orderId, 1, sku);
  await ship(orderId, 901);
  expect(quantities(await viewOf(orderId))).toEqual([[1]]);
  expect((await env.STOCK.getByName(sku).level()).onHand).toBe(9);
  expect(await toPack(orderId)).toBe(0);
});

test("an edit after packing gets a second parcel, and the order arrives once, with both", async () => {
  const { orderId, sku } = await confirmed();
  await ship(orderId, 901);
  await edit(orderId, 5, sku);
  await arrive(orderId);
  expect((await viewOf(orderId)).status).toBe("shipped");
  await ship(orderId, 1_900);
  await ship(orderId, 1_900);
  expect(quantities(await viewOf(orderId))).toEqual([[2], [3]]);
  await arrive(orderId);
  const { status, timeline, parcels } = await viewOf(orderId);
  expect(status).toBe("delivered");
  expect(timeline.filter((entry) => entry.type === "order.delivered")).toHaveLength(1);
  const rows = await env.DB.prepare("SELECT parcel_id FROM parcels ORDER BY created_at_ms, rowid").all();
  expect(rows.results.map((row) => row["parcel_id"])).toEqual(parcels.map((parcel) => parcel.parcelId));
  expect(await toPack(orderId)).toBe(0);
});

test("an order that is called off within the delay ships nothing; money and stock come back", async () => {
  const { orderId, sku } = await confirmed();
  const { draft: placed } = await viewOf(orderId);
  await ship(orderId, 60);
  await orderOf(orderId).cancel({ reason: "changed my mind", by: "staff" }, call);
  await runDurableObjectAlarm(orderOf(orderId));
  await ship(orderId, 901);
  const view = await viewOf(orderId);
  expect(view).toMatchObject({ status: "refunded", parcels: [] });
  expect(view.payment.refundedMinor).toBe(placed.totalMinor);
  expect((await env.STOCK.getByName(sku).level()).onHand).toBe(10);
  expect((await env.DB.prepare("SELECT count(*) AS n FROM parcels").first())?.["n"]).toBe(0);
  expect(await toPack(orderId)).toBe(0);
});

test("while nobody reads the queue an order can be edited twice, and then goes out as it stands, once", async () => {
  const { orderId, sku } = await confirmed();
  await edit(orderId, 4, sku);
  await edit(orderId, 3, sku);
  expect(await waiting(orderId)).toHaveLength(3);
  await ship(orderId, 5_000);
  await ship(orderId, 5_000);
  expect(quantities(await viewOf(orderId))).toEqual([[3]]);
  expect((await env.STOCK.getByName(sku).level()).onHand).toBe(7);
  expect(await toPack(orderId)).toBe(0);
});
