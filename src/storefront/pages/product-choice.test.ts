import { describe, expect, it } from "vitest";
import { productFixture, variantFixture } from "../testing/catalog-fixture.ts";
import { translateProduct } from "../../catalog/domain/translate.ts";
import { optionParameters, variantHref } from "#catalog";
import { chooseVariant, nearestInStock } from "./product-choice.ts";

const product = productFixture();
const titleOf = (query: Record<string, string>) => chooseVariant(product, query).variant?.title;

describe("the address of a product page", () => {
  it.each([
    ["names both values", { size: "a3", frame: "oak" }, "A3, Oak"],
    ["names one value, and the rest is filled with what can be had", { size: "a3" }, "A3, Oak"],
    ["names nothing", {}, "A4, None"],
    ["names a value that does not exist", { size: "a0", frame: "black" }, "A4, Black"],
    [
      "names a sold-out variant, which is shown and not swapped for another",
      { size: "a3", frame: "none" },
      "A3, None",
    ],
  ])("that %s chooses a variant", (_, query, title) => {
    expect(titleOf(query)).toBe(title);
  });

  it("of a choice leads back to the same variant", () => {
    for (const variant of product.variants) {
      const query = Object.fromEntries(
        new URL(variantHref(product, variant.optionValues), "http://shop.test").searchParams,
      );
      expect(chooseVariant(product, query).variant).toBe(variant);
    }
  });

  it("is written in the shop's own words in every language", () => {
    const translated = translateProduct(
      product,
      (_, own) => own,
      (own) => `${own} auf Deutsch`,
    );
    for (const [index, variant] of translated.variants.entries()) {
      const href = variantHref(translated, variant.optionValues);
      expect(href).toBe(variantHref(product, product.variants[index]?.optionValues ?? []));
      const query = Object.fromEntries(new URL(href, "http://shop.test").searchParams);
      expect(chooseVariant(translated, query)).toMatchObject({ variant, isExact: true });
    }
    const [size] = chooseVariant(translated, {}).options;
    expect(size).toMatchObject({ name: "Size auf Deutsch", parameter: "size" });
    expect(size?.links[0]).toMatchObject({ label: "A4 auf Deutsch", value: "a4" });
  });

  it("of a product without options has no parameters", () => {
    const plain = productFixture({ options: [], variants: [variantFixture(1, [], "in_stock")] });
    expect([variantHref(plain, []), chooseVariant(plain, { size: "a3" }).variant?.sku]).toEqual([
      "/products/heron",
      "HERON-1",
    ]);
  });

  it("keeps apart options whose names read the same", () => {
    expect(
      optionParameters({
        options: [
          { name: "Size", values: [] },
          { name: "size!", values: [] },
          { name: "★", values: [] },
        ],
      }),
    ).toEqual(["size", "option-2", "option-3"]);
  });
});

describe("the values of an option", () => {
  const [, frames] = chooseVariant(product, { size: "a3", frame: "oak" }).options;

  it("keep what was chosen for the other options", () => {
    expect(frames?.links.map((link) => link.href)).toEqual(
      ["none", "oak", "black"].map((frame) => `/products/heron?size=a3&frame=${frame}`),
    );
  });
  it("say which one is chosen and which ones are sold out", () => {
    expect(frames?.links.map((link) => [link.isCurrent, link.isSoldOut])).toEqual([
      [false, true],
      [true, false],
      [false, false],
    ]);
  });
});

describe("instead of a sold-out variant", () => {
  it("the nearest one that can be had is named", () => {
    const gone = product.variants.find((variant) => variant.title === "A3, None");
    expect(gone && nearestInStock(product, gone)?.title).toBe("A4, None");
  });
  it("nothing is named when all is sold out", () => {
    const variants = [
      variantFixture(1, ["A4", "None"], "sold_out"),
      variantFixture(2, ["A3", "None"], "sold_out"),
    ];
    expect(variants[0] && nearestInStock({ variants }, variants[0])).toBeUndefined();
  });
});
