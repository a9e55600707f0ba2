import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { SearchRequest } from "../app/ports.ts";
import type { CatalogRefusal, SearchPage } from "../contract.ts";
import { foldText } from "../domain/listing.ts";
import { MAX_SEARCH_MATCHES, MAX_SUGGESTION_WORDS } from "../domain/limits.ts";
import { readQueryText, readSearchQuery, type SearchQuery } from "../domain/search-query.ts";
import { nearestWord, type IndexedWord } from "../domain/suggestion.ts";
import { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./rows.ts";

/** Weights of title, vendor, type, tags, options, SKU, description. */
const WEIGHTS = "10.0, 2.0, 4.0, 3.0, 2.0, 6.0, 1.0";

/**
 * Ranks at most a thousand matches, the newest ones, so that a word that is everywhere costs no more than a rare one.
 * A SKU or barcode typed in full comes first. Parameters: expression, typed text, rows, rows to leave out.
 */
export const SEARCH_SQL = `WITH
  hits(number, score) AS MATERIALIZED (
    SELECT rowid, bm25(product_search, ${WEIGHTS}) FROM product_search WHERE product_search MATCH ?1
    ORDER BY rowid DESC LIMIT ${MAX_SEARCH_MATCHES}),
  exact(number) AS MATERIALIZED (
    SELECT v.product_number FROM variants v CROSS JOIN products p ON p.number = v.product_number
      WHERE v.sku COLLATE NOCASE = ?2 AND p.is_listed = 1
    UNION SELECT v.product_number FROM variants v CROSS JOIN products p ON p.number = v.product_number
      WHERE v.barcode = ?2 AND v.barcode IS NOT NULL AND p.is_listed = 1
    LIMIT ${MAX_SEARCH_MATCHES}),
  ranked(number, score) AS (
    SELECT number, -1e9 FROM exact
    UNION ALL SELECT number, score FROM hits WHERE number NOT IN (SELECT number FROM exact)),
  page(number, score, total) AS (
    SELECT number, score, count(*) OVER () FROM ranked ORDER BY score, number DESC LIMIT ?3 OFFSET ?4)
  SELECT ${CARD_COLUMNS}, page.total FROM page CROSS JOIN products p ON p.number = page.number
  ORDER BY page.score, page.number DESC`;

/** Words of the index between two texts. */
export const WORDS_SQL = `SELECT term, doc AS products FROM product_terms WHERE term >= ? AND term < ? LIMIT ${MAX_SUGGESTION_WORDS}`;

type SearchRow = CardRow & { readonly total: number };

/**
 * Searches active products. The cursor is a place in the ranked matches: ranks are computed from the whole index and
 * shift with every edit, so a place is steadier than a score would be.
 */
export async function querySearch(
  db: CatalogDb,
  request: SearchRequest,
): Promise<Result<SearchPage, CatalogRefusal>> {
  const text = readQueryText(request.query);
  const offset = request.cursor === undefined ? 0 : readOffset(request.cursor);
  if (offset === undefined) return refuse({ code: "invalid_cursor" });
  const query = readSearchQuery(text);
  if (!query) return ok({ items: [], query: text, count: 0, isCountExact: true });
  const { results } = await db
    .prepare(SEARCH_SQL)
    .bind(query.match, query.text, request.limit, offset)
    .all<SearchRow>();
  const count = results[0]?.total ?? 0;
  const next = offset + results.length;
  const suggestion = count === 0 && offset === 0 ? await suggest(db, query) : undefined;
  return ok({
    items: results.map(readCard),
    query: text,
    count: Math.min(count, MAX_SEARCH_MATCHES),
    isCountExact: count < MAX_SEARCH_MATCHES,
    ...(results.length === request.limit && next < count
      ? { nextCursor: encodeCursor(["search", next]) }
      : {}),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function readOffset(cursor: string): number | undefined {
  const [kind, place] = decodeCursor(cursor, 2) ?? [];
  const isPlace =
    typeof place === "number" && Number.isInteger(place) && place > 0 && place <= 2 * MAX_SEARCH_MATCHES;
  return kind === "search" && isPlace ? place : undefined;
}

/** What was probably meant: words of the index that begin with the same two letters are compared with each typed word. */
async function suggest(db: CatalogDb, { words }: SearchQuery): Promise<string | undefined> {
  const folded = words.map(foldText);
  const answers = await db.batch<IndexedWord>(
    folded.map((word) => {
      const start = Array.from(word).slice(0, 2).join("");
      return db.prepare(WORDS_SQL).bind(start, `${start}\u{10ffff}`);
    }),
  );
  const meant = folded.map((word, index) => nearestWord(word, answers[index]?.results ?? []) ?? word);
  return meant.every((word, index) => word === folded[index]) ? undefined : meant.join(" ");
}
