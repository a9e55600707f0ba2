import { expect, test } from "vitest";
import type { OrderId } from "#kernel";
import { planParcel, type ShippableOrder } from "./plan-parcel.ts";

const order = (changes: Partial<ShippableOrder> = {}): ShippableOrder => ({
  orderId: "ord_0000000000000000000000zzzz",
  carrier: "Kerbside Post",
  lines: [
    { lineId: "a", quantity: 2, requiresShipping: true },
    { lineId: "b", quantity: 1, requiresShipping: false },
  ],
  ...changes,
});

test("a parcel holds exactly the lines that travel, whole", () => {
  expect(planParcel(order())).toMatchObject({ ok: true, value: { lines: [{ lineId: "a", quantity: 2 }] } });
});

test("planning twice gives the same parcel", () => {
  expect(planParcel(order())).toEqual(planParcel(order()));
});

test("an order of downloads has nothing to ship", () => {
  const downloads = order({ lines: [{ lineId: "b", quantity: 1, requiresShipping: false }] });
  expect(planParcel(downloads)).toEqual({ ok: false, refusal: { code: "nothing_to_ship" } });
});

test("the ids of shipment and parcel follow from the order's", () => {
  const planned = planParcel(order());
  expect(planned).toMatchObject({
    value: { shipmentId: "shp_0000000000000000000000zzzz", parcelId: "pcl_0000000000000000000000zzzz" },
  });
});

test("tracking numbers of neighbouring orders differ and carry a check digit", () => {
  const numberOf = (orderId: OrderId): string => {
    const planned = planParcel(order({ orderId }));
    return planned.ok ? planned.value.trackingNumber : "";
  };
  const numbers = ["0", "1", "2", "z"].map((end) => numberOf(`ord_${"0".repeat(25)}${end}`));
  expect(new Set(numbers).size).toBe(4);
  for (const number of numbers) {
    expect(number).toMatch(/^KB\d{17}$/);
    expect(luhnSum(number.slice(2)) % 10).toBe(0);
  }
});

const luhnSum = (digits: string): number =>
  [...digits].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + Math.floor(value / 10) + (value % 10);
  }, 0);
