import { epochMs, type Result } from "#kernel";
import { createCatalogReader } from "../adapters/catalog-reader.ts";
import { createCatalogWriter } from "../adapters/catalog-writer.ts";
import { sanitiseHtml } from "../adapters/html-sanitiser.ts";
import type { CatalogReader, CatalogWriter, SavedProduct } from "../app/ports.ts";
import type { ProductInput } from "../contract.ts";
import type { StockFact } from "../domain/availability.ts";

export const START_MS = 1_780_000_000_000;

export type CatalogFixture = {
  readonly writer: CatalogWriter;
  readonly reader: CatalogReader;
  readonly clock: { now(): ReturnType<typeof epochMs>; advance(ms: number): void };
  /** Saves a product that must be accepted. */
  save(product: ProductInput): Promise<SavedProduct>;
};

/** A writer and a reader on a test's database, with a clock that moves by hand. */
export function catalogFixture(db: D1Database): CatalogFixture {
  let at = START_MS;
  const clock = {
    now: () => epochMs(at),
    advance: (ms: number) => {
      at += ms;
    },
  };
  const writer = createCatalogWriter(db, { currency: "EUR", sanitise: sanitiseHtml, clock });
  return {
    writer,
    reader: createCatalogReader(db),
    clock,
    save: async (product) => must(await writer.saveProduct(product)),
  };
}

/** The value of a result that must be good. */
export function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

/** Empties the catalogue. */
export async function clearCatalog(db: D1Database): Promise<void> {
  const tables = [
    "collection_products",
    "collection_exclusions",
    "collection_slug_history",
    "product_channels",
    "product_relations",
    "placement_due",
    "translations",
    "shared_words",
    "translated_names",
    "translated_search",
    "translated_titles",
    "translated_words",
    "word_work",
    "slug_history",
    "media",
    "variants",
    "product_search",
    "product_names",
    "popular_names",
    "product_popularity",
    "search_words",
    "products",
    "product_types",
    "collections",
    "stock_levels",
    "bundle_components",
  ];
  await db.batch(tables.map((table) => db.prepare(`DELETE FROM ${table} WHERE true`)));
}

/** A level that sells what lies on the shelf. */
export const stockFact = (sku: string, available: number, changes: Partial<StockFact> = {}): StockFact => ({
  sku,
  onHand: available,
  held: 0,
  damaged: 0,
  safety: 0,
  incoming: 0,
  inTransit: 0,
  available,
  orderable: available,
  arrangement: 1,
  policy: { kind: "deny" },
  version: 1,
  changedAtMs: START_MS,
  ...changes,
});
