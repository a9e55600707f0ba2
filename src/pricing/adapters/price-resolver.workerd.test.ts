import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { createCatalogWriter } from "../../catalog/adapters/catalog-writer.ts";
import type { Market, PriceList } from "../contract.ts";
import { createPriceDesk } from "./price-desk.ts";
import { startAndEndLists } from "./price-desk-write.ts";
import { readRound } from "./price-round-read.ts";
import { roundStatements } from "./price-round-write.ts";
import { resolveQueued } from "./price-resolver.ts";
import { PRODUCT_PRICES_SQL, RESOLVED_AND_SKU_SQL, RESOLVED_SQL } from "./resolved-read.ts";
import { workOut } from "../domain/work-out.ts";

const DAY = 86_400_000;
let nowMs = 1_795_000_000_000;
const options = { db: env.DB, shopCurrency: "EUR", now: () => nowMs };
const desk = createPriceDesk(options);
const writer = createCatalogWriter(env.DB, { currency: "EUR", sanitise: (html) => html });

const SWISS: Market = {
  marketId: "ch",
  name: "Switzerland",
  currency: "CHF",
  countries: ["CH"],
  defaultLocale: "de-CH",
  locales: ["de-CH"],
  pricesIncludeTax: true,
  rounding: { stepMinor: 5, endingMinor: 0 },
  exchangeRatePpm: 950_000,
  pathPrefix: "ch",
  isDefault: false,
};
const SALE: PriceList = {
  listId: "sale",
  title: "Sale",
  kind: "sale",
  status: "active",
  priority: 10,
  marketId: "home",
};

const save = (handle: string, priceMinor: number) =>
  writer.saveProduct(
    sampleProduct(handle, {
      variants: [sampleVariant(handle.toUpperCase(), { priceMinor })],
    }),
  );
const resolved = async (handle: string, marketId: string) =>
  (
    await env.DB.prepare(
      `SELECT r.customer_group AS who, r.min_quantity AS fromUnits, r.amount_minor AS amount, r.compare_at_minor AS before,
         r.lowest_30_days_minor AS lowest, r.valid_until_ms AS until
       FROM products p JOIN variants v ON v.product_number = p.number JOIN resolved_prices r ON r.variant_id = v.id
       WHERE p.handle = ?1 AND r.market_id = ?2 ORDER BY who, fromUnits LIMIT 100`,
    )
      .bind(handle, marketId)
      .all()
  ).results;
const card = (handle: string) =>
  env.DB.prepare(
    "SELECT price_min_minor AS price, compare_at_minor AS before FROM products WHERE handle = ?1",
  )
    .bind(handle)
    .first();

beforeEach(async () => {
  nowMs += 100 * DAY;
  await clearCatalog(env.DB);
  const tables = [
    "price_lists",
    "price_list_entries",
    "resolved_prices",
    "price_history",
    "product_prices",
    "price_work",
  ];
  await env.DB.batch(
    [...tables.map((table) => `DELETE FROM ${table}`), "DELETE FROM markets WHERE is_default = 0"].map(
      (sql) => env.DB.prepare(sql),
    ),
  );
});

describe("prices are worked out when something changes", () => {
  it("gives every other market a price in its currency, and the default market none of its own", async () => {
    await desk.saveMarket(SWISS);
    await save("heron", 3401);
    await resolveQueued(options);
    expect(await resolved("heron", "ch")).toEqual([
      { who: "", fromUnits: 1, amount: 3230, before: null, lowest: null, until: null },
    ]);
    expect(await resolved("heron", "home")).toEqual([]);
  });

  it("shows a sale on the card, with the lowest price of the 30 days before, and takes it back when it ends", async () => {
    await save("heron", 2000);
    await resolveQueued(options);
    nowMs += 80 * DAY;
    await save("heron", 2500);
    await resolveQueued(options);
    nowMs += 10 * DAY;
    await desk.saveList({ ...SALE, endsAtMs: nowMs + DAY });
    const put = await desk.putEntries("sale", [
      { sku: "HERON", minQuantity: 1, price: { kind: "percent", percentOffPpm: 200_000 } },
    ]);
    expect(put.ok && put.value.entryCount).toBe(1);
    expect(await resolved("heron", "home")).toEqual([
      { who: "", fromUnits: 1, amount: 2000, before: 2500, lowest: 2000, until: nowMs + DAY },
    ]);
    expect(await card("heron")).toEqual({ price: 2000, before: 2500 });
    nowMs += DAY;
    expect(await startAndEndLists(env.DB, nowMs)).toBe(1);
    expect(await startAndEndLists(env.DB, nowMs)).toBe(0);
    await resolveQueued(options);
    expect(await resolved("heron", "home")).toEqual([]);
    expect(await card("heron")).toEqual({ price: 2500, before: null });
  });

  it("keeps the lowest price of a reduction that goes on", async () => {
    await save("heron", 2000);
    await resolveQueued(options);
    nowMs += 40 * DAY;
    await desk.saveList({ ...SALE, percentOffPpm: 100_000 });
    nowMs += 40 * DAY;
    await desk.saveList({ ...SALE, percentOffPpm: 300_000 });
    expect(await resolved("heron", "home")).toEqual([
      { who: "", fromUnits: 1, amount: 1400, before: 2000, lowest: 2000, until: null },
    ]);
  });

  it("gives a group its own steps and leaves everybody else alone", async () => {
    await save("heron", 2000);
    await desk.saveList({ ...SALE, listId: "trade", kind: "price", customerGroup: "trade" });
    await desk.putEntries("trade", [
      { sku: "HERON", minQuantity: 1, price: { kind: "fixed", amountMinor: 1500 } },
      { sku: "HERON", minQuantity: 10, price: { kind: "fixed", amountMinor: 1200 } },
    ]);
    expect(await resolved("heron", "home")).toEqual([
      { who: "trade", fromUnits: 1, amount: 1500, before: null, lowest: null, until: null },
      { who: "trade", fromUnits: 10, amount: 1200, before: null, lowest: null, until: null },
    ]);
    expect(await card("heron")).toEqual({ price: 2000, before: null });
  });

  it("walks the whole catalogue in rounds, and goes on where a run was cut off", async () => {
    for (let index = 0; index < 90; index += 1) await save(`p${index}`, 1000 + index);
    await resolveQueued(options);
    await desk.saveList({ ...SALE, status: "draft", percentOffPpm: 500_000 });
    await env.DB.batch([
      env.DB.prepare("UPDATE price_lists SET status = 'active' WHERE id = 'sale'"),
      env.DB.prepare("UPDATE price_state SET version = version + 1, sweep_after = 0"),
    ]);
    const first = await resolveQueued(options, { maxRounds: 1 });
    expect(first).toEqual({ products: 40, isDone: false });
    expect(await card("p0")).toEqual({ price: 500, before: 1000 });
    expect(await card("p89")).toEqual({ price: 1089, before: null });
    expect(await resolveQueued(options)).toEqual({ products: 50, isDone: true });
    expect(await card("p89")).toEqual({ price: 544, before: 1089 });
    expect(await resolveQueued(options)).toEqual({ products: 0, isDone: true });
  });

  it("refuses to write what was worked out before a list changed", async () => {
    await save("heron", 2000);
    const row = await env.DB.prepare("SELECT number FROM products LIMIT 1").first<{ number: number }>();
    const round = await readRound(options, [row?.number ?? 0]);
    await desk.saveList({ ...SALE, percentOffPpm: 100_000 });
    await expect(env.DB.batch([...roundStatements(env.DB, round, workOut(round.facts))])).rejects.toThrow(
      "prices_moved",
    );
    expect(await card("heron")).toEqual({ price: 1800, before: 2000 });
  });

  it("keeps a product queued that was saved again while it was worked on", async () => {
    await save("heron", 2000);
    const row = await env.DB.prepare("SELECT number FROM products LIMIT 1").first<{ number: number }>();
    const round = await readRound(options, [row?.number ?? 0]);
    await save("heron", 3000);
    await env.DB.batch([...roundStatements(env.DB, round, workOut(round.facts))]);
    expect((await resolveQueued(options)).products).toBe(1);
    expect(await card("heron")).toEqual({ price: 3000, before: null });
  });
});

describe("what staff may not do", () => {
  it("refuses terms that contradict each other, by field", async () => {
    await desk.saveMarket(SWISS);
    const codes = async (result: Promise<{ ok: boolean; refusal?: unknown }>) => {
      const { ok, refusal } = await result;
      return ok
        ? "ok"
        : ((refusal as { mistakes?: { field: string }[] }).mistakes ?? []).map(({ field }) => field);
    };
    expect(await codes(desk.saveMarket({ ...SWISS, marketId: "ch2" }))).toEqual(["countries", "pathPrefix"]);
    expect(await codes(desk.saveMarket({ ...SWISS, currency: "EUR" }))).toEqual(["currency"]);
    expect(await codes(desk.saveList({ ...SALE, marketId: "nowhere" }))).toEqual(["marketId"]);
    expect(await codes(desk.saveList({ ...SALE, startsAtMs: 5, endsAtMs: 5 }))).toEqual(["endsAt"]);
    await desk.saveList(SALE);
    expect(
      await codes(
        desk.putEntries("sale", [{ sku: "NONE", minQuantity: 1, price: { kind: "fixed", amountMinor: 1 } }]),
      ),
    ).toEqual(["entries/0"]);
    expect(await desk.saveList({ ...SALE, title: "Other" }, 99)).toEqual({
      ok: false,
      refusal: { code: "version_conflict", version: 1 },
    });
  });

  it("never loses the default market", async () => {
    await expect(env.DB.prepare("DELETE FROM markets WHERE is_default = 1").run()).rejects.toThrow(
      "default_market_stays",
    );
  });
});

describe("reading a price", () => {
  it.each([
    ["of a cart", RESOLVED_SQL],
    ["of a cart and a SKU", RESOLVED_AND_SKU_SQL],
    ["of a product page", PRODUCT_PRICES_SQL],
  ])("%s is one lookup by key", async (_what, sql) => {
    const count = Math.max(...[...sql.matchAll(/\?(\d)/g)].map(([, digit]) => Number(digit)));
    const values = ["[]", "home", "", "cus", "SKU"].slice(0, count);
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const steps = results.map(({ detail }) => detail);
    expect(steps.filter((step) => /^SCAN (?!CONSTANT|json_each|wanted)|TEMP B-TREE/.test(step))).toEqual([]);
    expect(steps.join("\n")).toContain(
      "SEARCH r USING PRIMARY KEY (variant_id=? AND market_id=? AND customer_group=?)",
    );
  });
});
