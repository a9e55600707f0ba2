import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { POPULARITY_SQL } from "../../catalog/adapters/popularity-projection.ts";
import { SEARCH_SORTS } from "../contract.ts";
import { KEEP_SQL } from "./keep-search.ts";
import { POPULAR_PHRASES_SQL, POPULAR_PRODUCTS_SQL } from "./popular-query.ts";
import { KNOWN_WORDS_SQL, NEAR_WORDS_SQL, SAME_BEGINNING_SQL, searchSql } from "./search-sql.ts";
import { TRANSLATED_COMPLETIONS_SQL } from "./suggestion-query.ts";
import {
  TRANSLATED_KNOWN_WORDS_SQL,
  TRANSLATED_NEAR_WORDS_SQL,
  TRANSLATED_SAME_BEGINNING_SQL,
} from "./translated-sql.ts";
import { SYNONYM_LIST_SQL } from "./synonym-table.ts";

/** The planner's steps. */
async function planOf(sql: string): Promise<string[]> {
  const count = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, digit]) => Number(digit)));
  const values = Array.from({ length: count }, (_, index) => (index < 2 ? "[]" : 1));
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

/** Steps that walk over a whole table; full-text tables, lists of parameters and bounded results of our own are none. */
const walks = (steps: readonly string[]): string[] =>
  steps.filter(
    (step) =>
      /^SCAN /.test(step) &&
      !/VIRTUAL TABLE|USING (COVERING )?INDEX|CONSTANT ROW|^SCAN \(|json_each|^SCAN (?:expression|others|hits|h|c|scored|page|wanted_locales|translated_others|translated_hits)\b/.test(
        step,
      ),
  );

describe("no search walks over a table", () => {
  const cases = SEARCH_SORTS.flatMap((sort) => [[sort, false] as const, [sort, true] as const]);
  it.each(cases)("sorted by %s, with numbers: %s", async (sort, hasNumbers) => {
    const steps = await planOf(searchSql(sort, "AND", { hasNumbers }));
    expect(walks(steps)).toEqual([]);
    const text = steps.join("\n");
    for (const index of [
      "product_search VIRTUAL TABLE INDEX",
      "product_names VIRTUAL TABLE INDEX",
      "popular_names VIRTUAL TABLE INDEX",
      "variants_sku_any_case",
      "variants_barcode",
      "products_ranking (number=?)",
      "search_words_word (word>? AND word<?)",
      "SEARCH o USING INTEGER PRIMARY KEY",
      "SEARCH p USING INTEGER PRIMARY KEY",
    ])
      expect(text).toContain(index);
  });

  it.each(SEARCH_SORTS)("in translations, sorted by %s", async (sort) => {
    const steps = await planOf(searchSql(sort, "AND", { hasNumbers: true, isTranslated: true }));
    expect(walks(steps)).toEqual([]);
    const text = steps.join("\n");
    for (const index of [
      "translated_search VIRTUAL TABLE INDEX",
      "translated_names VIRTUAL TABLE INDEX",
      "search_locales_locale (locale=?)",
      "translated_words_word (language=? AND word>? AND word<?)",
      "SEARCH n USING INTEGER PRIMARY KEY",
    ])
      expect(text).toContain(index);
  });

  it.each([
    [TRANSLATED_NEAR_WORDS_SQL, "SEARCH w USING INTEGER PRIMARY KEY"],
    [TRANSLATED_SAME_BEGINNING_SQL, "translated_words_word (language=? AND word>? AND word<?)"],
    [TRANSLATED_KNOWN_WORDS_SQL, "translated_words_word (language=? AND word=?)"],
    [TRANSLATED_COMPLETIONS_SQL, "translated_words_word (language=? AND word>? AND word<?)"],
  ])("%s", async (sql, step) => {
    const steps = await planOf(sql);
    expect(steps.join("\n")).toContain(step);
    expect(walks(steps)).toEqual([]);
  });

  it.each([
    [POPULAR_PHRASES_SQL, "SCAN search_phrases USING INDEX search_phrases_score"],
    [POPULAR_PRODUCTS_SQL, "SEARCH products USING COVERING INDEX products_popular (popularity>?)"],
    [KEEP_SQL.dueScores, "SCAN product_popularity USING INDEX product_popularity_due"],
    [POPULARITY_SQL, "SEARCH products USING INTEGER PRIMARY KEY"],
  ])("%s", async (sql, step) => {
    const steps = await planOf(sql);
    expect(steps.join("\n")).toContain(step);
    expect(walks(steps).filter((one) => !/^SCAN (?:best|e)\b/.test(one))).toEqual([]);
  });

  it.each(Object.entries({ NEAR_WORDS_SQL, SAME_BEGINNING_SQL, KNOWN_WORDS_SQL, SYNONYM_LIST_SQL }))(
    "%s",
    async (_, sql) => {
      const steps = await planOf(sql);
      expect(walks(steps)).toEqual([]);
      expect(steps.length).toBeGreaterThan(0);
    },
  );
});
