import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currency, includedTaxMinor, toDecimal } from "#kernel";
import { quote, type PricedLine } from "./quote.ts";
import { taxRatePpm, type TaxRate } from "./tax-table.ts";

const GERMANY: readonly TaxRate[] = [
  { country: "DE", taxClass: "standard", ratePpm: 190_000 },
  { country: "DE", taxClass: "reduced", ratePpm: 70_000 },
  { country: "DE", taxClass: "zero", ratePpm: 0 },
];

const line = (changes: Partial<PricedLine> = {}): PricedLine => ({
  lineId: "l1",
  variantId: "var_1",
  sku: "HERON-A3",
  quantity: 1,
  unitPriceMinor: 3400,
  taxClass: "standard",
  ...changes,
});

const delivery = (priceMinor: number) => ({
  methodId: "post",
  name: "Standard",
  carrier: "Post",
  priceMinor,
  earliestDate: "2026-12-01",
  latestDate: "2026-12-03",
});

describe("quote", () => {
  it("prices the basket of the cart drawing: 34.00 + 18.00 + 4.90 contain 9.09 tax", () => {
    const result = quote({
      currency: "EUR",
      country: "DE",
      taxRates: GERMANY,
      lines: [line(), line({ lineId: "l2", unitPriceMinor: 1800 })],
      delivery: delivery(490),
    });
    expect(result).toMatchObject({
      itemsMinor: 5200,
      deliveryMinor: 490,
      totalMinor: 5690,
      deliveryTaxMinor: 78,
    });
    expect(result.lines.map((row) => row.taxMinor)).toEqual([543, 287]);
    expect(result.taxMinor).toBe(543 + 287 + 78);
  });

  it("rounds tax once per line, not per unit", () => {
    const [row] = quote({
      currency: "EUR",
      country: "DE",
      taxRates: GERMANY,
      lines: [line({ quantity: 3, unitPriceMinor: 99 })],
    }).lines;
    expect(row?.taxMinor).toBe(includedTaxMinor(297, 190_000));
    expect(row?.taxMinor).toBe(47);
  });

  it("contains no tax for a country outside the shop's tax area, at the same price", () => {
    const result = quote({
      currency: "EUR",
      country: "US",
      taxRates: GERMANY,
      lines: [line()],
      delivery: delivery(1500),
    });
    expect(result).toMatchObject({ taxMinor: 0, totalMinor: 4900 });
  });

  it("has no delivery price until a way is chosen", () => {
    const result = quote({ currency: "EUR", country: "DE", taxRates: GERMANY, lines: [line()] });
    expect(result).toMatchObject({ deliveryMinor: 0, totalMinor: 3400 });
    expect(result).not.toHaveProperty("delivery");
  });

  it("is zero for an empty basket", () => {
    expect(quote({ currency: "EUR", country: "DE", taxRates: GERMANY, lines: [] })).toMatchObject({
      totalMinor: 0,
      taxMinor: 0,
    });
  });

  it.each([
    ["JPY", 4900, "4900"],
    ["EUR", 4900, "49.00"],
    ["KWD", 4900, "4.900"],
  ])("keeps %s in its own minor units", (code, minor, text) => {
    const result = quote({
      currency: code,
      country: "DE",
      taxRates: GERMANY,
      lines: [line({ unitPriceMinor: minor })],
    });
    expect(toDecimal({ currency: currency(code), amountMinor: result.totalMinor })).toBe(text);
  });

  it.each([
    ["zero units", { quantity: 0 }],
    ["half a unit", { quantity: 1.5 }],
    ["a negative price", { unitPriceMinor: -1 }],
    ["a fractional price", { unitPriceMinor: 0.5 }],
    ["a price out of range", { unitPriceMinor: Number.MAX_SAFE_INTEGER }],
  ])("treats %s as a defect of the caller", (_, changes) => {
    expect(() =>
      quote({ currency: "EUR", country: "DE", taxRates: GERMANY, lines: [line(changes)] }),
    ).toThrow();
  });

  const lines = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 20 }),
      unitPriceMinor: fc.integer({ min: 0, max: 100_000_000_000 }),
      taxClass: fc.constantFrom("standard" as const, "reduced" as const, "zero" as const),
    }),
    { maxLength: 50 },
  );

  it("always sums up, for currencies of 0, 2 and 3 digits", () => {
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom("JPY", "EUR", "KWD"),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (rows, code, price, ppm) => {
          const priced = rows.map((row, index) => line({ ...row, lineId: `l${index}` }));
          const rates: TaxRate[] = [{ country: "DE", taxClass: "standard", ratePpm: ppm }];
          const result = quote({
            currency: code,
            country: "DE",
            lines: priced,
            taxRates: rates,
            delivery: delivery(price),
          });
          const lineTotal = result.lines.reduce((total, row) => total + row.totalMinor, 0);
          const lineTax = result.lines.reduce((total, row) => total + row.taxMinor, 0);
          expect(result.totalMinor).toBe(result.itemsMinor + result.deliveryMinor);
          expect(result.itemsMinor).toBe(lineTotal);
          expect(result.taxMinor).toBe(lineTax + result.deliveryTaxMinor);
          expect(result.taxMinor).toBeGreaterThanOrEqual(0);
          expect(result.taxMinor).toBeLessThanOrEqual(result.totalMinor);
        },
      ),
      { seed: 20261127 },
    );
  });

  it("does not depend on the order of the lines", () => {
    fc.assert(
      fc.property(lines, (rows) => {
        const priced = rows.map((row, index) => line({ ...row, lineId: `l${index}` }));
        const forward = quote({ currency: "EUR", country: "DE", lines: priced, taxRates: GERMANY });
        const backward = quote({
          currency: "EUR",
          country: "DE",
          lines: [...priced].reverse(),
          taxRates: GERMANY,
        });
        expect(backward.totalMinor).toBe(forward.totalMinor);
        expect(backward.taxMinor).toBe(forward.taxMinor);
      }),
      { seed: 20261128 },
    );
  });
});

describe("taxRatePpm", () => {
  it("is zero for a class without a row", () => {
    expect(taxRatePpm(GERMANY, "DE", "reduced")).toBe(70_000);
    expect(taxRatePpm(GERMANY, "FR", "reduced")).toBe(0);
  });

  it("treats a stored rate out of range as a defect", () => {
    expect(() =>
      taxRatePpm([{ country: "DE", taxClass: "standard", ratePpm: 1.5 }], "DE", "standard"),
    ).toThrow();
  });
});
