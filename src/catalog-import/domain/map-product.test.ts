import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, oneRow, readFile } from "../../../test/support/read-product-file.ts";
import { DEFAULT_BACKORDER_LIMIT } from "./limits.ts";

const only = async (cells: Readonly<Record<string, string>>) => (await readFile(oneRow(cells))).products[0];
const variantOf = async (cells: Readonly<Record<string, string>>) => (await only(cells))?.variants[0];
const told = async (cells: Readonly<Record<string, string>>) =>
  (await readFile(oneRow(cells))).findings.map(
    ({ severity, column, value }) => `${severity} ${column}: ${value}`,
  );

describe("a product row", () => {
  test("becomes a product with one variant and no options", async () => {
    const product = await only({
      "Body (HTML)": "<p>Holds tea.</p>",
      Vendor: "Kiln",
      Type: "Cups",
      Tags: "tea, Blue, tea,",
      Published: "TRUE",
      "Option1 Name": "Title",
      "Option1 Value": "Default Title",
      "Variant SKU": "MUG-1",
      "Variant Barcode": "'4006381333931",
      "Variant Compare At Price": "15",
      "Variant Grams": "350",
      "Image Src": "https://cdn.example/mug.jpg",
      "Image Alt Text": "A blue mug",
      "SEO Title": "Blue mug",
    });
    expect(product).toMatchObject({
      handle: "mug",
      title: "Mug",
      status: "active",
      vendor: "Kiln",
      productType: "Cups",
      tags: ["tea", "Blue"],
      options: [],
      seoTitle: "Blue mug",
    });
    expect(product?.pictures).toMatchObject([{ url: "https://cdn.example/mug.jpg", alt: "A blue mug" }]);
    expect(product?.variants).toMatchObject([
      {
        line: 2,
        sku: "MUG-1",
        barcode: "4006381333931",
        optionValues: [],
        priceMinor: 1250,
        compareAtMinor: 1500,
        weightGrams: 350,
        taxClass: "standard",
        requiresShipping: true,
      },
    ]);
  });

  test.each([
    [{ "Variant Price": "free" }, "rejected Variant Price: free"],
    [{ "Variant Price": "", "Variant SKU": "X" }, "rejected Variant Price: "],
    [{ "Variant Price": "-1" }, "rejected Variant Price: -1"],
    [{ "Variant Price": "12,50" }, "rejected Variant Price: 12,50"],
    [{ "Variant Compare At Price": "abc" }, "rejected Variant Compare At Price: abc"],
    [{ "Variant Compare At Price": "12.50" }, "warning Variant Compare At Price: 12.50"],
    [{ "Variant Inventory Qty": "1.5" }, "rejected Variant Inventory Qty: 1.5"],
    [{ "Variant Inventory Qty": "-3" }, "warning Variant Inventory Qty: -3"],
    [{ "Variant Inventory Policy": "maybe" }, "rejected Variant Inventory Policy: maybe"],
    [{ "Variant Grams": "light" }, "rejected Variant Grams: light"],
    [{ "Variant Weight": "1", "Variant Weight Unit": "stone" }, "rejected Variant Weight Unit: stone"],
    [{ "Variant Taxable": "perhaps" }, "rejected Variant Taxable: perhaps"],
    [{ Status: "sold" }, "rejected Status: sold"],
    [{ Status: "active", Published: "FALSE" }, "warning Published: FALSE"],
    [{ "Gift Card": "TRUE" }, "rejected Gift Card: TRUE"],
    [{ "Variant Fulfillment Service": "gift_card" }, "rejected Variant Fulfillment Service: gift_card"],
    [{ "Image Src": "http://cdn.example/a.jpg" }, "warning Image Src: http://cdn.example/a.jpg"],
    [{ "Image Src": "javascript:alert(1)" }, "warning Image Src: javascript:alert(1)"],
    [{ "Option1 Value": "Red" }, "rejected Option1 Value: Red"],
    [{ "Option1 Name": "Colour" }, "rejected : "],
    [{ Handle: "My Mug" }, "warning Handle: My Mug"],
    [{ Handle: "" }, "warning Title: Mug"],
    [{ Title: "" }, "rejected Title: "],
    [{ "Variant SKU": "9".repeat(65) }, `warning Variant SKU: ${"9".repeat(65)}`],
    [{ Title: "caf\uFFFD" }, "rejected Title: caf\uFFFD"],
    [{ "Cost per item": "4" }, "warning Cost per item: "],
    [{ "Price / United States": "9" }, "warning Price / United States: "],
    [{ Mood: "happy" }, "warning Mood: "],
  ])("with %o is reported as %s", async (cells, report) => {
    const reports = await told(cells);
    expect(reports).toContain(report);
  });

  test("is tracked only where somebody counts it", async () => {
    expect((await variantOf({}))?.stock).toEqual({ policy: { kind: "untracked" }, isForNewOnly: true });
    expect(
      (await variantOf({ "Variant Inventory Tracker": "", "Variant Inventory Qty": "5" }))?.stock,
    ).toEqual({ policy: { kind: "untracked" } });
    expect((await variantOf({ "Variant Inventory Qty": "5" }))?.stock).toEqual({
      policy: { kind: "deny" },
      counted: 5,
    });
    expect((await variantOf({ "Variant Inventory Tracker": "shopify" }))?.stock).toEqual({
      policy: { kind: "deny" },
    });
    expect(
      (
        await variantOf({
          "Variant Inventory Tracker": "shopify",
          "Variant Inventory Qty": "-2",
          "Variant Inventory Policy": "continue",
        })
      )?.stock,
    ).toEqual({
      policy: { kind: "backorder", limit: DEFAULT_BACKORDER_LIMIT },
      counted: 0,
    });
  });

  test("takes its status from Status, else from Published, else is active", async () => {
    const status = async (cells: Readonly<Record<string, string>>) => (await only(cells))?.status;
    expect(await status({})).toBe("active");
    expect(await status({ Published: "false" })).toBe("draft");
    expect(await status({ Status: "Archived", Published: "true" })).toBe("archived");
    expect(await status({ Status: "active", Published: "true" })).toBe("active");
  });

  test("has a type of its own before the last step of its category", async () => {
    expect((await only({ "Product Category": "Home > Kitchen > Cups" }))?.productType).toBe("Cups");
    expect(
      (await only({ "Standard Product Type": "Home > Cups", "Custom Product Type": "Mugs" }))?.productType,
    ).toBe("Mugs");
    expect((await only({ "Product Category": "Uncategorized" }))?.productType).toBe("");
  });

  test("turns plain metafields into facts and leaves references out", async () => {
    const product = await only({
      "Color (product.metafields.shopify.color-pattern)": "black; gray",
      "Spec (product.metafields.custom.spec)": '{"a":1}',
      "Google: Custom Product (product.metafields.mm-google-shopping.custom_product)": "TRUE",
    });
    expect(product?.attributes).toEqual([{ name: "Color", value: "black, gray" }]);
  });
});

const COLUMNS_2024 = [
  "Title",
  "URL handle",
  "Description",
  "Published on online store",
  "Status",
  "SKU",
  "Option1 name",
  "Option1 value",
  "Price",
  "Compare-at price",
  "Charge tax",
  "Inventory tracker",
  "Inventory quantity",
  "Continue selling when out of stock",
  "Weight value (grams)",
  "Weight unit for display",
  "Requires shipping",
  "Product image URL",
  "Image position",
  "Image alt text",
  "Variant image URL",
  "Gift card",
];

describe("the rows of one handle", () => {
  const rows = [
    [
      "Handle",
      "Title",
      "Option1 Name",
      "Option1 Value",
      "Variant SKU",
      "Variant Price",
      "Image Src",
      "Image Position",
      "Variant Image",
    ],
    ["tee", "Tee", "Size", "S", "T-S", "20", "https://cdn.example/2.jpg", "2", "https://cdn.example/s.jpg"],
    ["cap", "Cap", "", "", "C", "10", "", "", ""],
    ["tee", "", "", "M", "", "21", "https://cdn.example/1.jpg", "1", "https://cdn.example/1.jpg"],
    ["tee", "", "", "", "", "", "https://cdn.example/3.jpg", "3", ""],
  ];

  test("become one product with its variants and pictures, wherever they stand", async () => {
    const { products, rows: count, rejectedRows } = await readFile(csv(rows));
    expect([count, rejectedRows]).toEqual([4, 0]);
    const tee = products.find((product) => product.handle === "tee");
    expect(tee?.pictures.map((picture) => picture.url)).toEqual(
      ["1", "2", "3", "s"].map((name) => `https://cdn.example/${name}.jpg`),
    );
    expect(
      tee?.variants.map(({ sku, optionValues, pictureIndex }) => ({ sku, optionValues, pictureIndex })),
    ).toEqual([
      { sku: "T-S", optionValues: ["S"], pictureIndex: 3 },
      { sku: "tee.m", optionValues: ["M"], pictureIndex: 0 },
    ]);
  });

  test("are rejected together when one of them is, each with a row in the report", async () => {
    const { products, findings, rejectedRows } = await readFile(
      csv(rows.map((row) => row.map((cell) => (cell === "21" ? "much" : cell)))),
    );
    expect(products.map((product) => product.handle)).toEqual(["cap"]);
    expect(rejectedRows).toBe(3);
    expect(
      findings
        .filter((entry) => entry.severity === "rejected")
        .map(({ line, column, value }) => [line, column, value]),
    ).toEqual([
      [2, "", ""],
      [4, "Variant Price", "much"],
      [5, "", ""],
    ]);
  });

  test("may not sell the same options twice", async () => {
    const { findings } = await readFile(
      csv(rows.map((row) => row.map((cell) => (cell === "M" ? "S" : cell)))),
    );
    expect(findings.find((entry) => entry.line === 4)).toMatchObject({
      column: "Option1 Value",
      value: "S",
      severity: "rejected",
    });
  });

  test("are read under the names of the template of 2024 as well", async () => {
    const values = [
      "Tee",
      "tee",
      "<p>Soft</p>",
      "TRUE",
      "Active",
      "T-S",
      "Size",
      "S",
      "20",
      "25",
      "FALSE",
      "shopify",
      "4",
      "CONTINUE",
      "180",
      "g",
      "TRUE",
      "https://cdn.example/1.jpg",
      "1",
      "Front",
      "",
      "FALSE",
    ];
    const { products, findings } = await readFile(csv([COLUMNS_2024, values]));
    expect(findings).toEqual([]);
    expect(products).toMatchObject([
      {
        handle: "tee",
        descriptionHtml: "<p>Soft</p>",
        status: "active",
        options: ["Size"],
        variants: [
          {
            sku: "T-S",
            priceMinor: 2000,
            compareAtMinor: 2500,
            taxClass: "zero",
            weightGrams: 180,
            stock: { policy: { kind: "backorder" }, counted: 4 },
          },
        ],
      },
    ]);
  });

  test("give the same products and the same report in any order of columns", async () => {
    const cell = fc.constantFrom(
      "",
      "S",
      "M",
      "19.99",
      "x",
      "TRUE",
      "-1",
      "https://cdn.example/a.jpg",
      "http://cdn.example/b.jpg",
    );
    const names = [
      ...(rows[0] ?? []).slice(1),
      "Status",
      "Variant Inventory Qty",
      "Mood",
      "Color (product.metafields.shopify.color)",
    ];
    const table = fc.array(fc.tuple(fc.constantFrom("tee", "cap", ""), ...names.map(() => cell)), {
      minLength: 1,
      maxLength: 6,
    });
    const order = fc.shuffledSubarray([0, ...names.map((_, index) => index + 1)], {
      minLength: names.length + 1,
    });
    await fc.assert(
      fc.asyncProperty(table, order, async (body, places) => {
        const straight = [["Handle", ...names], ...body];
        const shuffled = straight.map((row) => places.map((place) => row[place] ?? ""));
        const [left, right] = [await readFile(csv(straight), 4096), await readFile(csv(shuffled), 4096)];
        expect(right).toEqual(left);
        const rejectedLines = new Set(
          left.findings.filter((entry) => entry.severity === "rejected").map((entry) => entry.line),
        );
        expect(rejectedLines.size).toBe(left.rejectedRows);
      }),
      { numRuns: 150 },
    );
  });
});
