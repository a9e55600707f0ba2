import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { applyStockFacts } from "../../catalog/adapters/stock-projection.ts";
import { clearCatalog, stockFact } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { must, searchFixture } from "../testing/search-fixture.ts";

const { reader, writer, save, find, handles, synonyms } = searchFixture(env.DB);

beforeAll(async () => {
  await clearCatalog(env.DB);
  for (let index = 0; index < 8; index += 1)
    await save(
      sampleProduct(`heron-${index}`, {
        title: `Heron ${"abcdefgh".charAt(index)}`,
        productType: "Print",
        variants: [sampleVariant(`HRN-${index}`, { priceMinor: 5_000 - index * 100 })],
      }),
    );
  await save(
    sampleProduct("cafe", {
      title: "Café crème notebook",
      vendor: "Müller",
      tags: ["Stationery"],
      descriptionHtml: "<p>Paper for Frühling &amp; rain</p>",
      variants: [sampleVariant("NB-7/A5", { barcode: "4006381333931" })],
    }),
  );
  await save(
    sampleProduct("other-notebook", {
      title: "Dotted book",
      descriptionHtml: "<p>A notebook with dots</p>",
    }),
  );
  await save(sampleProduct("towel", { title: "Kiln leaf, tea towel", productType: "Cloth" }));
  await applyStockFacts(env.DB, [stockFact("NB-7/A5", 9), stockFact("HRN-0", 9)]);
});

describe("search", () => {
  it.each([
    ["a word of the title", "notebook"],
    ["the beginning of the last word", "crème note"],
    ["a beginning of two letters", "crème no"],
    ["words without their accents", "cafe creme"],
    ["words with accents that are not there", "nótebook"],
    ["decomposed letters", "cafe\u0301"],
    ["capitals", "CAFÉ"],
    ["the plural", "notebooks creme"],
    ["words that say nothing between", "the notebook of creme"],
    ["the vendor", "muller"],
    ["a tag", "stationery"],
    ["the description", "fruhling"],
    ["a SKU in any case", "nb-7/a5"],
    ["a barcode", "4006381333931"],
  ])("finds by %s", async (_, query) => {
    expect(await handles(query)).toContain("cafe");
  });

  it("ranks the title above the description, and what can be had above what is sold out", async () => {
    expect(await handles("notebook")).toEqual(["cafe", "other-notebook"]);
    expect((await handles("heron"))[0]).toBe("heron-0");
  });

  it("ranks what many people look at above its like", async () => {
    await applyStockFacts(env.DB, [stockFact("HRN-5", 9)]);
    await env.DB.prepare(
      "INSERT INTO product_popularity (product_number, score) SELECT number, 1e9 FROM products WHERE handle = 'heron-5'",
    ).run();
    expect((await handles("heron")).slice(0, 2)).toEqual(["heron-5", "heron-0"]);
  });

  it("puts the product whose SKU was typed first and names it", async () => {
    await save(sampleProduct("manual", { title: "NB-7/A5 NB-7/A5 refill for the notebook" }));
    expect(await find("nb-7/a5")).toMatchObject({
      exactHandle: "cafe",
      items: [{ handle: "cafe" }, { handle: "manual" }],
    });
    expect(await find("notebook")).not.toHaveProperty("exactHandle");
  });

  it("does not name a product when several have the code", async () => {
    await save(sampleProduct("twin-a", { variants: [sampleVariant("TWIN-1")] }));
    await save(sampleProduct("twin-b", { variants: [sampleVariant("TWIN-1")] }));
    const found = await find("twin-1");
    expect(found.items).toHaveLength(2);
    expect(found).not.toHaveProperty("exactHandle");
  });

  it.each([
    ["price_asc", "heron-7"],
    ["price_desc", "heron-0"],
    ["title", "heron-0"],
  ] as const)("sorts by %s", async (sort, first) => {
    expect(must(await reader.search({ query: "heron", sort, limit: 1 })).items[0]?.handle).toBe(first);
  });

  it("pages through all matches and counts them", async () => {
    const first = must(await reader.search({ query: "heron", limit: 3 }));
    expect(first).toMatchObject({ count: 8, isCountExact: true, query: "heron" });
    const seen = first.items.map(({ handle }) => handle);
    let cursor = first.nextCursor;
    while (cursor !== undefined) {
      const page = must(await reader.search({ query: "heron", limit: 3, cursor }));
      seen.push(...page.items.map(({ handle }) => handle));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(8);
    expect(seen).toHaveLength(8);
  });

  it.each([
    ["heroon", "heron"],
    ["hreon", "heron"],
    ["haron", "heron"],
    ["notebok crème", "notebook creme"],
    ["teatowel", "tea towel"],
    ["note book creme", "notebook creme"],
  ])("shows for %s what was probably meant, and says so", async (typed, meant) => {
    const found = await find(typed);
    expect(found).toMatchObject({ query: typed, correction: meant });
    expect(found.items.length).toBeGreaterThan(0);
  });

  it("shows products with some of the words when none has all, and says so", async () => {
    const found = await find("heron towel");
    expect(found).toMatchObject({ isPartial: true, count: 9 });
    expect(await find("heron")).not.toHaveProperty("isPartial");
  });

  it("finds nothing, without complaint, in a query without a word or without a known one", async () => {
    for (const query of ["", "   ", "!!!", '"', "*", "-", "🦩", "zzzzqqq"])
      expect(await find(query)).toEqual({ count: 0, items: [], isCountExact: true, query: query.trim() });
  });

  it("takes any text as a query", async () => {
    const nasty = [
      '"',
      "'",
      "*",
      "^",
      "AND",
      "OR",
      "NOT",
      "NEAR(",
      "title:",
      "{a b}",
      "a+b",
      "--",
      "%",
      "\0",
      ")",
      "(",
      "\u0301",
      "\ud800",
    ];
    for (const query of nasty) await find(`heron ${query}`);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 60 }), async (query) => {
        expect((await reader.search({ query, limit: 5 })).ok).toBe(true);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it("refuses a foreign cursor", async () => {
    expect(await reader.search({ query: "heron", limit: 3, cursor: btoa('["search",-1]') })).toMatchObject({
      refusal: { code: "invalid_cursor" },
    });
  });

  it("no longer finds what was archived, by word or code", async () => {
    await save(sampleProduct("brief", { title: "Brief encounter", variants: [sampleVariant("BRF-1")] }));
    expect(await handles("encounter")).toEqual(["brief"]);
    must(await writer.archiveProduct("brief"));
    expect(await handles("encounter")).toEqual([]);
    expect(await handles("brf-1")).toEqual([]);
  });
});

describe("synonyms", () => {
  it("find each other, as words and as phrases, from the next search on", async () => {
    expect(await handles("dishcloth")).toEqual([]);
    must(await synonyms.save("towels", { kind: "same", terms: ["tea towel", "Dishcloth"] }));
    must(await synonyms.save("birds", { kind: "same", terms: ["heron", "wading bird"] }));
    expect(await handles("dishcloth")).toEqual(["towel"]);
    expect(await handles("kiln dishcloth")).toEqual(["towel"]);
    expect(await handles("wading bird a")).toContain("heron-0");
  });

  it("that go one way do not come back", async () => {
    must(await synonyms.save("paper", { kind: "one_way", terms: ["moleskine", "notebook"] }));
    expect(await handles("moleskine")).toContain("cafe");
    await save(sampleProduct("mole", { title: "Moleskine pen" }));
    expect(await handles("notebook")).not.toContain("mole");
  });

  it("are gone when they are removed; removing twice is refused", async () => {
    must(await synonyms.save("gone", { kind: "same", terms: ["gondola", "heron"] }));
    expect(await handles("gondola")).toContain("heron-0");
    must(await synonyms.remove("gone"));
    expect(await handles("gondola")).toEqual([]);
    expect(await synonyms.remove("gone")).toMatchObject({ refusal: { code: "synonyms_unknown" } });
    expect((await synonyms.list()).map(({ synonymId }) => synonymId)).toEqual(["birds", "paper", "towels"]);
  });
});
