import type { CatalogDb } from "#catalog";
import type { SearchReader } from "../app/ports.ts";
import { querySearch } from "./search-query.ts";
import { querySuggestions } from "./suggestion-query.ts";

/** The shop's search on D1; a session (`db.withSession`) serves as well. Holds no state. */
export const createSearchReader = (db: CatalogDb, now: () => number = Date.now): SearchReader => ({
  search: (request) => querySearch(db, { ...request, nowMs: now() }),
  suggestions: (typed) => querySuggestions(db, typed, now()),
});
