import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Defect } from "./invariant.ts";
import {
  addMoney,
  allocate,
  currency,
  includedTaxMinor,
  money,
  parseDecimalMinor,
  toDecimal,
} from "./money.ts";

const EUR = currency("EUR");
const JPY = currency("JPY");
const KWD = currency("KWD");

describe("money", () => {
  test("of two currencies is never added", () => {
    expect(() => addMoney(money(EUR, 1), money(JPY, 1))).toThrow(Defect);
  });

  test("is a whole number of minor units in the safe range", () => {
    for (const wrong of [0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])
      expect(() => money(EUR, wrong)).toThrow(Defect);
  });

  test.each([
    ["19.99", EUR, 1999],
    ["19.9", EUR, 1990],
    ["19", EUR, 1900],
    ["19.990", EUR, 1999],
    ["-0.05", EUR, -5],
    ["500", JPY, 500],
    ["1.234", KWD, 1234],
    ["0", EUR, 0],
  ] as const)("reads %s %s as %i", (text, code, minor) => {
    expect(parseDecimalMinor(text, code)).toBe(minor);
  });

  test.each([
    ["19.999", EUR],
    ["1.5", JPY],
    ["1,99", EUR],
    ["", EUR],
    ["1e3", EUR],
    ["99999999999999", EUR],
  ] as const)("refuses to read %j", (text, code) => {
    expect(parseDecimalMinor(text, code)).toBeUndefined();
  });

  test("survives being written and read again, in every exponent", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(EUR, JPY, KWD), (minor, code) => {
        expect(parseDecimalMinor(toDecimal(money(code, minor)), code)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });
});

describe("splitting an amount", () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 50 });

  test("gives parts that sum to the whole, each within one unit of its share", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), weights, (total, shares) => {
        const parts = allocate(total, shares);
        const sum = shares.reduce((left, right) => left + right, 0);
        expect(parts.reduce((left, right) => left + right, 0)).toBe(total);
        if (sum === 0) return;
        parts.forEach((part, index) =>
          expect(Math.abs(part - (total * (shares[index] ?? 0)) / sum)).toBeLessThanOrEqual(1),
        );
      }),
    );
  });

  test("gives the odd unit to the largest remainder, then to the earlier part", () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [1, 2])).toEqual([3, 7]);
    expect(allocate(5, [0, 0])).toEqual([5, 0]);
  });
});

describe("tax contained in a price", () => {
  test.each([
    [11_900, 190_000, 1_900],
    [4_890, 190_000, 781],
    [100, 0, 0],
    [0, 190_000, 0],
    [107, 70_000, 7],
  ])("of %i at %i ppm is %i", (gross, rate, tax) => {
    expect(includedTaxMinor(gross, rate)).toBe(tax);
  });

  test("is exact to half a unit for every safe amount and rate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 50 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (gross, rate) => {
          const tax = BigInt(includedTaxMinor(gross, rate));
          const error = 2n * (tax * BigInt(1_000_000 + rate) - BigInt(gross) * BigInt(rate));
          const unit = BigInt(1_000_000 + rate);
          expect(error <= unit && error > -unit).toBe(true);
        },
      ),
    );
  });
});
