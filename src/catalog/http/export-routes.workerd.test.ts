import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { ProductInput } from "../contract.ts";
import { createCatalogExporter, EXPORT_SQL } from "../adapters/export-query.ts";
import { applyStockFacts } from "../adapters/stock-projection.ts";
import { catalogFixture, clearCatalog, must, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { createExportApi } from "./export-routes.ts";

const { writer, save } = catalogFixture(env.DB);
const api = createExportApi({
  exporter: () => createCatalogExporter(env.DB),
  origin: () => "https://shop.example",
});
const read = async (file: string) => (await api.request(`/exports/${file}`)).text();

const shirt = sampleProduct("shirt", {
  title: 'Shirt\twith "marks", long',
  descriptionHtml: "<p>Linen &amp; cotton.</p>",
  options: ["Size"],
  variants: [
    sampleVariant("SH-S", {
      optionValues: ["S"],
      priceMinor: 2000,
      compareAtMinor: 2500,
      barcode: "4006381333931",
      pictureIndex: 1,
    }),
    sampleVariant("SH-M", { optionValues: ["M"], priceMinor: 2100, requiresShipping: false }),
  ],
  pictures: [
    { url: "/media/a.svg", alt: "A", width: 10, height: 20 },
    { url: "https://pictures.example/b.jpg", alt: "", width: 30, height: 40 },
  ],
  tags: ["Linen", "Summer"],
  attributes: [{ name: "Care", value: "Cold" }],
  collections: ["tops"],
  seoTitle: "A shirt",
});

beforeAll(async () => {
  await clearCatalog(env.DB);
  must(await writer.saveCollection(sampleCollection("tops")));
  await save(shirt);
  await save(sampleProduct("dated", { publishedAtMs: 1_700_000_000_000 }));
  await save(sampleProduct("hidden", { status: "draft" }));
  await applyStockFacts(env.DB, [
    stockFact("SH-S", 3),
    stockFact("SH-M", 0, { policy: { kind: "backorder", limit: 5, expectedAt: "2027-01-02" } }),
  ]);
});

describe("a whole catalogue as a file", () => {
  it("in JSONL holds what saving takes, and saving it again changes nothing", async () => {
    const lines = (await read("products.jsonl"))
      .trim()
      .split("\n")
      .map((line): ProductInput => JSON.parse(line) as ProductInput);
    expect(lines.map(({ handle }) => handle)).toEqual(["shirt", "dated", "hidden"]);
    expect(lines[0]).toMatchObject(shirt);
    expect([lines[0]?.publishedAtMs, lines[1]?.publishedAtMs]).toEqual([undefined, 1_700_000_000_000]);
    const saved = await writer.saveProducts(lines);
    expect(saved.map((answer) => must(answer).outcome)).toEqual(["same", "same", "same"]);
  });

  it("as Shopify writes it has a row per variant or picture, and quotes what needs it", async () => {
    const rows = (await read("products.csv")).trimEnd().split("\r\n");
    expect(rows).toHaveLength(5);
    expect(rows[1]).toContain('shirt,"Shirt\twith ""marks"", long",');
    expect(rows[2]).toMatch(/^shirt,,/);
  });

  it("is read along the indexes", async () => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${EXPORT_SQL}`)
      .bind(0, 1)
      .all<{ detail: string }>();
    const scans = results
      .map(({ detail }) => detail)
      .filter((step) => /^SCAN /.test(step) && !/^SCAN \(/.test(step));
    expect(scans).toEqual([]);
  });
});
