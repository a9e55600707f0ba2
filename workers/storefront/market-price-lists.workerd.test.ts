import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { queryLatestSequence } from "../../src/catalog/adapters/change-feed.ts";
import { catalogFixture, clearCatalog, must } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";
import { createPriceDesk } from "../../src/pricing/adapters/price-desk.ts";
import { INDEX_PRICES_SQL } from "../../src/pricing/adapters/index-prices.ts";
import { resolveQueued } from "../../src/pricing/adapters/price-resolver.ts";
import { publicShop } from "../../test/support/public-shop.ts";
import { reachIndexes } from "./purge-object.ts";

// Lists, filters and searches by price in a market whose prices are in another order than the shop's own.

const shop = publicShop(() => Date.now());
const options = { db: env.DB, shopCurrency: "EUR", now: () => Date.now() };
const desk = createPriceDesk(options);
const fixture = catalogFixture(env.DB);

const workOut = () => resolveQueued(options);
const sellInJapan = async (sku: string, amountMinor: number) => {
  await desk.putEntries("japan", [{ sku, minQuantity: 1, price: { kind: "fixed", amountMinor } }]);
  await workOut();
};

beforeAll(async () => {
  await clearCatalog(env.DB);
  must(await fixture.writer.saveCollection(sampleCollection("lamps", { title: "Lamps" })));
  for (const [at, name] of ["arc", "bell", "cone", "dome"].entries())
    await fixture.save(
      sampleProduct(`${name}-lamp`, {
        title: `${name} lamp`,
        collections: ["lamps"],
        variants: [sampleVariant(name.toUpperCase(), { priceMinor: 1_000 * (at + 1) })],
      }),
    );
  await desk.saveMarket({
    marketId: "jp",
    name: "Japan",
    currency: "JPY",
    countries: ["JP"],
    defaultLocale: "en-JP",
    locales: ["en-JP"],
    pricesIncludeTax: true,
    rounding: { stepMinor: 10, endingMinor: 0 },
    exchangeRatePpm: 160_000_000,
    pathPrefix: "jp",
    isDefault: false,
  });
  await desk.saveList({
    listId: "japan",
    title: "Japan",
    kind: "price",
    status: "active",
    priority: 5,
    marketId: "jp",
    currency: "JPY",
  });
  // 10, 20 and 30 EUR are 1600, 3200 and 4800 yen; what costs 40 EUR elsewhere costs less than all of them here.
  await sellInJapan("DOME", 1_000);
});

type Money = { readonly currency: string; readonly amountMinor: number };
type List = {
  readonly items: readonly { readonly handle: string; readonly priceMin: Money }[];
  readonly nextCursor?: string;
  readonly price?: { readonly min: Money; readonly max: Money };
};
async function ask(path: string): Promise<List & { readonly names: readonly string[] }> {
  const answer = await shop.visit(path);
  const list = await answer.json<List>();
  expect(answer.status, JSON.stringify(list)).toBe(200);
  return { ...list, names: list.items.map(({ handle }) => handle.replace("-lamp", "")) };
}
const html = async (path: string) => (await shop.visit(path)).text();

describe("a market with prices of its own", () => {
  it.each(["collections/lamps/products?", "search?q=lamp&"])(
    "sorts %s by what things cost there",
    async (list) => {
      expect((await ask(`/api/${list}sort=price_asc`)).names).toEqual(["arc", "bell", "cone", "dome"]);
      expect((await ask(`/jp-en/api/${list}sort=price_asc`)).names).toEqual(["dome", "arc", "bell", "cone"]);
      expect((await ask(`/jp-en/api/${list}sort=price_desc`)).names).toEqual(["cone", "bell", "arc", "dome"]);
    },
  );

  it.each(["collections/lamps/products?", "search?q=lamp&"])(
    "pages through %s in that order",
    async (list) => {
      const first = await ask(`/jp-en/api/${list}sort=price_asc&limit=3`);
      const second = await ask(`/jp-en/api/${list}sort=price_asc&limit=3&cursor=${first.nextCursor ?? ""}`);
      expect([...first.names, ...second.names]).toEqual(["dome", "arc", "bell", "cone"]);
    },
  );

  it.each(["collections/lamps/products?", "search?q=lamp&"])(
    "filters %s by amounts in its currency",
    async (list) => {
      const found = await ask(`/jp-en/api/${list}sort=price_asc&price.from=900&price.to=2000`);
      expect(found.names).toEqual(["dome", "arc"]);
      expect(found.items.map(({ priceMin }) => priceMin)).toEqual([
        { currency: "JPY", amountMinor: 1_000 },
        { currency: "JPY", amountMinor: 1_600 },
      ]);
      expect(found.price).toEqual({
        min: { currency: "JPY", amountMinor: 1_000 },
        max: { currency: "JPY", amountMinor: 4_800 },
      });
      expect((await ask(`/api/${list}price.from=9&price.to=20&sort=price_asc`)).names).toEqual([
        "arc",
        "bell",
      ]);
    },
  );

  it.each(["collections/lamps?", "search?q=lamp&"])(
    "offers and keeps the filter on the page %s",
    async (path) => {
      const page = await html(`/jp-en/${path}price.to=2000`);
      expect(page).toMatch(/name="price.to"[^>]*value="2000"/);
      expect(page).toMatch(/[¥￥]4,800/);
      expect(page).not.toContain("€");
      expect(page).toContain("dome lamp");
      expect(page).not.toContain("cone lamp");
    },
  );

  it("tells lists and caches when only its prices change, once", async () => {
    const before = await queryLatestSequence(env.DB);
    await sellInJapan("CONE", 500);
    const after = await queryLatestSequence(env.DB);
    expect(after).toBeGreaterThan(before);
    await reachIndexes(shop.bindings, after);
    expect((await ask("/jp-en/api/collections/lamps/products?sort=price_asc&limit=4")).names).toEqual([
      "cone",
      "dome",
      "arc",
      "bell",
    ]);
    await sellInJapan("CONE", 500);
    expect(await queryLatestSequence(env.DB)).toBe(after);
  });

  it.each(Object.entries(INDEX_PRICES_SQL))("is read along its keys (%s)", async (_, sql) => {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(0, 10, "jp")
      .all<{ detail: string }>();
    expect(results.map(({ detail }) => detail).filter((detail) => /^SCAN (?![pf]$)/.test(detail))).toEqual(
      [],
    );
  });
});
