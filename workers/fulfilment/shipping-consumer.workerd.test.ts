import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import type { OrderView } from "#orders";
import { orderEvent, orderIdOf, orderView } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, knows, testPorts } from "../../test/support/fulfilment-ports.ts";
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
  expect(
    await deliver(QUEUES.shipping, [confirmed({ ...view, draft: { ...view.draft, lines } })], ports),
  ).toMatchObject({
    acked: [0],
  });
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
