import { readCard, type CardRow, type CatalogDb } from "#catalog";
import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { SemanticIndex } from "#semantics";
import type { SearchRequest } from "../app/ports.ts";
import type { SearchPage, SearchRefusal, SearchSort } from "../contract.ts";
import { foldText } from "../domain/fold.ts";
import {
  FEW_HITS,
  MAX_CANDIDATES,
  MAX_OTHER_CANDIDATES,
  MAX_PAGE_SIZE,
  ORDERED_BY_MEANING,
  RANKED_WORDS,
} from "../domain/limits.ts";
import { decayNow } from "../domain/popularity.ts";
import type { ReadingLocale } from "../domain/reading-locale.ts";
import { orderByMeaning } from "../domain/rerank.ts";
import { readQueryText, readSearchQuery, type SearchQuery } from "../domain/search-query.ts";
import { askMeaning } from "./ask-meaning.ts";
import { queryCorrection } from "./correction-query.ts";
import { searchSql } from "./search-sql.ts";

type SearchRow = CardRow & {
  readonly score: number;
  readonly is_exact: 0 | 1;
  readonly total: number;
  readonly others_count: number;
  /** A JSON list, in the first row when asked for. */
  readonly numbers?: string | null;
};
export type Place = { readonly sort: SearchSort; readonly limit: number; readonly offset: number };

type Question = SearchRequest & {
  readonly nowMs: number;
  readonly semantics?: SemanticIndex;
  readonly locale?: ReadingLocale | undefined;
};

/**
 * The cursor is a place in the ranked candidates: ranks shift with every edit and every visitor, so a place is steadier
 * than a score would be.
 */
export async function querySearch(
  db: CatalogDb,
  request: Question,
): Promise<Result<SearchPage, SearchRefusal>> {
  const text = readQueryText(request.query);
  const offset = request.cursor === undefined ? 0 : readOffset(request.cursor);
  if (offset === undefined) return refuse({ code: "invalid_cursor" });
  const { hasNumbers = false, nowMs, semantics, locale, sort = "relevance" } = request;
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_PAGE_SIZE);
  const query = readSearchQuery(text);
  const none = hasNumbers ? { numbers: [] } : {};
  if (!query) return ok({ items: [], query: text, count: 0, isCountExact: true, ...none });
  const find = (what: SearchQuery, join: "AND" | "OR" = "AND") =>
    runSearch(
      db,
      { query: what, join, place: { sort, limit, offset }, hasNumbers, nowMs, locale },
      semantics,
    );
  const page = { query: text, ...none, ...(await find(query)) };
  if (page.count >= FEW_HITS || page.exactHandle !== undefined) return ok(page);
  const correction = await queryCorrection(db, query, { semantics, locale });
  const corrected = correction === undefined ? undefined : readSearchQuery(correction);
  const instead = corrected && (await find(corrected));
  if (correction !== undefined && instead && instead.count > page.count)
    // What was asked for is shown where there is any of it.
    return ok(page.count > 0 ? { ...page, suggestion: correction } : { ...page, ...instead, correction });
  if (page.count > 0) return ok(page);
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
  /** Whose translations are searched as well; absent: only the shop's own words. */
  readonly locale?: ReadingLocale | undefined;
};

async function runSearch(
  db: CatalogDb,
  search: Search,
  semantics: SemanticIndex | undefined,
): Promise<Omit<SearchPage, "query">> {
  const { sort, limit, offset } = search.place;
  if (!semantics || sort !== "relevance" || offset >= ORDERED_BY_MEANING) {
    const { results } = await bindSearch(db, search).all<SearchRow>();
    return readPage(results, search.place);
  }
  // All that is put in order is read, so that a page shows the best of it and the next page the rest.
  const place = { sort, limit: Math.max(offset + limit, ORDERED_BY_MEANING), offset: 0 };
  const { results } = await bindSearch(db, { ...search, place }).all<SearchRow>();
  const rows = await orderRows(results, { semantics, text: search.query.text });
  const numbers = rows.slice(0, ORDERED_BY_MEANING).map(({ number }) => number);
  return readPage(rows.slice(offset, offset + limit), search.place, { first: results[0], best: numbers });
}

/** The best rows in order of words and meaning, and the others after them. */
async function orderRows(
  rows: readonly SearchRow[],
  { semantics, text }: { readonly semantics: SemanticIndex; readonly text: string },
): Promise<readonly SearchRow[]> {
  if (rows.length < 2) return rows;
  const best = rows.slice(0, ORDERED_BY_MEANING);
  const among = best.map(({ number }) => number);
  const answer = await askMeaning(semantics.query({ text, among, limit: among.length }));
  if (!answer || answer.length === 0) return rows;
  const likeness = new Map(answer.map((one) => [one.number, one.likeness]));
  const byNumber = new Map(best.map((row) => [row.number, row]));
  const ordered = orderByMeaning(best, likeness).flatMap((number) => byNumber.get(number) ?? []);
  return [...ordered, ...rows.slice(ORDERED_BY_MEANING)];
}

/** The statement of one search; it can share a round trip with others. */
export function bindSearch(
  db: CatalogDb,
  { query, join, place, nowMs, hasNumbers = false, locale }: Search,
): D1PreparedStatement {
  const ranked = query.words.slice(0, RANKED_WORDS).map(({ word }) => ` ${word}`);
  return db
    .prepare(searchSql(place.sort, join, { hasNumbers, isTranslated: locale !== undefined }))
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
      ...(locale ? [JSON.stringify(locale.chain), locale.language] : []),
    );
}

/** What the statement says once, in its first row; and the best numbers, where they have another order than its own. */
type Whole = { readonly first: SearchRow | undefined; readonly best: readonly number[] };

function readPage(
  rows: readonly SearchRow[],
  { limit, offset }: Place,
  { first, best }: Whole = { first: rows[0], best: [] },
): Omit<SearchPage, "query"> {
  const count = first?.total ?? 0;
  const next = offset + rows.length;
  const exact = offset === 0 ? rows.filter((row) => row.is_exact === 1) : [];
  const [only] = exact;
  const numbers = first?.numbers;
  return {
    items: rows.map(readCard),
    count,
    isCountExact: (first?.others_count ?? 0) < MAX_OTHER_CANDIDATES,
    ...(rows.length === limit && next < count ? { nextCursor: encodeCursor(["search", next]) } : {}),
    ...(only && exact.length === 1 ? { exactHandle: only.handle } : {}),
    // The database wrote this list from a column of integers.
    ...(typeof numbers === "string"
      ? { numbers: [...best, ...(JSON.parse(numbers) as readonly number[]).slice(best.length)] }
      : {}),
  };
}

function readOffset(cursor: string): number | undefined {
  const [kind, place] = decodeCursor(cursor, 2) ?? [];
  const isPlace =
    typeof place === "number" && Number.isInteger(place) && place > 0 && place <= MAX_CANDIDATES;
  return kind === "search" && isPlace ? place : undefined;
}
