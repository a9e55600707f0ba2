import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import type { CarrierScanMessage } from "#fulfilment";
import { epochMs } from "#kernel";
import { orderIdOf, orderView, PARCEL } from "../../test/support/order-fixture.ts";
import { DEAD_DB, deliver, knows, NOW, testPorts } from "../../test/support/fulfilment-ports.ts";
import { QUEUES } from "./queues.ts";

const scan = (number: number, status: CarrierScanMessage["status"]): CarrierScanMessage => ({
  version: 1,
  scanId: `${PARCEL.parcelId}:${number}`,
  orderId: orderIdOf(1),
  shipmentId: PARCEL.shipmentId,
  parcelId: PARCEL.parcelId,
  carrier: PARCEL.carrier,
  trackingNumber: PARCEL.trackingNumber,
  status,
  occurredAtMs: epochMs(NOW + number),
  traceparent: "",
});
const moved = scan(1, "in_transit");
const delivered = scan(3, "delivered");
const row = () => env.DB.prepare("SELECT status, updated_at_ms FROM parcels").first();

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM parcels").run();
});

test("a scan reaches the order, the parcel's row, and the parcel", async () => {
  const { ports, orders, parcels } = testPorts();
  knows(orders, orderView());
  expect(await deliver(QUEUES.carrierScans, [moved], ports)).toEqual({ acked: [0], retried: [] });
  expect(orders.scans).toMatchObject([{ scanId: moved.scanId, status: "in_transit", occurredAt: NOW + 1 }]);
  expect(await row()).toEqual({ status: "in_transit", updated_at_ms: NOW + 1 });
  expect(parcels.acknowledged).toEqual([moved.scanId]);
});

test("a scan that comes again or late never moves the row back", async () => {
  const { ports, orders, parcels } = testPorts();
  knows(orders, orderView());
  await deliver(QUEUES.carrierScans, [delivered], ports);
  await deliver(QUEUES.carrierScans, [moved, delivered], ports);
  expect(await row()).toEqual({ status: "delivered", updated_at_ms: NOW + 3 });
  expect(parcels.acknowledged).toHaveLength(3);
});

test("a scan of an order that has ended still moves the parcel's row and is not sent again", async () => {
  const { ports, orders, parcels } = testPorts();
  orders.refusal = { code: "transition_refused", status: "closed", command: "record-scan" };
  expect(await deliver(QUEUES.carrierScans, [moved], ports)).toMatchObject({ acked: [0] });
  expect(await row()).toMatchObject({ status: "in_transit" });
  expect(parcels.acknowledged).toEqual([moved.scanId]);
});

test("a scan that comes before its order knows the parcel is tried again", async () => {
  const { ports, orders, parcels } = testPorts();
  orders.refusal = { code: "transition_refused", status: "confirmed", command: "record-scan" };
  expect(await deliver(QUEUES.carrierScans, [moved], ports)).toEqual({ acked: [], retried: [0] });
  expect([await row(), parcels.acknowledged]).toEqual([null, []]);
});

test("a message that cannot be read goes back alone", async () => {
  const { ports, orders } = testPorts();
  knows(orders, orderView());
  const bodies = [{ ...moved, status: "lost" }, null, moved, { ...moved, occurredAtMs: 1.5 }];
  expect(await deliver(QUEUES.carrierScans, bodies, ports)).toEqual({ acked: [2], retried: [0, 1, 3] });
});

test("with D1 down the order still hears of the scan; the row follows when D1 is back", async () => {
  const down = testPorts(DEAD_DB);
  knows(down.orders, orderView());
  expect(await deliver(QUEUES.carrierScans, [moved], down.ports)).toEqual({ acked: [], retried: [0] });
  expect(down.orders.scans).toHaveLength(1);
  expect(down.parcels.acknowledged).toEqual([]);
  const up = testPorts();
  knows(up.orders, orderView());
  expect(await deliver(QUEUES.carrierScans, [moved], up.ports)).toMatchObject({ acked: [0] });
  expect(await row()).toMatchObject({ status: "in_transit" });
});
