import type { CatalogDb } from "#catalog";
import type { SemanticIndex } from "#semantics";
import type { SearchReader } from "../app/ports.ts";
import { readingLocale } from "../domain/reading-locale.ts";
import { queryPopular } from "./popular-query.ts";
import { querySearch } from "./search-query.ts";
import { querySuggestions } from "./suggestion-query.ts";

export type SearchReaderOptions = {
  /** Puts hits in order of meaning and judges spellings; without it, or while it fails, words alone decide. */
  readonly semantics?: SemanticIndex;
  readonly now?: () => number;
  /** The language of whoever asks: translations are searched beside the shop's own words. */
  readonly locale?: string;
};

/** The shop's search on D1; a session (`db.withSession`) serves as well. Holds no state. */
export const createSearchReader = (
  db: CatalogDb,
  { semantics, now = Date.now, locale: asked }: SearchReaderOptions = {},
): SearchReader => {
  const locale = readingLocale(asked);
  return {
    search: (request) =>
      querySearch(db, { ...request, nowMs: now(), locale, ...(semantics ? { semantics } : {}) }),
    popular: () => queryPopular(db),
    suggestions: (typed) => querySuggestions(db, typed, { nowMs: now(), locale }),
  };
};
