import { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "#catalog";
import type { PopularNow } from "../contract.ts";
import {
  MAX_HELP_PHRASES,
  MAX_HELP_PRODUCTS,
  MAX_PHRASES_LOOKED_AT,
  MAX_POPULAR_LOOKED_AT,
  MIN_SUGGESTED_SEARCHES,
} from "../domain/limits.ts";

/** Queries of several people that found something, the most asked lately. */
export const POPULAR_PHRASES_SQL = `SELECT phrase FROM (
    SELECT phrase, searches, score FROM search_phrases INDEXED BY search_phrases_score
    ORDER BY score DESC LIMIT ${MAX_PHRASES_LOOKED_AT})
  WHERE searches >= ${MIN_SUGGESTED_SEARCHES} ORDER BY score DESC LIMIT ${MAX_HELP_PHRASES}`;

/** What is looked at and bought lately and can be had. */
export const POPULAR_PRODUCTS_SQL = `SELECT ${CARD_COLUMNS} FROM (
    SELECT number FROM products INDEXED BY products_popular WHERE is_listed = 1 AND popularity > 0
    ORDER BY popularity DESC, number DESC LIMIT ${MAX_POPULAR_LOOKED_AT}) best
  CROSS JOIN products p ON p.number = best.number
  WHERE p.is_sold_out = 0 ORDER BY p.popularity DESC, p.number DESC LIMIT ${MAX_HELP_PRODUCTS}`;

/** What others look for and at, for whoever has found nothing. One round trip. */
export async function queryPopular(db: CatalogDb): Promise<PopularNow> {
  const [phrases, products] = await db.batch([
    db.prepare(POPULAR_PHRASES_SQL),
    db.prepare(POPULAR_PRODUCTS_SQL),
  ]);
  return {
    phrases: ((phrases?.results ?? []) as { readonly phrase: string }[]).map(({ phrase }) => phrase),
    products: ((products?.results ?? []) as CardRow[]).map(readCard),
  };
}
