import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { MEANING_TEXTS_SQL } from "../../catalog/adapters/meaning-texts.ts";
import { ALIKE_SQL } from "../../search/adapters/alike-table.ts";
import { KEEP_SQL } from "./keep-store.ts";
import { MODEL_SQL } from "./model-sql.ts";

async function planOf(sql: string): Promise<string> {
  const count = Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, digit]) => Number(digit)));
  const values = Array.from({ length: count }, (_, index) =>
    index === 0 && sql.includes("json_each") ? "[]" : 1,
  );
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail).join("\n");
}

describe("statements of meaning", () => {
  it.each([
    [
      "terms",
      MODEL_SQL.terms,
      "SEARCH t USING INDEX sqlite_autoindex_semantic_terms_1 (version=? AND term=?)",
    ],
    ["cells", MODEL_SQL.cells, "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)"],
    ["vectors", MODEL_SQL.vectors, "SEARCH v USING INTEGER PRIMARY KEY (rowid=?)"],
    [
      "surroundings",
      MODEL_SQL.surroundings,
      "SEARCH v USING INDEX semantic_vectors_cell (version=? AND cell=?)",
    ],
    [
      "surroundings of a query",
      MODEL_SQL.surroundingsOfQuery,
      "semantic_vectors_cell (version=? AND cell=?)",
    ],
    ["remove", MODEL_SQL.remove, "SEARCH semantic_vectors USING INTEGER PRIMARY KEY (rowid=?)"],
    ["walk", MODEL_SQL.walk, "USING COVERING INDEX semantic_vectors_cell (version=? AND cell>?)"],
    ["state", KEEP_SQL.claim, "SEARCH semantic_state USING INTEGER PRIMARY KEY (rowid=?)"],
    ["alike, forgotten", ALIKE_SQL.forget, "SEARCH product_pairs USING"],
    ["alike, pruned", ALIKE_SQL.prune, "SEARCH better USING"],
    ["texts by number", MEANING_TEXTS_SQL.of, "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"],
    ["a page of texts", MEANING_TEXTS_SQL.page, "SEARCH p USING INDEX products_ranking (number>?)"],
  ])("%s go along an index", async (_, sql, step) => {
    const plan = await planOf(sql);
    expect(plan).toContain(step);
    expect(plan).not.toMatch(/SCAN (?:semantic|product|p\b|v\b|t\b)/);
    expect(plan).not.toContain("TEMP B-TREE FOR ORDER BY");
  });
});
