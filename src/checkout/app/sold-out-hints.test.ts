import { expect, test } from "vitest";
import { epochMs, ok, refuse, type Result } from "#kernel";
import type { OrderDraft, PlacementRefusal, PlacedReply } from "#orders";
import { SoldOutHints } from "./sold-out-hints.ts";

const NOW = epochMs(1_800_000_000_000);
// Of a draft the hints read only its lines.
const draft = (...lines: readonly (readonly [sku: string, quantity: number])[]): OrderDraft =>
  ({
    lines: lines.map(([sku, quantity], index) => ({ lineId: `line-${index}`, sku, quantity })),
  }) as unknown as OrderDraft;
const short = (sku: string, available: number): Result<PlacedReply, PlacementRefusal> =>
  refuse({ code: "out_of_stock", shortages: [{ sku, requested: 1, available, lineIds: [] }] });

test("a SKU without one unit left is refused for a moment, with its demand summed", () => {
  const hints = new SoldOutHints();
  hints.learn(short("A", 0), NOW);
  expect(hints.shortagesOf(draft(["A", 2], ["B", 1], ["A", 1]), epochMs(NOW + 1_000))).toEqual([
    { sku: "A", requested: 3, available: 0, lineIds: ["line-0", "line-2"] },
  ]);
  expect(hints.shortagesOf(draft(["A", 1]), epochMs(NOW + 1_500))).toEqual([]);
});

test("units that are there are never believed, nor does another refusal count", () => {
  const hints = new SoldOutHints();
  hints.learn(short("A", 1), NOW);
  hints.learn(refuse({ code: "payment_declined", reason: "declined" }), NOW);
  hints.learn(ok({} as PlacedReply), NOW);
  expect(hints.shortagesOf(draft(["A", 5]), NOW)).toEqual([]);
});

test("remembers a bounded number of SKUs", () => {
  const hints = new SoldOutHints();
  for (let n = 0; n < 1_001; n += 1) hints.learn(short(`SKU-${n}`, 0), NOW);
  expect(hints.shortagesOf(draft(["SKU-0", 1]), NOW)).toEqual([]);
  expect(hints.shortagesOf(draft(["SKU-1000", 1]), NOW)).toHaveLength(1);
});
