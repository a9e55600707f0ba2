import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseWeightUnit, toGrams } from "./weight.ts";

describe("a weight", () => {
  test.each([
    ["1000.0", "g", 1000],
    ["56.41555101875", "g", 56],
    ["0.5", "g", 1],
    ["0.0001", "g", 1],
    ["0.0", "kg", 0],
    ["1", "kg", 1000],
    ["0.0125", "kg", 13],
    ["1", "lb", 454],
    ["2.5", "lb", 1134],
    ["1", "oz", 28],
    ["16", "oz", 454],
    ["8", "oz", 227],
  ] as const)("of %s %s is %i grams, rounded half up and never rounded to nothing", (text, unit, grams) => {
    expect(toGrams(text, unit)).toBe(grams);
  });

  test.each(["-1", "1,5", "heavy", "", "1e3", "٣"])("is refused as %j", (text) => {
    expect(toGrams(text, "g")).toBeUndefined();
  });

  test("knows its unit by any usual name and no other", () => {
    expect([" KG ", "lbs", "Ounces", "g"].map(parseWeightUnit)).toEqual(["kg", "lb", "oz", "g"]);
    expect(parseWeightUnit("stone")).toBeUndefined();
    expect(parseWeightUnit("constructor")).toBeUndefined();
  });

  test("in pounds is exactly the sum of its sixteen ounces", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        (pounds) => toGrams(String(pounds), "lb") === toGrams(String(pounds * 16), "oz"),
      ),
    );
  });
});
