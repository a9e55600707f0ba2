import { describe, expect, it, test } from "vitest";
import { epochMs, ok, refuse, type Result } from "#kernel";
import type { PlacementRefusal, PlacedReply } from "#orders";
import { SoldOutHints, type WantedLine } from "./sold-out-hints.ts";

const NOW = epochMs(1_800_000_000_000);
const later = (ms: number) => epochMs(NOW + ms);
const lines = (...all: readonly (readonly [sku: string, quantity: number])[]) =>
  all.map(([sku, quantity], index): WantedLine & { sku: string } => ({
    lineId: `line-${index}`,
    variantId: `variant-${sku}`,
    sku,
    quantity,
  }));
const short = (sku: string, available: number): Result<PlacedReply, PlacementRefusal> =>
  refuse({ code: "out_of_stock", shortages: [{ sku, requested: 1, available, lineIds: [] }] });
/** Asked and answered in one instant. */
const at = (now: typeof NOW) => ({ askedAt: now, now });
const A = lines(["A", 1]);
const gone = [{ sku: "A", requested: 1, available: 0, lineIds: ["line-0"] }];

function heard(): SoldOutHints {
  const hints = new SoldOutHints();
  hints.learn(A, short("A", 0), at(NOW));
  return hints;
}

test("a SKU without one unit left is refused for a moment, with its demand summed", () => {
  const hints = heard();
  expect(hints.shortagesOf(lines(["A", 2], ["B", 1], ["A", 1]), later(1_000))).toEqual([
    { sku: "A", requested: 3, available: 0, lineIds: ["line-0", "line-2"] },
  ]);
  expect(hints.shortagesOf(A, later(1_500))).toEqual([]);
});

test("units that are there are never believed, nor does another refusal count", () => {
  const hints = new SoldOutHints();
  hints.learn(A, short("A", 1), at(NOW));
  hints.learn(A, refuse({ code: "payment_declined", reason: "declined" }), at(NOW));
  hints.learn(A, ok({} as PlacedReply), at(NOW));
  expect(hints.shortagesOf(lines(["A", 5]), NOW)).toEqual([]);
  expect(hints.variantIds(NOW)).toEqual([]);
});

test("remembers a bounded number of SKUs", () => {
  const hints = new SoldOutHints();
  for (let n = 0; n < 101; n += 1) hints.learn(lines([`SKU-${n}`, 1]), short(`SKU-${n}`, 0), at(NOW));
  expect(hints.variantIds(NOW)).toHaveLength(100);
  expect(hints.shortagesOf(lines(["SKU-0", 1]), NOW)).toEqual([]);
  expect(hints.shortagesOf(lines(["SKU-100", 1]), NOW)).toHaveLength(1);
});

describe("when the moment is over", () => {
  it("one newcomer asks the stock and the others are refused until it has answered", () => {
    const hints = heard();
    expect(hints.shortagesOfNewcomer(A, later(1_499))).toEqual(gone);
    expect(hints.shortagesOfNewcomer(A, later(1_500))).toEqual([]);
    expect(hints.shortagesOfNewcomer(A, later(1_500))).toEqual(gone);
    // The one who asks is not refused on the way.
    expect(hints.shortagesOf(A, later(1_600))).toEqual([]);
    hints.learn(A, short("A", 0), at(later(1_700)));
    expect(hints.shortagesOfNewcomer(A, later(3_199))).toEqual(gone);
    expect(hints.shortagesOfNewcomer(A, later(3_200))).toEqual([]);
  });

  it("any answer but the same one lets everybody in again", () => {
    for (const reply of [short("A", 1), ok({} as PlacedReply), short("B", 0)]) {
      const hints = heard();
      expect(hints.shortagesOfNewcomer(A, later(2_000))).toEqual([]);
      hints.learn(A, reply, at(later(2_100)));
      expect(hints.shortagesOfNewcomer(A, later(2_100))).toEqual([]);
      expect(hints.shortagesOfNewcomer(A, later(2_100))).toEqual([]);
      expect(hints.variantIds(later(2_100))).not.toContain("variant-A");
    }
  });

  it("an order that was on its way before the stock said no takes nothing back when it comes through", () => {
    const hints = new SoldOutHints();
    hints.learn(A, short("A", 0), at(later(500)));
    hints.learn(A, ok({} as PlacedReply), { askedAt: later(499), now: later(900) });
    expect(hints.shortagesOfNewcomer(A, later(1_000))).toEqual(gone);
    hints.learn(A, ok({} as PlacedReply), { askedAt: later(500), now: later(1_100) });
    expect(hints.shortagesOfNewcomer(A, later(1_100))).toEqual([]);
  });

  it("is forgotten when the one who asks does not come back, and when nobody asks", () => {
    const asked = heard();
    expect(asked.shortagesOfNewcomer(A, later(1_500))).toEqual([]);
    expect(asked.shortagesOfNewcomer(A, later(3_999))).toEqual(gone);
    expect(asked.shortagesOfNewcomer(A, later(4_000))).toEqual([]);
    expect(asked.shortagesOfNewcomer(A, later(4_000))).toEqual([]);
    expect(heard().variantIds(later(3_999))).toEqual(["variant-A"]);
    expect(heard().variantIds(later(4_000))).toEqual([]);
  });

  it("gives no turn to somebody who is refused for something else", () => {
    const hints = heard();
    hints.learn(lines(["B", 1]), short("B", 0), at(later(1_000)));
    expect(hints.shortagesOfNewcomer(lines(["A", 1], ["B", 1]), later(2_000)).map(({ sku }) => sku)).toEqual([
      "B",
    ]);
    expect(hints.shortagesOfNewcomer(A, later(2_000))).toEqual([]);
  });
});
