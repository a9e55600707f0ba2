import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { epochMs, type EpochMs } from "#kernel";
import type { CarrierScanMessage, ParcelBooking } from "#fulfilment";
import { planParcel } from "../../src/fulfilment/domain/plan-parcel.ts";
import { orderIdOf } from "../../test/support/order-fixture.ts";
import type { ParcelObject } from "./parcel-object.ts";

const START = 1_800_000_000_000;
const STEP_MS = 10_000;

function bookingOf(number: number): ParcelBooking {
  const lines = [{ lineId: "a", quantity: 1, requiresShipping: true }];
  const orderId = orderIdOf(number);
  const planned = planParcel({ orderId, carrier: "Kerbside Post", lines, parcels: [] }, orderId.slice(4));
  if (!planned.ok) throw new Error("the fixture ships");
  const { lines: _lines, ...parcel } = planned.value;
  return { ...parcel, stepSeconds: STEP_MS / 1_000, traceparent: "" };
}

/** One parcel whose clock and queue the test holds. */
function parcelOf(number: number) {
  const booking = bookingOf(number);
  const stub = env.PARCELS.getByName(booking.parcelId);
  const sent: CarrierScanMessage[] = [];
  let now = START;
  let isQueueDown = false;
  const run = (work: (object: ParcelObject) => Promise<void>): Promise<void> =>
    runInDurableObject(stub, async (object: ParcelObject) => {
      object.clock = { now: (): EpochMs => epochMs(now) };
      const sendBatch = async (messages: Iterable<{ body: unknown }>): Promise<void> => {
        if (isQueueDown) throw new Error("the queue is down");
        for (const { body } of messages) sent.push(body as CarrierScanMessage);
      };
      Object.assign(object, { env: { CARRIER_QUEUE: { sendBatch } } });
      await work(object);
    });
  return {
    booking,
    sent,
    book: () => run((object) => object.book(booking)),
    /** Lets time pass and the alarm ring until nothing is due. */
    wait: (ms: number) =>
      run(async (object) => {
        now += ms;
        await object.alarm();
        await object.alarm();
      }),
    acknowledge: (...scanIds: string[]) => run((object) => object.acknowledgeScans(scanIds)),
    evict: () => evictDurableObject(stub),
    breakQueue: (isDown: boolean) => {
      isQueueDown = isDown;
    },
    statuses: () => sent.map((scan) => scan.status),
  };
}

test("a booked parcel is scanned step by step until it is delivered", async () => {
  const parcel = parcelOf(1);
  await parcel.book();
  expect(parcel.sent).toEqual([]);
  for (const number of [1, 2, 3]) {
    await parcel.wait(STEP_MS);
    await parcel.acknowledge(`${parcel.booking.parcelId}:${number}`);
  }
  expect(parcel.statuses()).toEqual(["in_transit", "out_for_delivery", "delivered"]);
  await parcel.wait(100 * STEP_MS);
  expect(parcel.sent).toHaveLength(3);
});

test("booking again changes nothing", async () => {
  const parcel = parcelOf(2);
  await parcel.book();
  await parcel.wait(STEP_MS);
  await parcel.book();
  await parcel.wait(STEP_MS / 2);
  expect(new Set(parcel.statuses())).toEqual(new Set(["in_transit"]));
});

test("a scan is sent again with the same id until it is acknowledged", async () => {
  const parcel = parcelOf(3);
  await parcel.book();
  await parcel.wait(STEP_MS);
  await parcel.wait(6_000);
  const ids = parcel.sent.map((scan) => scan.scanId);
  expect(ids).toEqual([`${parcel.booking.parcelId}:1`, `${parcel.booking.parcelId}:1`]);
  await parcel.acknowledge(`${parcel.booking.parcelId}:1`);
  await parcel.acknowledge(`${parcel.booking.parcelId}:1`);
  await parcel.wait(3_000);
  expect(parcel.sent).toHaveLength(2);
});

test("a queue that is down delays a scan and loses none", async () => {
  const parcel = parcelOf(4);
  await parcel.book();
  parcel.breakQueue(true);
  await parcel.wait(STEP_MS);
  await parcel.wait(STEP_MS);
  await parcel.wait(STEP_MS);
  expect(parcel.sent).toEqual([]);
  parcel.breakQueue(false);
  await parcel.wait(600_000);
  expect(new Set(parcel.statuses())).toEqual(new Set(["in_transit", "out_for_delivery", "delivered"]));
});

test("a parcel goes on after its object was put out of memory", async () => {
  const parcel = parcelOf(5);
  await parcel.book();
  await parcel.wait(STEP_MS);
  await parcel.evict();
  await parcel.wait(STEP_MS);
  await parcel.evict();
  await parcel.wait(STEP_MS);
  expect(new Set(parcel.statuses())).toEqual(new Set(["in_transit", "out_for_delivery", "delivered"]));
});

test("a parcel that slept for an hour moves one step per step, not all at once", async () => {
  const parcel = parcelOf(6);
  await parcel.book();
  await parcel.wait(3_600_000);
  expect(parcel.statuses()).toEqual(["in_transit"]);
});
