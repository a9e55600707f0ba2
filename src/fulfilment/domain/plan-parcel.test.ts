import fc from "fast-check";
import { expect, test } from "vitest";
import { readSeed } from "../../../test/support/random.ts";
import { planParcel, type ShippableOrder } from "./plan-parcel.ts";

const seed = readSeed();
console.info(`seed ${seed}; repeat with SEED=${seed}`);

const BODY = "0000000000000000000000zzzz";
const order = (changes: Partial<ShippableOrder> = {}): ShippableOrder => ({
  orderId: `ord_${BODY}`,
  carrier: "Kerbside Post",
  lines: [
    { lineId: "a", quantity: 2, requiresShipping: true },
    { lineId: "b", quantity: 1, requiresShipping: false },
  ],
  parcels: [],
  ...changes,
});
const nothingToShip = { ok: false, refusal: { code: "nothing_to_ship" } };

test("a first parcel holds exactly the lines that travel, whole", () => {
  expect(planParcel(order(), BODY)).toMatchObject({ value: { lines: [{ lineId: "a", quantity: 2 }] } });
});

test("a later parcel holds what no parcel has yet", () => {
  const lines = [
    { lineId: "a", quantity: 3, requiresShipping: true },
    { lineId: "c", quantity: 1, requiresShipping: true },
  ];
  const parcels = [{ lines: [{ lineId: "a", quantity: 2 }] }];
  expect(planParcel(order({ lines, parcels }), BODY)).toMatchObject({
    value: {
      lines: [
        { lineId: "a", quantity: 1 },
        { lineId: "c", quantity: 1 },
      ],
    },
  });
});

test("planning twice gives the same parcel", () => {
  expect(planParcel(order(), BODY)).toEqual(planParcel(order(), BODY));
});

test("an order of downloads, or one that is packed, has nothing to ship", () => {
  const downloads = order({ lines: [{ lineId: "b", quantity: 1, requiresShipping: false }] });
  expect(planParcel(downloads, BODY)).toEqual(nothingToShip);
  const packed = order({ parcels: [{ lines: [{ lineId: "a", quantity: 2 }] }] });
  expect(planParcel(packed, BODY)).toEqual(nothingToShip);
});

test("the ids of shipment and parcel follow from the body", () => {
  expect(planParcel(order(), BODY)).toMatchObject({
    value: { shipmentId: `shp_${BODY}`, parcelId: `pcl_${BODY}` },
  });
});

test("whatever edits come between, the parcels of an order add up to its lines and never to more", () => {
  const quantities = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(fc.array(quantities, { minLength: 1, maxLength: 6 }), (drafts) => {
      let parcels: ShippableOrder["parcels"] = [];
      const packedOf = (lineId: string): number =>
        parcels
          .flatMap(({ lines }) => lines)
          .reduce((sum, l) => sum + (l.lineId === lineId ? l.quantity : 0), 0);
      for (const wish of drafts) {
        // An edit never takes units out of a parcel.
        const lines = wish.map((quantity, index) => {
          const lineId = `line-${index}`;
          return { lineId, quantity: Math.max(quantity, packedOf(lineId)), requiresShipping: true };
        });
        const planned = planParcel(order({ lines, parcels }), BODY);
        if (planned.ok) parcels = [...parcels, planned.value];
        for (const { lineId, quantity } of lines) expect(packedOf(lineId)).toBe(quantity);
        expect(planParcel(order({ lines, parcels }), BODY)).toEqual(nothingToShip);
      }
    }),
    { seed },
  );
});

test("tracking numbers of neighbouring orders differ and carry a check digit", () => {
  const numberOf = (body: string): string => {
    const planned = planParcel(order(), body);
    return planned.ok ? planned.value.trackingNumber : "";
  };
  const numbers = ["0", "1", "2", "z"].map((end) => numberOf(`${"0".repeat(25)}${end}`));
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
