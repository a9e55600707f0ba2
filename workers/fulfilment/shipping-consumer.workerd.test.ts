import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { epochMs } from "#kernel";
import type { OrderView } from "#orders";
import { orderEvent, orderIdOf, orderView, PARCEL } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, knows, NOW, testPorts } from "../../test/support/fulfilment-ports.ts";
import { QUEUES } from "./queues.ts";

const confirmed = (view: OrderView = orderView()) => orderEvent("order.confirmed", view);
const parcelId = `pcl_${orderIdOf(1).slice(4)}`;
const parcelRows = async () =>
  (await env.DB.prepare("SELECT parcel_id, order_id, status FROM parcels").all()).results;

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM parcels").run();
});

test("a confirmed order gets one parcel, booked and told to the order", async () => {
  const { ports, orders, parcels } = testPorts();
  knows(orders, orderView());
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [0], retried: [] });
  expect(orders.started).toEqual([{ id: orderIdOf(1), parcelId }]);
  expect(parcels.booked).toEqual([parcelId]);
  expect(await parcelRows()).toEqual([
    { parcel_id: parcelId, order_id: orderIdOf(1), status: "label_created" },
  ]);
  expect(orders.acknowledged).toEqual([{ id: orderIdOf(1), destination: "shipping", sequences: [8] }]);
});

test("the same event twice makes one parcel", async () => {
  const { ports, orders, parcels } = testPorts();
  knows(orders, orderView());
  await deliver(QUEUES.shipping, [confirmed()], ports);
  await deliver(QUEUES.shipping, [confirmed(), confirmed()], ports);
  expect(new Set(parcels.booked)).toEqual(new Set([parcelId]));
  expect(await parcelRows()).toHaveLength(1);
});

test("an order of downloads ships nothing and is done", async () => {
  const { ports, orders, parcels } = testPorts();
  const view = orderView();
  const lines = view.draft.lines.map((line) => ({ ...line, requiresShipping: false }));
  knows(orders, { ...view, draft: { ...view.draft, lines } });
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toMatchObject({ acked: [0] });
  expect([orders.started, parcels.booked]).toEqual([[], []]);
  expect(orders.acknowledged).toHaveLength(1);
});

test("an order that was called off meanwhile ships nothing and is done", async () => {
  const { ports, orders, parcels } = testPorts();
  orders.refusal = { code: "transition_refused", status: "cancelled", command: "start-fulfilment" };
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toMatchObject({ acked: [0] });
  expect(parcels.booked).toEqual([]);
});

test("an order that is not ready, or that cannot be reached, is tried again", async () => {
  const { ports, orders, parcels } = testPorts();
  orders.refusal = { code: "transition_refused", status: "capturing", command: "start-fulfilment" };
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [], retried: [0] });
  orders.isUnreachable = true;
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [], retried: [0] });
  expect(parcels.booked).toEqual([]);
  expect(orders.acknowledged).toEqual([]);
});

test("a message that cannot be read goes back alone", async () => {
  const { ports, orders } = testPorts();
  knows(orders, orderView());
  expect(await deliver(QUEUES.shipping, [{ type: "order.confirmed" }, confirmed()], ports)).toEqual({
    acked: [1],
    retried: [0],
  });
});

test("with D1 down the parcel still leaves; its row follows when D1 is back", async () => {
  const down = testPorts(DEAD_DB);
  knows(down.orders, orderView());
  expect(await deliver(QUEUES.shipping, [confirmed()], down.ports)).toEqual({ acked: [], retried: [0] });
  expect(down.parcels.booked).toEqual([parcelId]);
  const up = testPorts();
  knows(up.orders, orderView());
  expect(await deliver(QUEUES.shipping, [confirmed()], up.ports)).toEqual({ acked: [0], retried: [] });
  expect(await parcelRows()).toHaveLength(1);
});

// What comes between the confirmation and the parcel.

const PACK_AFTER = 900;
const patient = (seconds = PACK_AFTER) => {
  const made = testPorts();
  const shipping = { ...made.ports.shipping, packAfterSeconds: seconds };
  return { ...made, ports: { ...made.ports, shipping } };
};
/** A view whose lines have these quantities; the third line is a download. */
const withQuantities = (view: OrderView, quantities: readonly number[]): OrderView => {
  const lines = view.draft.lines
    .map((line, index) => ({ ...line, quantity: quantities[index] ?? 1 }))
    .filter((line) => line.quantity > 0);
  return { ...view, draft: { ...view.draft, lines } };
};
const linesOf = (view: OrderView | undefined) =>
  view?.parcels.map((parcel) => parcel.lines.map(({ lineId, quantity }) => `${quantity} ${lineId}`));
const justNow = (secondsAgo: number): OrderView =>
  orderView({ updatedAt: epochMs(NOW - secondsAgo * 1_000) });

test("an order is not packed before its delay is over, and its event stays unacknowledged", async () => {
  const { ports, orders, parcels } = patient();
  const view = justNow(PACK_AFTER - 60);
  knows(orders, view);
  expect(await deliver(QUEUES.shipping, [confirmed(view)], ports)).toEqual({ acked: [], retried: [0] });
  expect([orders.started, parcels.booked, orders.acknowledged]).toEqual([[], [], []]);
});

test("an event that has long to wait is let go, for the order sends it again", async () => {
  const { ports, orders } = patient();
  const view = justNow(1);
  knows(orders, view);
  expect(await deliver(QUEUES.shipping, [confirmed(view)], ports)).toEqual({ acked: [0], retried: [] });
  expect([orders.started, orders.acknowledged]).toEqual([[], []]);
});

test("after the delay the order is packed as it stands then, not as the event tells", async () => {
  const { ports, orders } = patient();
  const view = justNow(PACK_AFTER);
  knows(orders, withQuantities(view, [1, 1, 1]));
  await deliver(QUEUES.shipping, [confirmed(view)], ports);
  expect(linesOf(orders.views.get(orderIdOf(1)))).toEqual([["1 line_1", "1 line_2"]]);
  expect(orders.acknowledged).toHaveLength(1);
});

test("a line that was taken out before packing is not sent", async () => {
  const { ports, orders } = patient();
  knows(orders, withQuantities(orderView(), [0, 2, 1]));
  await deliver(QUEUES.shipping, [confirmed()], ports);
  expect(linesOf(orders.views.get(orderIdOf(1)))).toEqual([["2 line_2"]]);
});

test("an edit starts the delay anew", async () => {
  const { ports, orders } = patient();
  const ended = { editId: "e1", part: 1, outcome: "applied", reason: "", differenceMinor: 0 } as const;
  knows(orders, orderView({ edits: [{ ...ended, shortages: [], endedAt: epochMs(NOW - 700_000) }] }));
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [], retried: [0] });
  expect(orders.started).toEqual([]);
});

test("an order that is being edited is not packed, and waiting for it makes no dead letter", async () => {
  const { ports, orders } = patient();
  const { draft } = orderView();
  const edit = { editId: "e1", part: 1, stage: "paying", reason: "", draft, startedAt: NOW } as const;
  const money = { differenceMinor: 500, creditMinor: 0, dueMinor: 500 };
  const payment = { provider: "sandbox", status: "pending" } as const;
  knows(orders, orderView({ edit: { ...edit, ...money, payment } }));
  expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [0], retried: [] });
  expect([orders.started, orders.acknowledged]).toEqual([[], []]);
  knows(orders, withQuantities(orderView(), [2, 2, 1]));
  await deliver(QUEUES.shipping, [orderEvent("order.edit_abandoned", orderView({ version: 12 }))], ports);
  expect(linesOf(orders.views.get(orderIdOf(1)))).toEqual([["2 line_1", "2 line_2"]]);
});

test("units that an edit adds after packing go in a second parcel, booked and listed", async () => {
  const { ports, orders, parcels } = patient(0);
  knows(orders, orderView());
  await deliver(QUEUES.shipping, [confirmed()], ports);
  const first = orders.views.get(orderIdOf(1)) ?? orderView();
  knows(orders, withQuantities(first, [3, 2, 1]));
  const applied = orderEvent("order.edit_applied", orderView({ version: 14 }));
  await deliver(QUEUES.shipping, [applied, applied], ports);
  await deliver(QUEUES.shipping, [applied, confirmed()], ports);
  const after = orders.views.get(orderIdOf(1));
  expect(linesOf(after)).toEqual([["1 line_1", "2 line_2"], ["2 line_1"]]);
  const ids = after?.parcels.map((parcel) => parcel.parcelId) ?? [];
  expect(new Set(parcels.booked)).toEqual(new Set(ids));
  expect((await parcelRows()).map((row) => row["parcel_id"]).sort()).toEqual([...ids].sort());
});

test("an edit that comes between looking and packing gets a parcel of its own in the same round", async () => {
  const { ports, orders } = patient(0);
  knows(orders, orderView());
  orders.between = () => {
    orders.between = undefined;
    const seen = orders.views.get(orderIdOf(1)) ?? orderView();
    knows(orders, withQuantities(seen, [2, 2, 1]));
  };
  await deliver(QUEUES.shipping, [confirmed()], ports);
  expect(linesOf(orders.views.get(orderIdOf(1)))).toEqual([["1 line_1", "2 line_2"], ["1 line_1"]]);
});

test("a parcel that a crash left unbooked is booked by the next round, even while an edit is open", async () => {
  const { ports, orders, parcels } = patient(0);
  const { draft } = orderView();
  const edit = { editId: "e1", part: 1, stage: "holding", reason: "", draft, startedAt: NOW } as const;
  const payment = { provider: "sandbox", status: "none" } as const;
  const open = { ...edit, differenceMinor: 0, creditMinor: 0, dueMinor: 0, payment };
  knows(orders, orderView({ status: "fulfilling", parcels: [PARCEL], edit: open }));
  await deliver(QUEUES.shipping, [confirmed()], ports);
  expect(parcels.booked).toEqual([PARCEL.parcelId]);
});

test.each(["refunding", "refunded", "cancelled"] as const)(
  "an order that is %s when its delay is over ships nothing and is done",
  async (status) => {
    const { ports, orders, parcels } = patient();
    knows(orders, orderView({ status }));
    expect(await deliver(QUEUES.shipping, [confirmed()], ports)).toEqual({ acked: [0], retried: [] });
    expect([orders.started, parcels.booked]).toEqual([[], []]);
    expect(orders.acknowledged).toHaveLength(1);
  },
);
