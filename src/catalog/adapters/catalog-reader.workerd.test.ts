import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "#kernel";
import { PRODUCT_SORTS, type ProductSort } from "../contract.ts";
import { catalogFixture, clearCatalog, must, START_MS, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { applyStockFacts } from "./stock-projection.ts";

const { writer, reader, save } = catalogFixture(env.DB);
const COUNT = 23;

/** Few prices, titles and days, so that the keys of many products are equal; every third one is sold out. */
beforeAll(async () => {
  await clearCatalog(env.DB);
  must(await writer.saveCollection(sampleCollection("half", { position: 2 })));
  must(await writer.saveCollection(sampleCollection("empty", { position: 1 })));
  for (let index = 0; index < COUNT; index += 1) {
    await save(
      sampleProduct(`p-${index}`, {
        title: ["Heron", "álpha", "Tide"][index % 3] ?? "",
        variants: [sampleVariant(`P-${index}`, { priceMinor: 1000 + (index % 4) * 100 })],
        publishedAtMs: START_MS - (index % 5) * DAY_MS,
        collections: index % 2 === 0 ? ["half"] : [],
      }),
    );
  }
  await save(sampleProduct("hidden", { status: "draft", collections: ["half"] }));
  const counted = Array.from({ length: COUNT }, (_, index) => index).filter((index) => index % 3 !== 1);
  await applyStockFacts(
    env.DB,
    counted.map((index) => stockFact(`P-${index}`, 10)),
  );
});

async function readAll(sort: ProductSort, limit: number, collection?: string) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = must(
      await reader.products({
        sort,
        limit,
        ...(collection ? { collection } : {}),
        ...(cursor ? { cursor } : {}),
      }),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < 1000);
  return items;
}

describe("paging through a list", () => {
  const cases = PRODUCT_SORTS.flatMap((sort) => [1, 7, 100].map((limit) => ({ sort, limit })));
  it.each(cases)("shows every product once, sorted by $sort, $limit at a time", async ({ sort, limit }) => {
    const all = await readAll(sort, limit);
    expect(new Set(all.map(({ handle }) => handle)).size).toBe(COUNT);
    expect(all).toHaveLength(COUNT);
    expect(all).toEqual(await readAll(sort, 100));
    const half = await readAll(sort, limit, "half");
    expect(half.map(({ handle }) => handle)).toEqual(
      all.map(({ handle }) => handle).filter((handle) => Number(handle.slice(2)) % 2 === 0),
    );
  });

  it("keeps the order that its name promises", async () => {
    const prices = (await readAll("price_asc", 5)).map(({ priceMinMinor }) => priceMinMinor);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect((await readAll("price_desc", 5)).map(({ priceMinMinor }) => priceMinMinor)).toEqual(
      prices.toReversed(),
    );
    const titles = (await readAll("title", 5)).map(({ title }) => title);
    expect([...new Set(titles)]).toEqual(["álpha", "Heron", "Tide"]);
    const newest = (await readAll("newest", 5)).map(({ handle }) => Number(handle.slice(2)) % 5);
    expect(newest).toEqual(newest.toSorted((a, b) => a - b));
  });

  it("puts what is sold out last among the featured, else in the order of creation", async () => {
    const featured = await readAll("featured", 4);
    const numbers = featured.map(({ handle }) => Number(handle.slice(2)));
    const isSoldOut = (number: number) => number % 3 === 1;
    const all = Array.from({ length: COUNT }, (_, index) => index);
    expect(numbers).toEqual([...all.filter((index) => !isSoldOut(index)), ...all.filter(isSoldOut)]);
  });

  it("refuses a cursor of another sort, a foreign one and a forged one", async () => {
    const { nextCursor = "" } = must(await reader.products({ sort: "title", limit: 1 }));
    for (const cursor of [nextCursor, "x", "", "!!", btoa('["price_asc","a",1]'), btoa("[1]")]) {
      expect(await reader.products({ sort: "price_asc", limit: 1, cursor })).toEqual({
        ok: false,
        refusal: { code: "invalid_cursor" },
      });
    }
  });

  it("tells an empty collection from an unknown one", async () => {
    expect(must(await reader.collectionPage({ collection: "empty", sort: "title", limit: 5 }))).toMatchObject(
      {
        collection: { handle: "empty", productCount: 0 },
        page: { items: [] },
      },
    );
    expect(await reader.products({ collection: "nowhere", sort: "title", limit: 5 })).toMatchObject({
      refusal: { code: "collection_unknown" },
    });
  });
});

describe("the sitemap", () => {
  it("has every collection and every active product once", async () => {
    const slices = await reader.sitemapSlices();
    const parts = ["collections" as const, ...Array.from({ length: slices }, (_, index) => index + 1)];
    const pages = await Promise.all(parts.map((part) => reader.sitemap(part)));
    const seen = pages.flat().map(({ kind, handle }) => `${kind}:${handle}`);
    expect(seen.slice(0, 2)).toEqual(["collection:empty", "collection:half"]);
    expect(seen).toHaveLength(COUNT + 2);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain("product:hidden");
  });
});
