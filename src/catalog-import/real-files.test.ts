import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readFile } from "../../test/support/read-product-file.ts";

// Exports of real shops, kept beside the checkout where somebody has them; they are nobody's to publish.
const FOLDER = resolve("../shared/data/shopify");

/** Rows, products taken, rows rejected, variants, warnings: of the template and the published samples. */
const EXPECTED: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  "shopify-product-template.csv": [17, 3, 0, 16, 12],
  "partners-apparel.csv": [22, 20, 0, 22, 0],
  "partners-home-and-garden.csv": [21, 20, 0, 21, 0],
  "partners-jewelery.csv": [41, 20, 0, 23, 0],
  "packt-home-decor.csv": [21, 20, 0, 21, 0],
};

describe.skipIf(!existsSync(FOLDER))("the export of a real shop", () => {
  const files = existsSync(FOLDER)
    ? readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".csv"))
    : [];

  test.each(files)("%s is read to its end, and its counts add up", async (path) => {
    const { refused, rows, products, rejectedRows, findings } = await readFile(
      readFileSync(join(FOLDER, path)),
      65_536,
    );
    expect(refused).toBeUndefined();
    const variants = products.reduce((sum, product) => sum + product.variants.length, 0);
    const warnings = findings.filter((entry) => entry.severity === "warning").length;
    const rejectedLines = new Set(
      findings.filter((entry) => entry.severity === "rejected").map((entry) => entry.line),
    );
    expect(rejectedLines.size).toBe(rejectedRows);
    const expected = EXPECTED[path.split("/").at(-1) ?? ""];
    if (expected) expect([rows, products.length, rejectedRows, variants, warnings]).toEqual(expected);
  });
});
