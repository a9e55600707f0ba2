import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencyExponent, currency, includedTaxMinor, PPM } from "#kernel";
import { applyReductions, splitOverLines, type DiscountableLine, type Reduction } from "./discounts.ts";
import { quote, type PricedLine } from "./quote.ts";

const seed = Number(process.env["SEED"] ?? 20261123);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

const amounts = fc.array(fc.integer({ min: 0, max: 2_000_000_000 }), { minLength: 1, maxLength: 50 });
const linesOf = (totals: readonly number[]): DiscountableLine[] =>
  totals.map((totalMinor, index) => ({ lineId: `lin_${index}`, totalMinor }));
const splits = amounts.chain((totals) =>
  fc.record({ lines: fc.constant(linesOf(totals)), amount: fc.integer({ min: 0, max: sum(totals) }) }),
);

describe("the split of a discount over lines", () => {
  it("sums exactly, stays between nothing and the line, and gives a dearer line no less", () => {
    fc.assert(
      fc.property(splits, ({ lines, amount }) => {
        const parts = splitOverLines(amount, lines);
        expect(sum(parts.values())).toBe(amount);
        const rows = lines.map((line) => ({ total: line.totalMinor, part: parts.get(line.lineId) ?? -1 }));
        for (const { total, part } of rows) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(total);
        }
        const byTotal = [...rows].sort((a, b) => a.total - b.total);
        byTotal.forEach((row, index) => {
          const cheaper = byTotal[index - 1];
          if (cheaper && cheaper.total < row.total) expect(row.part).toBeGreaterThanOrEqual(cheaper.part);
        });
      }),
      { seed },
    );
  });

  it("does not depend on the order of the lines", () => {
    fc.assert(
      fc.property(splits, ({ lines, amount }) => {
        const forward = splitOverLines(amount, lines);
        const backward = splitOverLines(amount, [...lines].reverse());
        for (const { lineId } of lines) expect(backward.get(lineId)).toBe(forward.get(lineId));
      }),
      { seed },
    );
  });

  it("refuses to take more than there is", () => {
    expect(() => splitOverLines(101, linesOf([60, 40]))).toThrow();
  });

  it("gives the odd cent of three equal lines to one of them", () => {
    expect([...splitOverLines(100, linesOf([1000, 1000, 1000])).values()]).toEqual([34, 33, 33]);
  });
});

const reduction: fc.Arbitrary<Reduction> = fc.record({
  voucherId: fc.string({ minLength: 1, maxLength: 4 }),
  label: fc.constant("code"),
  benefit: fc.oneof(
    fc.record({ kind: fc.constant("percent" as const), ppm: fc.integer({ min: 0, max: PPM }) }),
    fc.record({ kind: fc.constant("fixed" as const), amountMinor: fc.integer({ min: 0, max: 90_000 }) }),
    fc.constant({ kind: "free_delivery" as const }),
  ),
});

describe("reductions", () => {
  it("take the percentage first, whatever was typed first", () => {
    const lines = linesOf([10_000]);
    const five: Reduction = { label: "FIVE", benefit: { kind: "fixed", amountMinor: 500 } };
    const half: Reduction = { label: "HALF", benefit: { kind: "percent", ppm: 500_000 } };
    const expected = [
      { label: "HALF", amountMinor: 5000 },
      { label: "FIVE", amountMinor: 500 },
    ];
    expect(applyReductions(lines, [five, half]).discounts).toEqual(expected);
    expect(applyReductions(lines, [half, five]).discounts).toEqual(expected);
  });

  it("touch only the lines that count", () => {
    const { discountByLine } = applyReductions(linesOf([1000, 3000]), [
      { label: "X", benefit: { kind: "percent", ppm: 100_000 }, lineIds: ["lin_1"] },
    ]);
    expect([...discountByLine]).toEqual([
      ["lin_0", 0],
      ["lin_1", 300],
    ]);
  });

  it("that take nothing off are not used", () => {
    const nothing: Reduction = { label: "X", benefit: { kind: "percent", ppm: 1 } };
    expect(applyReductions(linesOf([10]), [nothing]).discounts).toEqual([]);
  });
});

const priced = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 20 }),
    unitPriceMinor: fc.integer({ min: 0, max: 1_000_000 }),
    taxClass: fc.constantFrom("standard" as const, "reduced" as const),
  }),
  { minLength: 1, maxLength: 20 },
);

describe("a quote with discounts and tenders", () => {
  it("sums up to the last minor unit, in currencies of 0, 2 and 3 digits", () => {
    const funds = fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 3 });
    fc.assert(
      fc.property(
        priced,
        fc.array(reduction, { maxLength: 4 }),
        funds,
        fc.constantFrom("JPY", "EUR", "KWD"),
        (rows, reductions, cards, code) => {
          expect([0, 2, 3]).toContain(currencyExponent(currency(code)));
          const lines = rows.map((row, index): PricedLine => ({
            ...row,
            lineId: `l${index}`,
            variantId: "v",
            sku: "S",
          }));
          const result = quote({
            currency: code,
            country: "DE",
            lines,
            taxRates: [
              { country: "DE", taxClass: "standard", ratePpm: 190_000 },
              { country: "DE", taxClass: "reduced", ratePpm: 70_000 },
            ],
            delivery: {
              methodId: "post",
              name: "Standard",
              carrier: "Post",
              priceMinor: 490,
              earliestDate: "2026-12-01",
              latestDate: "2026-12-03",
            },
            reductions,
            funds: cards.map((availableMinor, index) => ({
              voucherId: `gift:${index}`,
              kind: "gift_card",
              label: "",
              availableMinor,
            })),
          });
          const { itemsMinor, discountMinor, deliveryMinor, totalMinor, dueMinor } = result;
          expect(sum(result.lines.map((line) => line.totalMinor)) + deliveryMinor).toBe(totalMinor);
          expect(itemsMinor - discountMinor + deliveryMinor).toBe(totalMinor);
          expect(sum(result.discounts.map((row) => row.amountMinor))).toBe(discountMinor);
          expect(sum(result.lines.map((line) => line.discountMinor))).toBe(discountMinor);
          expect(sum(result.tenders.map((row) => row.amountMinor)) + dueMinor).toBe(totalMinor);
          expect(dueMinor).toBeGreaterThanOrEqual(0);
          expect(sum(result.lines.map((line) => line.taxMinor)) + result.deliveryTaxMinor).toBe(
            result.taxMinor,
          );
          for (const line of result.lines) {
            expect(line.totalMinor).toBeGreaterThanOrEqual(0);
            expect(line.discountMinor).toBeGreaterThanOrEqual(0);
            expect(line.taxMinor).toBe(includedTaxMinor(line.totalMinor, line.taxRatePpm));
          }
        },
      ),
      { seed },
    );
  });
});
