import { readCard, type CardRow, type CatalogDb } from "#catalog";
import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { SearchRequest } from "../app/ports.ts";
import type { SearchPage, SearchRefusal, SearchSort } from "../contract.ts";
import { foldText } from "../domain/fold.ts";
import { MAX_CANDIDATES, MAX_OTHER_CANDIDATES, MAX_PAGE_SIZE, RANKED_WORDS } from "../domain/limits.ts";
import { decayNow } from "../domain/popularity.ts";
import { readQueryText, readSearchQuery, type SearchQuery } from "../domain/search-query.ts";
import { queryCorrection } from "./correction-query.ts";
import { searchSql } from "./search-sql.ts";

type SearchRow = CardRow & {
  readonly is_exact: 0 | 1;
  readonly total: number;
  readonly others_count: number;
  /** A JSON list, in the first row when asked for. */
  readonly numbers?: string | null;
};
export type Place = { readonly sort: SearchSort; readonly limit: number; readonly offset: number };

/**
 * The cursor is a place in the ranked candidates: ranks shift with every edit and every visitor, so a place is steadier
 * than a score would be.
 */
export async function querySearch(
  db: CatalogDb,
  request: SearchRequest & { readonly nowMs: number },
): Promise<Result<SearchPage, SearchRefusal>> {
  const text = readQueryText(request.query);
  const offset = request.cursor === undefined ? 0 : readOffset(request.cursor);
  if (offset === undefined) return refuse({ code: "invalid_cursor" });
  const place = {
    sort: request.sort ?? "relevance",
    limit: Math.min(Math.max(1, Math.trunc(request.limit)), MAX_PAGE_SIZE),
    offset,
  };
  const query = readSearchQuery(text);
  const { hasNumbers = false } = request;
  const none = hasNumbers ? { numbers: [] } : {};
  if (!query) return ok({ items: [], query: text, count: 0, isCountExact: true, ...none });
  const find = (what: SearchQuery, join: "AND" | "OR" = "AND") =>
    runSearch(db, { query: what, join, place, hasNumbers, nowMs: request.nowMs });
  const page = { query: text, ...none, ...(await find(query)) };
  if (page.count > 0) return ok(page);
  const correction = await queryCorrection(db, query);
  const corrected = correction === undefined ? undefined : readSearchQuery(correction);
  if (correction !== undefined && corrected) {
    const instead = await find(corrected);
    if (instead.count > 0) return ok({ ...page, ...instead, correction });
  }
  // A short word or number in common says nothing about two products.
  const telling = query.words.filter(({ word }) => word.length > 2 && !/\d/.test(word));
  if (query.words.length < 2 || telling.length === 0) return ok(page);
  const some = await find({ ...query, words: telling }, "OR");
  return ok(some.count > 0 ? { ...page, ...some, isPartial: true } : page);
}

export type Search = {
  readonly query: SearchQuery;
  readonly join: "AND" | "OR";
  readonly place: Place;
  readonly nowMs: number;
  readonly hasNumbers?: boolean;
};

async function runSearch(db: CatalogDb, search: Search): Promise<Omit<SearchPage, "query">> {
  const { results } = await bindSearch(db, search).all<SearchRow>();
  return readPage(results, search.place);
}

/** The statement of one search; it can share a round trip with others. */
export function bindSearch(
  db: CatalogDb,
  { query, join, place, nowMs, hasNumbers = false }: Search,
): D1PreparedStatement {
  const ranked = query.words.slice(0, RANKED_WORDS).map(({ word }) => ` ${word}`);
  return db
    .prepare(searchSql(place.sort, join, hasNumbers))
    .bind(
      JSON.stringify(query.words),
      JSON.stringify(join === "AND" ? query.phrases : []),
      place.limit,
      place.offset,
      decayNow(nowMs),
      foldText(query.text),
      Math.max(1, ranked.length),
      ...Array.from({ length: RANKED_WORDS }, (_, index) => ranked[index] ?? null),
      query.text,
    );
}

function readPage(rows: readonly SearchRow[], { limit, offset }: Place): Omit<SearchPage, "query"> {
  const count = rows[0]?.total ?? 0;
  const next = offset + rows.length;
  const exact = offset === 0 ? rows.filter((row) => row.is_exact === 1) : [];
  const [only] = exact;
  const numbers = rows[0]?.numbers;
  return {
    items: rows.map(readCard),
    count,
    isCountExact: (rows[0]?.others_count ?? 0) < MAX_OTHER_CANDIDATES,
    ...(rows.length === limit && next < count ? { nextCursor: encodeCursor(["search", next]) } : {}),
    ...(only && exact.length === 1 ? { exactHandle: only.handle } : {}),
    // The database wrote this list from a column of integers.
    ...(typeof numbers === "string" ? { numbers: JSON.parse(numbers) as readonly number[] } : {}),
  };
}

function readOffset(cursor: string): number | undefined {
  const [kind, place] = decodeCursor(cursor, 2) ?? [];
  const isPlace =
    typeof place === "number" && Number.isInteger(place) && place > 0 && place <= MAX_CANDIDATES;
  return kind === "search" && isPlace ? place : undefined;
}
