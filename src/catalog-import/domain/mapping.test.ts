import { describe, expect, it } from "vitest";
import { currency } from "#kernel";
import { csv, readFile } from "../../../test/support/read-product-file.ts";
import { guessMapping } from "./guess-mapping.ts";
import type { ColumnMapping, MappingRule } from "./mapping.ts";
import { plainNumber, priceText } from "./text-price.ts";

const EUR = currency("EUR");
const rule = (
  field: MappingRule["field"],
  columns: readonly string[],
  more: Partial<MappingRule> = {},
): MappingRule => ({
  field,
  columns,
  readAs: "text",
  whenWrong: "leave-out",
  ...more,
});
const mapping = (rules: readonly MappingRule[], more: Partial<ColumnMapping> = {}): ColumnMapping => ({
  rows: "each-row",
  currency: EUR,
  decimalSign: ".",
  rules,
  ...more,
});
const read = (rows: readonly (readonly string[])[], used: ColumnMapping) =>
  readFile(csv(rows), undefined, { kind: "mapped", name: "test", version: 1, mapping: used });

describe("an amount as people write it", () => {
  it.each([
    ["₹32,999", ".", "32999"],
    ["₹1,23,999.50", ".", "123999.50"],
    ["1.299,50 €", ",", "1299.50"],
    ["Rs. 75", ".", "75"],
    ["EUR 12", ".", "12"],
    ["1 299,-", ",", undefined],
    ["12,5", ".", undefined],
    ["FREE", ".", undefined],
    ["", ".", undefined],
  ] as const)("%s with %s is %s", (text, sign, plain) => {
    expect(plainNumber(text, sign)).toBe(plain);
  });

  it("is converted at the stated rate only, exactly, and rounded half up once", () => {
    const inr = { currency: currency("INR"), ratePpm: 11_000 };
    expect(priceText("₹32,999", mapping([], inr), EUR)).toBe("362.99");
    expect(priceText("₹50", mapping([], { ...inr, ratePpm: 10_100 }), EUR)).toBe("0.51");
    expect(priceText("₹32,999", mapping([], { ...inr, roundToMinor: 10 }), EUR)).toBe("363.00");
    expect(priceText("1,000", mapping([], { currency: currency("JPY"), ratePpm: 6_000 }), EUR)).toBe("6.00");
  });
});

describe("a table through a mapping", () => {
  const rules = [
    rule("title", ["name"]),
    rule("handle", ["link"], { readAs: "part", after: "/dp/", before: "/", whenWrong: "reject" }),
    rule("price", ["offer", "full"], { readAs: "price", whenWrong: "reject" }),
    rule("vendor", [], { text: "House of {brand}" }),
    rule("tags", ["groups"], { readAs: "list", separator: "|" }),
    rule("attribute", ["stars"], { attribute: "Rating", readAs: "number" }),
  ];
  const header = ["name", "link", "offer", "full", "brand", "groups", "stars"];

  it("becomes products, each field from the first of its columns that holds something", async () => {
    const { products, findings } = await read(
      [
        header,
        ["Fan", "https://x.example/fan/dp/B01/ref=1", "", "€ 1,250.00", "Air", "home|cool, dry", "4.2"],
        ["Lamp", "https://x.example/lamp/dp/B02/ref=1", "9.99", "12", "", "", "Get"],
      ],
      mapping(rules),
    );
    expect(products).toMatchObject([
      {
        handle: "b01",
        title: "Fan",
        vendor: "House of Air",
        tags: ["home", "cool dry"],
        variants: [{ priceMinor: 125_000 }],
        attributes: [{ name: "Rating", value: "4.2" }],
      },
      { handle: "b02", vendor: "", variants: [{ priceMinor: 999 }], attributes: [] },
    ]);
    expect(findings.filter(({ column }) => column === "stars")).toMatchObject([
      { line: 3, value: "Get", severity: "warning", reason: "This is not a number; it was left out." },
    ]);
  });

  it("rejects a product that comes again, a row without a price and one whose price is no amount, each by itself", async () => {
    const link = (id: string) => `https://x.example/a/dp/${id}/ref`;
    const { products, rows, rejectedRows, findings } = await read(
      [
        header,
        ["One", link("B1"), "1", "", "", "", ""],
        ["Again", link("B1"), "2", "", "", "", ""],
        ["Free", link("B3"), "", "", "", "", ""],
        ["Odd", link("B4"), "much", "", "", "", ""],
        ["Nowhere", "https://x.example/", "1", "", "", "", ""],
      ],
      mapping(rules),
    );
    expect([rows, products.length, rejectedRows]).toEqual([5, 1, 4]);
    expect(findings.filter(({ severity }) => severity === "rejected").map(({ line }) => line)).toEqual(
      [4, 5, 6, 3].toSorted(),
    );
  });

  it("groups rows of one handle as variants when it says so", async () => {
    const { products } = await read(
      [
        ["Style", "Size", "Cost"],
        ["Tee", "S", "10"],
        ["Tee", "M", "11"],
      ],
      mapping(
        [
          rule("title", ["Style"]),
          rule("handle", ["Style"], { readAs: "slug" }),
          rule("option1Name", [], { text: "Size" }),
          rule("option1Value", ["Size"]),
          rule("price", ["Cost"], { readAs: "price" }),
        ],
        { rows: "by-handle" },
      ),
    );
    expect(products).toMatchObject([
      { handle: "tee", options: ["Size"], variants: [{ optionValues: ["S"] }, { optionValues: ["M"] }] },
    ]);
  });

  it("refuses a file that lacks a column of the mapping", async () => {
    const { refused } = await read([["name"], ["Fan"]], mapping(rules));
    expect(refused).toMatchObject({ line: 1, column: "link" });
  });
});

it("guesses what the columns of an unknown table are", () => {
  const header = [
    "name",
    "main_category",
    "sub_category",
    "image",
    "link",
    "ratings",
    "discount_price",
    "actual_price",
    "Unnamed: 0",
  ];
  const row = [
    "Fan",
    "home",
    "Fans",
    "https://i.example/1.jpg",
    "https://www.shop.example/fan/dp/B1/ref=sr",
    "4.2",
    "₹32,999",
    "₹58,990",
    "1",
  ];
  const guessed = guessMapping(header, [row], EUR);
  expect(guessed).toMatchObject({ rows: "each-row", currency: "INR", decimalSign: "." });
  const from = Object.fromEntries(guessed.rules.map(({ field, columns }) => [field, columns]));
  expect(from).toEqual({
    title: ["name"],
    handle: ["link"],
    price: ["discount_price", "actual_price"],
    compareAt: ["actual_price"],
    productType: ["sub_category"],
    tags: ["main_category"],
    imageUrl: ["image"],
    attribute: ["ratings"],
  });
});
