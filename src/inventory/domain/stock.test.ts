import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMs, type OrderId, type Result } from "#kernel";
import type { Adjustment, SellingPolicy, StockRefusal } from "../contract.ts";
import {
  available,
  decideAdjustment,
  decideCommit,
  decideHold,
  decideRelease,
  evolve,
  sellable,
  type HoldDecision,
  type HoldRecord,
  type Level,
} from "./stock.ts";

const NOW = epochMs(1_800_000_000_000);
const order = (n: number): OrderId => `ord_${n}`;
const level = (onHand: number, policy: SellingPolicy = { kind: "deny" }, held = 0): Level => ({
  sku: "KE-1",
  onHand,
  held,
  policy,
  version: 1,
});
const hold = (
  state: Level,
  existing: HoldRecord | undefined,
  quantity: number,
): Result<HoldDecision, StockRefusal> =>
  decideHold(state, existing, { orderId: order(1), quantity, ttlSeconds: 60, now: NOW });
const record = (status: HoldRecord["status"], quantity = 2): HoldRecord => ({
  orderId: order(1),
  quantity,
  status,
  isCounted: true,
  expiresAt: NOW,
  backordered: 0,
});

describe("a hold", () => {
  test("takes units that are available", () => {
    expect(hold(level(3), undefined, 3)).toMatchObject({
      ok: true,
      value: { movement: { heldChange: 3, onHandChange: 0 } },
    });
  });

  test.each([
    ["one unit too many", level(3), undefined, 4, "insufficient_stock"],
    ["units that others hold", level(3, { kind: "deny" }, 2), undefined, 2, "insufficient_stock"],
    [
      "more than the backorder limit",
      level(0, { kind: "backorder", limit: 5 }),
      undefined,
      6,
      "insufficient_stock",
    ],
    ["zero units", level(3), undefined, 0, "invalid_quantity"],
    ["a negative number of units", level(3), undefined, -1, "invalid_quantity"],
    ["half a unit", level(3), undefined, 0.5, "invalid_quantity"],
    ["a number beyond every basket", level(3, { kind: "untracked" }), undefined, 1e15, "invalid_quantity"],
    ["a released order's units", level(3), record("released"), 2, "hold_gone"],
    ["another quantity for the same order", level(9), record("held"), 3, "hold_mismatch"],
  ] as const)("refuses %s", (_title, state, existing, quantity, code) => {
    expect(hold(state, existing, quantity)).toMatchObject({ ok: false, refusal: { code } });
  });

  test("repeated by the same order changes nothing", () => {
    const repeat = hold(level(0), record("held"), 2);
    expect(repeat).toEqual({ ok: true, value: { hold: record("held") } });
  });

  test("counts how many of its units are not on the shelf yet", () => {
    const decision = hold(level(1, { kind: "backorder", limit: 10 }), undefined, 4);
    expect(decision).toMatchObject({ ok: true, value: { hold: { backordered: 3 } } });
  });

  test("of a SKU that is not counted moves no units", () => {
    const decision = hold(level(0, { kind: "untracked" }), undefined, 7);
    expect(decision).toMatchObject({ ok: true, value: { movement: { heldChange: 0, onHandChange: 0 } } });
  });
});

describe("commit and release", () => {
  test.each([
    ["commit", undefined, "hold_unknown"],
    ["commit", record("released"), "hold_gone"],
  ] as const)("%s of %o is refused with %s", (_kind, existing, code) => {
    expect(decideCommit("KE-1", existing, order(1))).toMatchObject({ ok: false, refusal: { code } });
  });

  test("a commit takes the units off the shelf once", () => {
    expect(decideCommit("KE-1", record("held"), order(1))).toMatchObject({
      ok: true,
      value: { movement: { onHandChange: -2, heldChange: -2 } },
    });
    expect(decideCommit("KE-1", record("committed"), order(1))).toEqual({
      ok: true,
      value: { hold: record("committed") },
    });
  });

  test("a release without a hold leaves a tombstone that refuses the late hold", () => {
    const { hold: tombstone, movement } = decideRelease(undefined, { orderId: order(1), now: NOW });
    expect(movement).toBeUndefined();
    expect(hold(level(9), tombstone, 1)).toMatchObject({ ok: false, refusal: { code: "hold_gone" } });
  });

  test("units committed for an order that is undone come back", () => {
    expect(decideRelease(record("committed"), { orderId: order(1), now: NOW })).toMatchObject({
      movement: { kind: "returned", onHandChange: 2, heldChange: 0 },
    });
  });
});

describe("an adjustment", () => {
  const adjust = (kind: Adjustment["kind"], quantity: number, expectedVersion?: number): Adjustment => ({
    adjustmentId: "a",
    kind,
    quantity,
    reason: "test",
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  });

  test.each([
    ["counted", 7, 4],
    ["received", 2, 2],
    ["damaged", 2, -2],
    ["adjusted", -3, -3],
  ] as const)("%s %i changes three units on hand by %i", (kind, quantity, change) => {
    expect(decideAdjustment(level(3), adjust(kind, quantity))).toMatchObject({
      ok: true,
      value: { onHandChange: change },
    });
  });

  test.each([
    ["a negative count", adjust("counted", -1), "invalid_quantity"],
    ["a change of nothing", adjust("adjusted", 0), "invalid_quantity"],
    ["taking more than is on hand", adjust("adjusted", -4), "invalid_quantity"],
    ["receiving less than nothing", adjust("received", -1), "invalid_quantity"],
    ["a fraction", adjust("received", 1.5), "invalid_quantity"],
    ["a stale version", adjust("received", 1, 0), "version_conflict"],
  ] as const)("refuses %s", (_title, adjustment, code) => {
    expect(decideAdjustment(level(3), adjustment)).toMatchObject({ ok: false, refusal: { code } });
  });
});

type Command = {
  readonly kind: "hold" | "commit" | "release";
  readonly order: number;
  readonly quantity: number;
};
const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom("hold", "commit", "release"),
  order: fc.integer({ min: 1, max: 6 }),
  quantity: fc.integer({ min: 1, max: 5 }),
});

function run(
  start: Level,
  commands: readonly Command[],
  check: (level: Level, holds: Map<OrderId, HoldRecord>) => void,
): void {
  let state = start;
  const holds = new Map<OrderId, HoldRecord>();
  for (const step of commands) {
    const id = order(step.order);
    const existing = holds.get(id);
    const decision =
      step.kind === "hold"
        ? decideHold(state, existing, { orderId: id, quantity: step.quantity, ttlSeconds: 1, now: NOW })
        : step.kind === "commit"
          ? decideCommit(state.sku, existing, id)
          : ({ ok: true, value: decideRelease(existing, { orderId: id, now: NOW }) } as const);
    if (!decision.ok) continue;
    holds.set(id, decision.value.hold);
    if (decision.value.movement) state = evolve(state, decision.value.movement);
    check(state, holds);
  }
}

describe("whatever orders do in whatever order", () => {
  const total = (holds: Map<OrderId, HoldRecord>, status: HoldRecord["status"]): number =>
    [...holds.values()]
      .filter((entry) => entry.status === status)
      .reduce((sum, entry) => sum + entry.quantity, 0);

  test("a sale never takes what is not there, and the sums hold at every step", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12 }),
        fc.array(command, { maxLength: 60 }),
        (units, commands) => {
          run(level(units), commands, (state, holds) => {
            expect(available(state)).toBeGreaterThanOrEqual(0);
            expect(state.held).toBe(total(holds, "held"));
            expect(state.onHand).toBe(units - total(holds, "committed"));
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a backorder never promises more than its limit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 0, max: 5 }),
        fc.array(command, { maxLength: 60 }),
        (units, limit, commands) => {
          run(level(units, { kind: "backorder", limit }), commands, (state) => {
            expect(available(state)).toBeGreaterThanOrEqual(-limit);
            expect(sellable(state)).toBeGreaterThanOrEqual(0);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
