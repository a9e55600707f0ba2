import { describe, expect, it } from "vitest";
import { validateProduct } from "../../src/catalog/domain/validate-product.ts";
import { generateCatalogue } from "./products.ts";
import { readArticles } from "./rows.ts";
import { readable, readSize } from "./words.ts";

const articles = readArticles("/there/is/no/such/folder");
const make = (size: number, seed = 7) => {
  const catalogue = generateCatalogue(articles, { seed, size });
  return { ...catalogue, products: [...catalogue.products] };
};

describe("a generated catalogue", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(make(50)).toEqual(make(50));
    expect(make(50, 8).products).not.toEqual(make(50).products);
  });

  it("begins with the smaller catalogue", () => {
    expect(make(200).products.slice(0, 60)).toEqual(make(60).products);
  });

  it("has products that the catalogue takes, each with a handle and SKUs of its own", () => {
    // More than there are articles, so that some come again as another edition.
    const { products, collections } = make(articles.rows.length + 500);
    const handles = new Set(collections.map(({ handle }) => handle));
    const refused = products.filter(({ input }) => !validateProduct(input).ok);
    expect(refused).toEqual([]);
    expect(new Set(products.map(({ input }) => input.handle)).size).toBe(products.length);
    const skus = products.flatMap(({ levels }) => levels.map(({ sku }) => sku));
    expect(new Set(skus).size).toBe(skus.length);
    expect(products.filter(({ input }) => !input.collections.every((handle) => handles.has(handle)))).toEqual(
      [],
    );
  });

  it("says where the table was looked for when it is not there", () => {
    expect(articles.source).toContain("/there/is/no/such/folder");
  });
});

it("till words become readable ones", () => {
  expect(readable("FRZN ICE")).toBe("Frozen Ice");
  expect(readable("BREAD:ITALIAN/FRENCH")).toBe("Bread, Italian");
  expect(readable("SOFT DRINK BOTTLE NON-CARB (EX")).toBe("Soft Drink Bottle Non-Carbonated");
  expect(readSize("2 LB")).toEqual({ words: "2 lb", grams: 907 });
});
