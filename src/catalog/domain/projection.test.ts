import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { VariantId } from "#kernel";
import { AVAILABILITY_ORDER, availabilityOfRank, badgeOf, rankOf, type SellingRule } from "./availability.ts";
import { keepIds } from "./keep-ids.ts";
import { LOW_STOCK_BELOW_UNITS } from "./limits.ts";
import { projectListing } from "./listing.ts";
import { plainText } from "./plain-text.ts";

const deny: SellingRule = { kind: "deny" };
const back: SellingRule = { kind: "backorder", limit: 5, expectedAt: "2026-12-14" };
const pre: SellingRule = { kind: "preorder", limit: 5, expectedAt: "2027-01-12" };

describe("the bucket that shoppers see", () => {
  it.each<[number, SellingRule, string, number | undefined, string | undefined]>([
    [6, deny, "in_stock", 6, undefined],
    [5, deny, "low", 5, undefined],
    [1, deny, "low", 1, undefined],
    [0, deny, "sold_out", 0, undefined],
    [-3, deny, "sold_out", 0, undefined],
    [1, back, "in_stock", 6, undefined],
    [0, back, "backorder", 5, "2026-12-14"],
    [-4, back, "backorder", 1, "2026-12-14"],
    [-5, back, "sold_out", 0, undefined],
    [0, { kind: "backorder", limit: 2 }, "backorder", 2, undefined],
    [3, pre, "preorder", 8, "2027-01-12"],
    [-5, pre, "sold_out", 0, undefined],
    [-9, { kind: "untracked" }, "in_stock", undefined, undefined],
  ])("of %i units under %j is %s", (available, policy, availability, availableUnits, expectedAt) => {
    const badge = badgeOf({ available, policy });
    expect([badge.availability, badge.availableUnits, badge.expectedAt]).toEqual([
      availability,
      availableUnits,
      expectedAt,
    ]);
  });

  it("is sold out exactly when nothing can be ordered, and low exactly below six", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.constantFrom(deny, back, pre),
        (available, policy) => {
          const { availability, availableUnits = 0 } = badgeOf({ available, policy });
          expect(availability === "sold_out").toBe(availableUnits === 0);
          if (availability === "low") expect(availableUnits).toBeLessThan(LOW_STOCK_BELOW_UNITS);
          expect(availableUnits).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it("survives being stored as a rank", () => {
    for (const word of AVAILABILITY_ORDER) expect(availabilityOfRank(rankOf(word))).toBe(word);
  });
});

describe("the prices of a list", () => {
  it("span all variants, and the former price belongs to the cheapest", () => {
    const variant = fc.record({
      priceMinor: fc.integer({ min: 0, max: 1000 }),
      compareAtMinor: fc.option(fc.integer({ min: 1001, max: 2000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(variant, { minLength: 1, maxLength: 8 }), (drawn) => {
        const variants = drawn.map(({ priceMinor, compareAtMinor }) => ({
          priceMinor,
          optionValues: [],
          ...(compareAtMinor === undefined ? {} : { compareAtMinor }),
        }));
        const listing = projectListing(variants, []);
        for (const { priceMinor } of variants) {
          expect(priceMinor).toBeGreaterThanOrEqual(listing.priceMinMinor);
          expect(priceMinor).toBeLessThanOrEqual(listing.priceMaxMinor);
        }
        expect(listing.variantCount).toBe(variants.length);
        if (listing.compareAtMinor === undefined) return;
        expect(variants).toContainEqual({
          priceMinor: listing.priceMinMinor,
          optionValues: [],
          compareAtMinor: listing.compareAtMinor,
        });
      }),
    );
  });
});

describe("the colours of a list", () => {
  const variants = [
    ["A4", "Indigo"],
    ["A3", "Indigo"],
    ["A3", "Pine"],
  ].map((optionValues) => ({
    priceMinor: 100,
    optionValues,
  }));
  it.each([
    [["Size", "Colour"], 2],
    [["Format", "Färg"], 2],
    [["COLOR", "Size"], 2],
    [["Size", "Frame"], 0],
  ])("%j count as %i", (options, count) => {
    expect(projectListing(variants, options).colourCount).toBe(count);
  });
});

describe("ids of variants", () => {
  const key = fc.record({
    sku: fc.constantFrom("A", "B", "C"),
    optionValues: fc.tuple(fc.constantFrom("x", "y", "z")),
  });
  const known = fc
    .array(key, { maxLength: 6 })
    .map((keys) => keys.map((k, index) => ({ ...k, variantId: `var_${index}` as VariantId })));

  it("are never given twice, and stay when nothing changes", () => {
    fc.assert(
      fc.property(known, fc.array(key, { maxLength: 6 }), (before, after) => {
        let next = 0;
        const ids = keepIds(after, before, () => `var_new${(next += 1)}` as VariantId);
        expect(new Set(ids).size).toBe(after.length);
        const same = keepIds(
          before.map(({ sku, optionValues }) => ({ sku, optionValues })),
          before,
          () => "var_new" as VariantId,
        );
        expect(same.toSorted()).toEqual(before.map(({ variantId }) => variantId).toSorted());
      }),
    );
  });

  it("go with the SKU before the choice", () => {
    const before = [
      { sku: "A", optionValues: ["red"], variantId: "var_a" as VariantId },
      { sku: "B", optionValues: ["blue"], variantId: "var_b" as VariantId },
    ];
    const after = [
      { sku: "B", optionValues: ["red"] },
      { sku: "C", optionValues: ["green"] },
      { sku: "D", optionValues: ["red", "x"] },
    ];
    expect(keepIds(after, before, () => "var_new" as VariantId)).toEqual(["var_b", "var_new", "var_new"]);
  });
});

describe("the searched text of a description", () => {
  it("has its words and none of its markup", () => {
    expect(plainText("<p>Linen<br>&amp; <b>clay</b></p><p>tea</p>")).toBe("Linen & clay tea");
  });
});
