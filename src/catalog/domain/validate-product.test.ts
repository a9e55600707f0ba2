import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProductInput } from "../contract.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { MAX_OPTIONS, MAX_PRICE_MINOR, MAX_TITLE_CHARACTERS, MAX_VARIANTS } from "./limits.ts";
import { validateCollection } from "./validate-collection.ts";
import { validateProduct } from "./validate-product.ts";

const pointersOf = (input: ProductInput): string[] => {
  const result = validateProduct(input);
  return result.ok || result.refusal.code !== "invalid_product"
    ? []
    : result.refusal.errors.map(({ pointer }) => pointer);
};
const heron = (changes: Partial<ProductInput>) => sampleProduct("heron", changes);
const withVariant = (changes: Parameters<typeof sampleVariant>[1]) =>
  heron({ variants: [sampleVariant("A", changes)] });
const manyVariants = (count: number) =>
  Array.from({ length: count }, (_, index) => sampleVariant(`S-${index}`, { optionValues: [`v${index}`] }));

describe("a product", () => {
  it.each<[string, ProductInput, string]>([
    ["a title of spaces", heron({ title: "  " }), "/title"],
    ["a title that is too long", heron({ title: "x".repeat(MAX_TITLE_CHARACTERS + 1) }), "/title"],
    ["a handle with a slash", heron({ handle: "a/b" }), "/handle"],
    ["a handle with capitals", heron({ handle: "Heron" }), "/handle"],
    ["an empty handle", heron({ handle: "" }), "/handle"],
    ["no variant", heron({ variants: [] }), "/variants"],
    ["too many variants", heron({ options: ["N"], variants: manyVariants(MAX_VARIANTS + 1) }), "/variants"],
    [
      "several variants and no option",
      heron({ variants: [sampleVariant("A"), sampleVariant("B")] }),
      "/options",
    ],
    ["too many options", heron({ options: ["a", "b", "c", "d"] }), "/options"],
    ["two options of one name", heron({ options: ["Size", "size"] }), "/options/1"],
    ["a missing option value", heron({ options: ["Size"] }), "/variants/0/optionValues"],
    [
      "an empty option value",
      heron({ options: ["Size"], variants: [sampleVariant("A", { optionValues: [""] })] }),
      "/variants/0/optionValues/0",
    ],
    [
      "the same choice twice",
      heron({ options: ["N"], variants: [...manyVariants(1), ...manyVariants(1)] }),
      "/variants/1/optionValues",
    ],
    ["an empty SKU", heron({ variants: [sampleVariant("")] }), "/variants/0/sku"],
    ["a SKU of two lines", heron({ variants: [sampleVariant("A\nB")] }), "/variants/0/sku"],
    ["a price with a fraction", withVariant({ priceMinor: 19.99 }), "/variants/0/priceMinor"],
    ["a negative price", withVariant({ priceMinor: -1 }), "/variants/0/priceMinor"],
    ["a price beyond bounds", withVariant({ priceMinor: MAX_PRICE_MINOR + 1 }), "/variants/0/priceMinor"],
    ["a price that is no number", withVariant({ priceMinor: Number.NaN }), "/variants/0/priceMinor"],
    ["a negative weight", withVariant({ weightGrams: -1 }), "/variants/0/weightGrams"],
    ["a picture that is not there", withVariant({ pictureIndex: 0 }), "/variants/0/pictureIndex"],
    [
      "a script as picture",
      heron({ pictures: [{ url: "javascript:alert(1)", alt: "", width: 1, height: 1 }] }),
      "/pictures/0/url",
    ],
    [
      "a picture of another protocol",
      heron({ pictures: [{ url: "//host/x.png", alt: "", width: 1, height: 1 }] }),
      "/pictures/0/url",
    ],
    [
      "a picture without a size",
      heron({ pictures: [{ url: "/media/x.png", alt: "", width: 0, height: 1 }] }),
      "/pictures/0/width",
    ],
    ["a nameless attribute", heron({ attributes: [{ name: "", value: "x" }] }), "/attributes/0/name"],
    ["a day before time began", heron({ publishedAtMs: -1 }), "/publishedAtMs"],
  ])("is refused for %s, at its place", (_, input, pointer) => {
    expect(pointersOf(input)).toContain(pointer);
  });

  it("comes back cleaned, and is then valid as it is", () => {
    const result = validateProduct(
      heron({ title: " Cafe\u0301 ", tags: ["Blue", " blue ", ""], seoTitle: " ", collections: ["a", "a"] }),
    );
    expect(result).toMatchObject({ ok: true, value: { title: "Café", tags: ["Blue"], collections: ["a"] } });
    if (!result.ok) return;
    expect(result.value).not.toHaveProperty("seoTitle");
    expect(validateProduct(result.value)).toEqual(result);
  });

  it("may share a SKU between variants", () => {
    const variants = ["Red", "Blue"].map((value) => sampleVariant("SAME", { optionValues: [value] }));
    expect(pointersOf(heron({ options: ["Colour"], variants }))).toEqual([]);
  });

  it("loses a compare-at price that is no reduction, and the lowest price with it", () => {
    const result = validateProduct(
      withVariant({ priceMinor: 100, compareAtMinor: 100, lowest30DaysMinor: 90 }),
    );
    expect(result.ok && result.value.variants[0]).toEqual(sampleVariant("A", { priceMinor: 100 }));
  });

  it("never makes more than fifty errors, and each says how to mend it", () => {
    const result = validateProduct(
      heron({ options: ["N"], variants: manyVariants(200).map((v) => ({ ...v, priceMinor: -1 })) }),
    );
    const errors = !result.ok && result.refusal.code === "invalid_product" ? result.refusal.errors : [];
    expect(errors).toHaveLength(50);
    for (const { detail } of errors) expect(detail).toMatch(/^[A-Z].*\.$/);
  });
});

const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.constant(""));
const anyProduct: fc.Arbitrary<ProductInput> = fc.record({
  handle: fc.oneof(text, fc.constantFrom("heron", "a-b_c", "reiher-2")),
  title: text,
  status: fc.constantFrom("draft", "active", "archived"),
  descriptionHtml: text,
  vendor: text,
  productType: text,
  tags: fc.array(text, { maxLength: 5 }),
  options: fc.array(text, { maxLength: MAX_OPTIONS + 1 }),
  variants: fc.array(
    fc.record({
      sku: text,
      optionValues: fc.array(text, { maxLength: 4 }),
      priceMinor: fc.oneof(fc.integer(), fc.double()),
      weightGrams: fc.integer(),
      taxClass: fc.constantFrom("standard", "reduced", "zero"),
      requiresShipping: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  pictures: fc.array(
    fc.record({ url: fc.oneof(text, fc.webUrl()), alt: text, width: fc.integer(), height: fc.integer() }),
    { maxLength: 2 },
  ),
  attributes: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
  collections: fc.array(text, { maxLength: 3 }),
});

describe("any product at all", () => {
  it("is either refused with reasons, or valid for good", () => {
    fc.assert(
      fc.property(anyProduct, (input) => {
        const result = validateProduct(input);
        if (result.ok) expect(validateProduct(result.value)).toEqual(result);
        else
          expect(result.refusal).toMatchObject({
            code: "invalid_product",
            errors: expect.arrayContaining([expect.anything()]),
          });
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe("a collection", () => {
  it("is refused for bad fields, at their places", () => {
    const result = validateCollection(
      sampleCollection("A!", {
        title: "",
        position: -1,
        rule: { match: "all", conditions: [{ kind: "tag", tag: " " }] },
      }),
    );
    expect(
      !result.ok &&
        result.refusal.code === "invalid_product" &&
        result.refusal.errors.map(({ pointer }) => pointer),
    ).toEqual(["/handle", "/title", "/rule/conditions/0/tag", "/position"]);
  });
});
