import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { areLevelsShown, SHOWN_SQL } from "./shown-levels.ts";
import { findStockLevel, listStockLevels, stockListSql, type StockListRequest } from "./queries.ts";

// SKU, availability rank: 0 in stock, 1 low, 4 sold out.
const LEVELS: [string, number][] = [
  ["CLOTH-1", 4],
  ["PRINT-1", 0],
  ["PRINT-2", 1],
  ["PRINT-3", 4],
  ["TILE-1", 1],
];

beforeAll(async () => {
  await env.DB.batch(
    LEVELS.map(([sku, rank]) =>
      env.DB.prepare(
        `INSERT INTO stock_levels (sku, on_hand, held, available, policy, version, updated_at_ms, availability_rank, available_units)
         VALUES (?, 5, 2, 3, '{"kind":"deny"}', 7, 1000, ?, 3)`,
      ).bind(sku, rank),
    ),
  );
});

const skusOf = async (request: Partial<StockListRequest>): Promise<string[]> => {
  const page = await listStockLevels(env.DB, { limit: 100, ...request });
  if (!page.ok) throw new Error(page.refusal.code);
  return page.value.items.map((row) => row.sku);
};

test("levels come by SKU, in pages", async () => {
  expect(await skusOf({})).toEqual(LEVELS.map(([sku]) => sku));
  const first = await listStockLevels(env.DB, { limit: 2 });
  if (!first.ok || first.value.nextCursor === undefined) throw new Error("there is a next page");
  expect(await skusOf({ cursor: first.value.nextCursor })).toEqual(["PRINT-2", "PRINT-3", "TILE-1"]);
});

test("a list is of a beginning, of a bucket, or of both", async () => {
  expect(await skusOf({ skuPrefix: "PRINT-" })).toEqual(["PRINT-1", "PRINT-2", "PRINT-3"]);
  expect(await skusOf({ bucket: "sold_out" })).toEqual(["CLOTH-1", "PRINT-3"]);
  expect(await skusOf({ bucket: "low", skuPrefix: "P" })).toEqual(["PRINT-2"]);
});

test("a level is found by its SKU", async () => {
  expect(await findStockLevel(env.DB, "PRINT-2")).toMatchObject({
    onHand: 5,
    available: 3,
    availability: "low",
  });
  expect(await findStockLevel(env.DB, "NOBODY")).toBeUndefined();
});

test("levels are shown once none of them lags behind, and each is found by its key", async () => {
  const told = (version: number) => LEVELS.map(([sku]) => ({ sku, version }));
  expect(await areLevelsShown(env.DB, told(7))).toBe(true);
  expect(await areLevelsShown(env.DB, told(6))).toBe(true);
  expect(await areLevelsShown(env.DB, [...told(6), { sku: "TILE-1", version: 8 }])).toBe(false);
  expect(await areLevelsShown(env.DB, [...told(7), { sku: "NOBODY", version: 1 }])).toBe(false);
  expect(await areLevelsShown(env.DB, [])).toBe(true);
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${SHOWN_SQL}`)
    .bind("[]")
    .all<{ detail: string }>();
  expect(results.map((row) => row.detail).join("\n")).toContain("SEARCH level USING INDEX");
});

test("a cursor of another list is refused", async () => {
  expect(await listStockLevels(env.DB, { cursor: "WzFd", limit: 1 })).toMatchObject({ ok: false });
});

test("every list reads through an index and sorts nothing", async () => {
  for (const request of [{}, { skuPrefix: "P" }, { bucket: "low" as const, skuPrefix: "P" }]) {
    const { sql, parameters } = stockListSql(request, ["A"]);
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...parameters, 10)
      .all<{ detail: string }>();
    const plan = results.map((row) => row.detail).join("\n");
    expect(plan).toMatch(/SEARCH stock_levels USING INDEX/);
    expect(plan).not.toContain("TEMP B-TREE");
  }
});
