import { describe, expect, test } from "vitest";
import { epochMs, type OrderId, type Result } from "#kernel";
import type { Allocation, SellingPolicy, StockRefusal } from "../contract.ts";
import {
  checkSale,
  decideCommit,
  decideHold,
  decideRelease,
  type HoldDecision,
  type HoldRecord,
} from "./holds.ts";
import { available, orderable, sellable, unitsAt, untouched, type StockState, NO_UNITS } from "./level.ts";

const NOW = epochMs(1_800_000_000_000);
const order = (n: number): OrderId => `ord_${n}`;
const claim = { orderId: order(1), part: 0 };

/** Units on hand by location, all of which serve orders in this priority. */
const shelf = (
  units: Readonly<Record<string, number>>,
  policy: SellingPolicy = { kind: "deny" },
): StockState => ({
  ...untouched("KE-1"),
  policy,
  arrangement: { revision: 1, serving: Object.keys(units) },
  locations: new Map(Object.entries(units).map(([code, onHand]) => [code, { ...NO_UNITS, onHand }])),
});
const main = (onHand: number, policy?: SellingPolicy): StockState => shelf({ main: onHand }, policy);

const hold = (
  state: StockState,
  existing: HoldRecord | undefined,
  quantity: number,
): Result<HoldDecision, StockRefusal> =>
  decideHold(state, existing, { ...claim, quantity, ttlSeconds: 60, now: NOW });
const record = (status: HoldRecord["status"], quantity = 2): HoldRecord => ({
  ...claim,
  quantity,
  status,
  isCounted: true,
  expiresAt: NOW,
  backordered: 0,
  allocations: [{ location: "main", quantity }],
});
const allocationsOf = (state: StockState, quantity: number): readonly Allocation[] => {
  const decision = hold(state, undefined, quantity);
  if (!decision.ok) throw new Error(decision.refusal.code);
  checkSale(state, decision.value);
  return decision.value.hold.allocations;
};

describe("a hold", () => {
  test("takes units that are available", () => {
    expect(hold(main(3), undefined, 3)).toMatchObject({
      ok: true,
      value: { movements: [{ kind: "held", location: "main", change: { held: 3, onHand: 0 } }] },
    });
  });

  const taken = { ...main(3), locations: new Map([["main", { ...NO_UNITS, onHand: 3, held: 2 }]]) };
  const kept = { ...main(3), locations: new Map([["main", { ...NO_UNITS, onHand: 3, safety: 2 }]]) };
  const idle = { ...main(3), arrangement: { revision: 2, serving: [] } };
  test.each([
    ["one unit too many", main(3), undefined, 4, "insufficient_stock"],
    ["units that others hold", taken, undefined, 2, "insufficient_stock"],
    ["units that the merchant keeps back", kept, undefined, 2, "insufficient_stock"],
    ["units at a location that serves no orders", idle, undefined, 1, "insufficient_stock"],
    [
      "more than the backorder limit",
      main(0, { kind: "backorder", limit: 5 }),
      undefined,
      6,
      "insufficient_stock",
    ],
    ["zero units", main(3), undefined, 0, "invalid_quantity"],
    ["a negative number of units", main(3), undefined, -1, "invalid_quantity"],
    ["half a unit", main(3), undefined, 0.5, "invalid_quantity"],
    ["a number beyond every basket", main(3, { kind: "untracked" }), undefined, 1e15, "invalid_quantity"],
    ["a released order's units", main(3), record("released"), 2, "hold_gone"],
    ["another quantity for the same order", main(9), record("held"), 3, "hold_mismatch"],
  ] as const)("refuses %s", (_title, state, existing, quantity, code) => {
    expect(hold(state, existing, quantity)).toMatchObject({ ok: false, refusal: { code } });
  });

  test("repeated by the same order changes nothing", () => {
    expect(hold(main(0), record("held"), 2)).toEqual({
      ok: true,
      value: { hold: record("held"), movements: [], isRepeat: true },
    });
  });

  test.each([
    ["the first location that has all of it", { a: 2, b: 5, c: 9 }, 4, [["b", 4]]],
    ["the first of two that have all of it", { a: 5, b: 5 }, 5, [["a", 5]]],
    [
      "several in their order, when none has all of it",
      { a: 2, b: 0, c: 3 },
      4,
      [
        ["a", 2],
        ["c", 2],
      ],
    ],
  ] as const)("is served from %s", (_title, units, quantity, expected) => {
    const parts = allocationsOf(shelf(units), quantity).map((part) => [part.location, part.quantity]);
    expect(parts).toEqual(expected);
  });

  test("counts how many of its units are not on the shelf yet; the first location owes them", () => {
    const state = shelf({ a: 0, b: 1 }, { kind: "backorder", limit: 10 });
    expect(hold(state, undefined, 4)).toMatchObject({ ok: true, value: { hold: { backordered: 3 } } });
    expect(allocationsOf(state, 4)).toEqual([
      { location: "a", quantity: 3 },
      { location: "b", quantity: 1 },
    ]);
  });

  test("is measured by the sum: what one location owes is not sold at another", () => {
    const state = shelf({ a: -2, b: 3 });
    expect([orderable(state), sellable(state)]).toEqual([1, 1]);
    expect(hold(state, undefined, 2)).toMatchObject({ ok: false, refusal: { available: 1 } });
    expect(allocationsOf(state, 1)).toEqual([{ location: "b", quantity: 1 }]);
  });

  test("of a SKU that is not counted moves no units", () => {
    expect(hold(main(0, { kind: "untracked" }), undefined, 7)).toMatchObject({
      ok: true,
      value: { movements: [{ change: { held: 0, onHand: 0 } }] },
    });
  });
});

describe("commit and release", () => {
  test.each([
    ["commit", undefined, "hold_unknown"],
    ["commit", record("released"), "hold_gone"],
  ] as const)("%s of %o is refused with %s", (_kind, existing, code) => {
    expect(decideCommit("KE-1", existing, claim)).toMatchObject({ ok: false, refusal: { code } });
  });

  test("a commit takes the units off the shelves that they were allocated to, once", () => {
    const split = {
      ...record("held", 3),
      allocations: [
        { location: "a", quantity: 2 },
        { location: "b", quantity: 1 },
      ],
    };
    expect(decideCommit("KE-1", split, claim)).toMatchObject({
      value: {
        movements: [
          { kind: "committed", location: "a", change: { onHand: -2, held: -2 } },
          { kind: "committed", location: "b", change: { onHand: -1, held: -1 } },
        ],
      },
    });
    expect(decideCommit("KE-1", record("committed"), claim)).toMatchObject({
      value: { movements: [], isRepeat: true },
    });
  });

  test("a release without a hold leaves a tombstone that refuses the late hold", () => {
    const { hold: tombstone, movements } = decideRelease(undefined, { ...claim, now: NOW });
    expect(movements).toEqual([]);
    expect(hold(main(9), tombstone, 1)).toMatchObject({ ok: false, refusal: { code: "hold_gone" } });
  });

  test("units committed for an order that is undone come back", () => {
    expect(decideRelease(record("committed"), { ...claim, now: NOW })).toMatchObject({
      movements: [{ kind: "returned", change: { onHand: 2, held: 0 } }],
    });
  });
});

test("a decision that would sell what is not there is a defect", () => {
  const state = main(1);
  const movements = [{ kind: "held", location: "main", change: { held: 2 } }] as const;
  expect(() => checkSale(state, { hold: record("held"), movements, isRepeat: false })).toThrow(
    /only what is there/,
  );
  expect(available(unitsAt(state, "main"))).toBe(1);
});
