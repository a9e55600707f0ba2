import { createCatalogWriter } from "../../catalog/adapters/catalog-writer.ts";
import { sanitiseHtml } from "../../catalog/adapters/html-sanitiser.ts";
import type { ProductInput } from "#catalog";
import type { Result } from "#kernel";
import { createSearchReader, type SearchReaderOptions } from "../adapters/search-reader.ts";
import { createSynonymDesk } from "../adapters/synonym-table.ts";

/** The value of a result that must be good. */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** A search over a test's database, and a writer of what it finds. */
export function searchFixture(db: D1Database, options: SearchReaderOptions = {}) {
  const writer = createCatalogWriter(db, { currency: "EUR", sanitise: sanitiseHtml });
  const reader = createSearchReader(db, options);
  return {
    reader,
    writer,
    synonyms: createSynonymDesk(db),
    save: async (product: ProductInput) => must(await writer.saveProduct(product)),
    find: async (query: string) => must(await reader.search({ query, limit: 10 })),
    handles: async (query: string) =>
      must(await reader.search({ query, limit: 10 })).items.map(({ handle }) => handle),
  };
}
