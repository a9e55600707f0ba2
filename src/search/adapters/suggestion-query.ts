import { readCard, type CardRow, type CatalogDb } from "#catalog";
import type { Suggestions } from "../contract.ts";
import {
  MAX_COMPLETIONS_LOOKED_AT,
  MAX_PHRASES_LOOKED_AT,
  MAX_SUGGESTED_PHRASES,
  MAX_SUGGESTED_PRODUCTS,
  MIN_SUGGESTED_SEARCHES,
} from "../domain/limits.ts";
import type { ReadingLocale } from "../domain/reading-locale.ts";
import { readSearchQuery } from "../domain/search-query.ts";
import { mergePhrases } from "../domain/phrases.ts";
import { bindSearch } from "./search-query.ts";

/** Queries of others that begin so, the most asked lately. Parameters: beginning, its end. */
export const PHRASES_SQL = `SELECT phrase FROM (
    SELECT phrase, score FROM search_phrases
    WHERE phrase >= ?1 AND phrase < ?2 AND searches >= ${MIN_SUGGESTED_SEARCHES} LIMIT ${MAX_PHRASES_LOOKED_AT})
  ORDER BY score DESC LIMIT ${MAX_SUGGESTED_PHRASES}`;

/** Words of the shop that begin so, the most frequent of those looked at. Parameters: beginning, its end. */
export const COMPLETIONS_SQL = `SELECT word FROM (
    SELECT word, products FROM search_words WHERE word >= ?1 AND word < ?2 LIMIT ${MAX_COMPLETIONS_LOOKED_AT})
  ORDER BY products DESC, word LIMIT ${MAX_SUGGESTED_PHRASES}`;

/** The same of the words of a language, the shortest of those looked at. Parameters: beginning, its end, language. */
export const TRANSLATED_COMPLETIONS_SQL = `SELECT word FROM (
    SELECT word FROM translated_words WHERE language = ?3 AND word >= ?1 AND word < ?2
    LIMIT ${MAX_COMPLETIONS_LOOKED_AT})
  ORDER BY length(word), word LIMIT ${MAX_SUGGESTED_PHRASES}`;

/** What the search field offers while somebody types. One round trip. */
export async function querySuggestions(
  db: CatalogDb,
  typed: string,
  { nowMs, locale }: { readonly nowMs: number; readonly locale?: ReadingLocale | undefined },
): Promise<Suggestions> {
  const query = readSearchQuery(typed);
  const last = query?.typed.at(-1);
  if (!query || last === undefined) return { query: typed.trim(), phrases: [], products: [] };
  const text = query.typed.join(" ");
  const [phrases, words, products] = await db.batch([
    db.prepare(PHRASES_SQL).bind(text, `${text}\u{10ffff}`),
    locale
      ? db.prepare(TRANSLATED_COMPLETIONS_SQL).bind(last, `${last}\u{10ffff}`, locale.language)
      : db.prepare(COMPLETIONS_SQL).bind(last, `${last}\u{10ffff}`),
    bindSearch(db, {
      query,
      join: "AND",
      place: { sort: "relevance", limit: MAX_SUGGESTED_PRODUCTS, offset: 0 },
      nowMs,
      locale,
    }),
  ]);
  return {
    query: query.text,
    phrases: mergePhrases(
      query.typed,
      ((phrases?.results ?? []) as { phrase: string }[]).map(({ phrase }) => phrase),
      ((words?.results ?? []) as { word: string }[]).map(({ word }) => word),
    ),
    products: ((products?.results ?? []) as CardRow[]).map(readCard),
  };
}
