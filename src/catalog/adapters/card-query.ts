import type { ProductCard } from "../contract.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./rows.ts";

/** Listed products by a JSON list of ids, in the list's order. */
export const CARDS_SQL = `SELECT ${CARD_COLUMNS}
  FROM json_each(?1) wanted
  CROSS JOIN products p ON p.id = wanted.value
  WHERE p.is_listed = 1
  LIMIT ${MAX_PAGE_SIZE}`;

/** Cards of at most a hundred products, in the order of the ids; those that are not for sale are left out. */
export async function queryCards(
  db: CatalogDb,
  productIds: readonly string[],
): Promise<readonly ProductCard[]> {
  if (productIds.length === 0) return [];
  const wanted = JSON.stringify(productIds.slice(0, MAX_PAGE_SIZE));
  const { results } = await db.prepare(CARDS_SQL).bind(wanted).all<CardRow>();
  return results.map(readCard);
}

/** Active products by a JSON list of row numbers, in the list's order. */
export const NUMBERED_CARDS_SQL = `SELECT ${CARD_COLUMNS}
  FROM json_each(?1) wanted
  CROSS JOIN products p ON p.number = wanted.value
  WHERE p.status = 'active'
  LIMIT ${MAX_PAGE_SIZE}`;

/** Cards of at most a hundred products by their row numbers, in that order; what is not for sale any more is left out. */
export async function queryNumberedCards(
  db: CatalogDb,
  numbers: readonly number[],
): Promise<readonly ProductCard[]> {
  if (numbers.length === 0) return [];
  const wanted = JSON.stringify(numbers.slice(0, MAX_PAGE_SIZE));
  const { results } = await db.prepare(NUMBERED_CARDS_SQL).bind(wanted).all<CardRow>();
  return results.map(readCard);
}
