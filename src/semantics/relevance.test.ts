import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { buildDemoCatalogue } from "../../scripts/demo/catalogue.ts";
import { epochMs } from "#kernel";
import { embed } from "./domain/embed.ts";
import { MAX_ALIKE, MIN_ALIKE } from "./domain/limits.ts";
import { termsOfProduct, termsOfQuery, type ProductText } from "./domain/text.ts";
import { runToEnd } from "./domain/steps.ts";
import { trainModel } from "./domain/train.ts";
import { pagesOf } from "./testing/train-at-once.ts";
import { DirectionTable } from "./domain/vectors.ts";

/** What neighbours are worth on real goods: the kind is kept from the model, and neighbours must share it all the same. */

type Good = ProductText & { readonly name: string };

const DEMO: readonly Good[] = buildDemoCatalogue(epochMs(Date.UTC(2026, 10, 1))).products.map((product) => ({
  name: product.handle,
  title: product.title,
  vendor: product.vendor,
  productType: product.productType,
  tags: product.tags,
  options: [...new Set(product.variants.flatMap(({ optionValues }) => optionValues))],
  attributes: product.attributes.map(({ value }) => value),
  descriptionHtml: product.descriptionHtml,
}));

const GIFTS = resolve(
  process.env["KERBSIDE_DATA"] ?? "../shared/data",
  "shopify/no-licence/multibrand-gifts.csv",
);

function readGifts(): readonly Good[] {
  const rows: Record<string, string>[] = parse(readFileSync(GIFTS, "utf8"), {
    columns: true,
    bom: true,
    relax_column_count: true,
  });
  // The first row of a handle says what the product is.
  const first = new Map(rows.toReversed().map((row) => [row["Handle"] ?? "", row]));
  const goods = [...first].map(([name, row]) => ({
    name,
    title: row["Title"] ?? "",
    vendor: row["Vendor"] ?? "",
    productType: row["Type"] ?? "",
    tags: (row["Tags"] ?? "").split(",").map((tag) => tag.trim()),
    options: [],
    attributes: [],
    descriptionHtml: row["Body (HTML)"] ?? "",
  }));
  return goods.filter(({ title, productType }) => title !== "" && productType !== "");
}

/** How often a neighbour is of the same kind, and how often any two products are. */
function shareOfSameKind(goods: readonly Good[]): { readonly found: number; readonly chance: number } {
  const terms = goods.map((good) => termsOfProduct({ ...good, productType: "" }));
  const known = new Map(runToEnd(trainModel(pagesOf(terms))).map((term) => [term.term, term]));
  const placed = goods.flatMap(({ productType }, index) => {
    const direction = embed(terms[index] ?? new Map(), known);
    return direction ? [{ productType, direction }] : [];
  });
  const table = new DirectionTable(placed.map(({ direction }) => direction));
  const pairs = placed.flatMap(({ productType, direction }, own) =>
    table
      .nearest(direction, { limit: MAX_ALIKE + 1, least: MIN_ALIKE })
      .filter(({ index }) => index !== own)
      .map(({ index }) => placed[index]?.productType === productType),
  );
  const counts = Map.groupBy(goods, ({ productType }) => productType);
  const same = [...counts.values()].reduce((sum, { length }) => sum + length * (length - 1), 0);
  return {
    found: pairs.filter(Boolean).length / pairs.length,
    chance: same / (goods.length * (goods.length - 1)),
  };
}

/** Milliseconds: training takes half a second, and many times that on a machine that does much else. */
const PATIENCE_MS = 60_000;

describe("neighbours share their kind, which the model was not told", { timeout: PATIENCE_MS }, () => {
  it("three times as often as chance in the demo shop", () => {
    const { found, chance } = shareOfSameKind(DEMO);
    expect(found / chance).toBeGreaterThan(3);
    expect(found).toBeGreaterThan(0.6);
  });

  it.skipIf(!existsSync(GIFTS))("seven times as often as chance in a real shop of bags and gifts", () => {
    const { found, chance } = shareOfSameKind(readGifts());
    expect(found / chance).toBeGreaterThan(7);
    expect(found).toBeGreaterThan(0.6);
  });
});

describe("what a query means in the demo shop", () => {
  const terms = DEMO.map(termsOfProduct);
  const known = new Map(runToEnd(trainModel(pagesOf(terms))).map((term) => [term.term, term]));
  const table = new DirectionTable(terms.map((of) => embed(of, known) ?? new Int8Array(64)));
  const kindsNear = (query: string): (string | undefined)[] => {
    const to = embed(termsOfQuery(query), known);
    return to ? table.nearest(to, { limit: 5, least: 0 }).map(({ index }) => DEMO[index]?.productType) : [];
  };

  it.each([
    ["frame", "Print"],
    ["pigment paper", "Print"],
    ["wash iron", "Tea towel"],
    ["indoor", "Tile"],
    ["pages", "Notebook"],
  ])("%s finds a %s first", (query, kind) => {
    const kinds = kindsNear(query);
    expect(kinds[0]).toBe(kind);
    expect(kinds.filter((one) => one === kind).length).toBeGreaterThanOrEqual(2);
  });
});
