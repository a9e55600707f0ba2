import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRODUCT_SORTS, type IndexedProduct } from "#catalog";
import type { FacetDefinition, IndexAnswer, IndexQuery } from "../contract.ts";
import { naiveListing } from "../testing/naive-listing.ts";
import { sampleIndexed, variedProduct } from "../testing/samples.ts";
import { CatalogIndex, type IndexChange } from "./catalog-index.ts";

const indexOf = (
  products: readonly IndexedProduct[],
  definitions?: readonly FacetDefinition[],
): CatalogIndex => {
  const index = new CatalogIndex(definitions ? { definitions } : {});
  index.apply(products.map((product) => ({ number: product.number, product })));
  return index;
};
const query = (changes: Partial<IndexQuery> = {}): IndexQuery => ({
  filters: { values: {} },
  sort: "featured",
  limit: 100,
  ...changes,
});
const answer = (index: CatalogIndex, asked: IndexQuery): IndexAnswer => {
  const result = index.list(asked, 1);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};
const facetOf = (found: IndexAnswer, key: string) => found.facets.find((facet) => facet.key === key);

const someValues = fc.record(
  {
    colour: fc.subarray(["blue", "red", "ol-green", "black", "no-such"], { minLength: 1, maxLength: 3 }),
    size: fc.subarray(["a3", "s", "50-70"], { minLength: 1 }),
    vendor: fc.subarray(["kerbside", "north"], { minLength: 1 }),
    stock: fc.constant(["in-stock"]),
    sale: fc.constant(["on-sale"]),
  },
  { requiredKeys: [] },
);
const somePrices = fc.record(
  { priceFromMinor: fc.integer({ min: 400, max: 2000 }), priceToMinor: fc.integer({ min: 600, max: 3000 }) },
  { requiredKeys: [] },
);
const someQueries = fc.record({
  scope: fc.constantFrom({}, { collection: "prints" }, { collection: "none" }, { among: [7, 3, 900, 21, 4] }),
  values: someValues,
  prices: somePrices,
  sort: fc.constantFrom(...PRODUCT_SORTS),
});
// A change puts a product in, changes it (another salt) or takes it out (no salt).
const someChanges = fc.array(
  fc.record({ number: fc.integer({ min: 1, max: 60 }), salt: fc.option(fc.nat(9), { nil: undefined }) }),
  { minLength: 1, maxLength: 150 },
);

function expectSame(index: CatalogIndex, truth: readonly IndexedProduct[], asked: IndexQuery): void {
  const found = answer(index, asked);
  // A facet that no product has had yet is no facet; a filter by it is not applied.
  const known = Object.entries(asked.filters.values).filter(([key]) => !found.unknownFilters.includes(key));
  const expected = naiveListing(truth, {
    ...asked,
    filters: { ...asked.filters, values: Object.fromEntries(known) },
  });
  const { numbers, count, total, without } = found;
  expect({ numbers, count, total, without }).toEqual({
    numbers: expected.numbers,
    count: expected.count,
    total: expected.total,
    without: expected.without,
  });
  for (const facet of found.facets)
    for (const { value, count: shown } of facet.values)
      expect([facet.key, value, shown]).toEqual([facet.key, value, expected.countOf(facet.key, value)]);
}

describe("a catalogue index says the same as looking at every product", () => {
  it("after any changes, in any portions, for any filters", () => {
    fc.assert(
      fc.property(
        someChanges,
        fc.integer({ min: 1, max: 40 }),
        fc.array(someQueries, { minLength: 1, maxLength: 4 }),
        (changes, portion, queries) => {
          const index = new CatalogIndex();
          const truth = new Map<number, IndexedProduct>();
          for (let start = 0; start < changes.length; start += portion) {
            const part = changes.slice(start, start + portion).map(({ number, salt }): IndexChange => ({
              number,
              product: salt === undefined ? undefined : variedProduct(number, salt),
            }));
            index.apply(part);
            for (const { number, product } of part)
              if (product) truth.set(number, product);
              else truth.delete(number);
            // Questions in between make the index keep sets, which the next changes must keep up.
            for (const { scope, values, prices, sort } of queries) {
              const asked = query({
                ...scope,
                sort,
                filters: { values: values as Record<string, string[]>, ...prices },
              });
              expectSame(index, [...truth.values()], asked);
            }
          }
          expect(index.size).toBe(truth.size);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("page after page, each product once, in every order", () => {
    const products = Array.from({ length: 90 }, (_, at) => variedProduct(at + 1, 5));
    const index = indexOf(products);
    for (const sort of PRODUCT_SORTS) {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = answer(
          index,
          query({ collection: "prints", sort, limit: 7, ...(cursor ? { cursor } : {}) }),
        );
        seen.push(...page.numbers);
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(naiveListing(products, query({ sort, collection: "prints" })).numbers);
    }
  });
});

describe("facets", () => {
  const products = [
    sampleIndexed(1, {
      options: [
        { name: "Colour", values: ["Blue"] },
        { name: "Size", values: ["A4", "A3"] },
      ],
    }),
    sampleIndexed(2, { options: [{ name: "Color", values: ["blue", "Red"] }] }),
    sampleIndexed(3, { options: [{ name: "Size", values: ["A4"] }], availabilityRank: 4, isSoldOut: true }),
  ];

  it("are derived from the catalogue: spellings of one option are one facet, of one value one value", () => {
    const found = answer(indexOf(products), query());
    expect(facetOf(found, "colour")?.values.map(({ label, count }) => [label, count])).toEqual([
      ["Blue", 2],
      ["Red", 1],
    ]);
    expect(facetOf(found, "size")?.values.map(({ label }) => label)).toEqual(["A3", "A4"]);
    expect(facetOf(found, "stock")?.values).toMatchObject([{ value: "in-stock", count: 2 }]);
    // One vendor and one type tell nothing apart.
    expect(facetOf(found, "vendor")).toBeUndefined();
  });

  it("keep a value that no longer fits, with zero, and one that was never there, so that it can be taken away", () => {
    const found = answer(
      indexOf(products),
      query({ filters: { values: { size: ["a3"], colour: ["red", "mauve"] } } }),
    );
    expect(found.count).toBe(0);
    expect(found.without).toEqual({ size: 1, colour: 1 });
    expect(facetOf(found, "colour")?.values).toMatchObject([
      { value: "blue", count: 1, isSelected: false },
      { value: "red", count: 0, isSelected: true },
      { value: "mauve", count: 0, isSelected: true },
    ]);
  });

  it("are the staff's when they have defined some; what is switched off is no filter", () => {
    const definitions: FacetDefinition[] = [
      {
        key: "stuff",
        label: "Material",
        sources: [{ kind: "tag", prefix: "material:" }],
        position: 1,
        isActive: true,
        valueOrder: "count",
      },
      {
        key: "size",
        label: "Size",
        sources: [{ kind: "option", name: "size" }],
        position: 2,
        isActive: false,
        valueOrder: "natural",
      },
    ];
    const tagged = [
      sampleIndexed(1, { tags: ["Material:Cotton"] }),
      sampleIndexed(2, { tags: ["material:Linen", "material:cotton"] }),
    ];
    const found = answer(indexOf(tagged, definitions), query({ filters: { values: { size: ["a3"] } } }));
    expect(found.unknownFilters).toEqual(["size"]);
    expect(found.facets).toMatchObject([
      {
        key: "stuff",
        label: "Material",
        values: [
          { label: "Cotton", count: 2 },
          { label: "Linen", count: 1 },
        ],
      },
    ]);
  });

  it("refuse a cursor of another order", () => {
    const index = indexOf(Array.from({ length: 9 }, (_, at) => sampleIndexed(at + 1)));
    const { nextCursor } = answer(index, query({ limit: 2 }));
    expect(nextCursor).toBeDefined();
    const other = index.list(
      query({ limit: 2, sort: "title", ...(nextCursor ? { cursor: nextCursor } : {}) }),
      1,
    );
    expect(other).toMatchObject({ ok: false, refusal: { code: "invalid_cursor" } });
  });

  it("keep the order of what a search found", () => {
    const found = answer(indexOf(products), query({ sort: "given", among: [3, 99, 1], limit: 10 }));
    expect(found.numbers).toEqual([3, 1]);
    expect(found.total).toBe(2);
  });
});
