import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { PRODUCT_SORTS } from "../contract.ts";
import { CARDS_SQL, NUMBERED_CARDS_SQL } from "./card-query.ts";
import { CHANGE_FEED_SQL } from "./change-feed.ts";
import { COLLECTION_SQL } from "./collection-query.ts";
import { INDEX_ROWS_SQL } from "./index-rows.ts";
import { listingSql, type ListingScope } from "./listing-query.ts";
import { SURROUNDINGS_SQL } from "./product-surroundings.ts";
import { SITEMAP_SQL } from "./sitemap-query.ts";
import { MEDIA_SQL } from "./media-library.ts";
import { PRODUCT_SQL } from "./product-query.ts";
import {
  SELLABLE_AND_SKU_SQL,
  SELLABLE_SQL,
  TRANSLATED_SELLABLE_AND_SKU_SQL,
  TRANSLATED_SELLABLE_SQL,
} from "./sellable-query.ts";
import { LABELS_SQL, OPTION_WORDS_SQL, SUGGESTIONS_SQL, WORD_STEP_SQL } from "./shared-words.ts";
import { variantTitlesSql } from "./variant-titles.ts";
import { staffListSql } from "./staff-query.ts";
import { reprojectSql, STOCKED_PRODUCTS } from "./stock-projection.ts";

/** The planner's steps; numbered parameters are bound once each. */
async function planOf(sql: string): Promise<string[]> {
  const numbered = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, digit]) => Number(digit)));
  const count = numbered || [...sql.matchAll(/\?/g)].length;
  const values = Array.from({ length: count }, (_, index) => (index === 0 ? "[]" : 1));
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

/** Steps that read a whole table or sort it. Lists of parameters and bounded results of our own are not tables. */
const costly = (steps: readonly string[]): string[] =>
  steps.filter(
    (step) =>
      /TEMP B-TREE/.test(step) ||
      (/^SCAN /.test(step) &&
        !/VIRTUAL TABLE|USING (COVERING )?INDEX|CONSTANT ROW|^SCAN \(|json_each/.test(step)),
  );

describe("each list is one walk along an index, without sorting", () => {
  const cases = (["shop", "collection"] as const satisfies readonly ListingScope[]).flatMap((scope) =>
    PRODUCT_SORTS.flatMap((sort) => [true, false].map((isFirstPage) => ({ scope, sort, isFirstPage }))),
  );
  it.each(cases)("$scope by $sort, first page: $isFirstPage", async ({ scope, sort, isFirstPage }) => {
    const steps = await planOf(listingSql(scope, sort, { isFirstPage }));
    expect(costly(steps)).toEqual([]);
    const index = `${scope === "shop" ? "products" : "collection_products"}_${sort.replace(/_(asc|desc)$/, "")}`;
    expect(steps.join("\n")).toContain(`INDEX ${index}`);
    if (scope === "collection") expect(steps.join("\n")).toContain("SEARCH p USING INTEGER PRIMARY KEY");
  });

  it.each([
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ])("the staff's, filtered: %s, first page: %s", async (isFiltered, isFirstPage) => {
    expect(costly(await planOf(staffListSql(isFiltered, isFirstPage)))).toEqual([]);
  });
});

describe("no other reading walks a table", () => {
  const statements = {
    ...PRODUCT_SQL,
    ...COLLECTION_SQL,
    cards: CARDS_SQL,
    numberedCards: NUMBERED_CARDS_SQL,
    indexPage: INDEX_ROWS_SQL.page,
    indexChanges: INDEX_ROWS_SQL.changes,
    ...MEDIA_SQL,
    ...SITEMAP_SQL,
    changesAfter: CHANGE_FEED_SQL.after,
    latestChange: CHANGE_FEED_SQL.latest,
    ...SURROUNDINGS_SQL,
    sellable: SELLABLE_SQL,
    sellableAndSku: SELLABLE_AND_SKU_SQL,
    translatedSellable: TRANSLATED_SELLABLE_SQL,
    translatedSellableAndSku: TRANSLATED_SELLABLE_AND_SKU_SQL,
    variantTitles: variantTitlesSql("?1"),
    labels: LABELS_SQL,
    optionWords: OPTION_WORDS_SQL,
    wordSuggestions: SUGGESTIONS_SQL,
    wordStep: WORD_STEP_SQL,
    reproject: reprojectSql(STOCKED_PRODUCTS),
  };
  it.each(Object.entries(statements))("%s", async (_, sql) => {
    const steps = await planOf(sql);
    expect(
      steps.filter((step) =>
        /^SCAN (p|products|v|variants|m|media|c|s|stock_levels|catalog_changes|f|t|translations|closer|w|shared_words)\b(?!.*INDEX)/.test(
          step,
        ),
      ),
    ).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  });
});
