import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { currency } from "#kernel";
import { readFile, streamOf } from "../../test/support/read-product-file.ts";
import { readCsv } from "./adapters/read-csv.ts";
import { readUnpacked } from "./adapters/unpack.ts";
import { previewFile } from "./app/preview-file.ts";
import type { FileRecord } from "./domain/read-file.ts";

// A real table of another shop, with all its dirt; kept beside the checkout where somebody has it.
const FILE = resolve(process.env["KERBSIDE_DATA"] ?? "../shared/data", "catalog/amazon-in-10930.csv.gz");

describe.skipIf(!existsSync(FILE))("a table of 10,930 dirty rows", () => {
  test("imports through the guessed mapping with a stated rate, and every row is counted once", async () => {
    const bytes = new Uint8Array(readFileSync(FILE));
    const records = readUnpacked<FileRecord>(streamOf(bytes, 65_536), readCsv);
    const { mapping, findings: first } = await previewFile(records, { kind: "guess" }, currency("EUR"));
    expect(mapping?.currency).toBe("INR");
    expect(first.some(({ reason }) => reason.includes("state in the mapping what one INR is worth"))).toBe(
      true,
    );
    if (!mapping) return;
    const used = { ...mapping, ratePpm: 11_000 };
    const { rows, products, rejectedRows, findings } = await readFile(bytes, 65_536, {
      kind: "mapped",
      name: "amazon",
      version: 1,
      mapping: used,
    });
    expect(rows).toBe(10_930);
    expect(products.length + rejectedRows).toBe(10_930);
    const lines = (of: (entry: (typeof findings)[number]) => boolean) =>
      new Set(findings.filter(of).map(({ line }) => line)).size;
    expect(lines(({ severity }) => severity === "rejected")).toBe(rejectedRows);
    const figures = {
      products: products.length,
      duplicates: lines(({ reason }) => reason === "is this product already"),
      priceless: lines(({ severity, reason }) => severity === "rejected" && reason.includes("price")),
      junkRatings: lines(({ column }) => column === "ratings"),
      junkCounts: lines(({ column }) => column === "no_of_ratings"),
    };
    expect(figures).toEqual({
      products: 9_810,
      duplicates: 1_032,
      priceless: 88,
      junkRatings: 33,
      junkCounts: 33,
    });
  }, 60_000);
});
