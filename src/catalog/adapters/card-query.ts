import type { InLocale } from "../app/ports.ts";
import type { ProductCard } from "../contract.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./rows.ts";
import { localesParameter, translatedCard } from "./translation-query.ts";

/** Listed products by a JSON list of ids, in the list's order. */
const cardsSql = (
  key: "id" | "number",
  locales?: "?2",
): string => `SELECT ${translatedCard(CARD_COLUMNS, locales)}
  FROM json_each(?1) wanted
  CROSS JOIN products p ON p.${key} = wanted.value
  WHERE p.is_listed = 1
  LIMIT ${MAX_PAGE_SIZE}`;
export const CARDS_SQL = cardsSql("id");

/** Cards of at most a hundred products, in the order of the ids; those that are not for sale are left out. */
export async function queryCards(
  db: CatalogDb,
  productIds: readonly string[],
  { locale }: InLocale = {},
): Promise<readonly ProductCard[]> {
  return readCards(db, "id", { wanted: productIds, locale });
}

/** Listed products by a JSON list of row numbers, in the list's order. */
export const NUMBERED_CARDS_SQL = cardsSql("number");

/** The cards of a JSON list of keys, with their titles in a language when one is asked for. */
async function readCards(
  db: CatalogDb,
  key: "id" | "number",
  { wanted, locale }: { readonly wanted: readonly unknown[]; readonly locale: string | undefined },
): Promise<readonly ProductCard[]> {
  if (wanted.length === 0) return [];
  const keys = JSON.stringify(wanted.slice(0, MAX_PAGE_SIZE));
  const locales = localesParameter(locale);
  const statement =
    locales === undefined
      ? db.prepare(cardsSql(key)).bind(keys)
      : db.prepare(cardsSql(key, "?2")).bind(keys, locales);
  const { results } = await statement.all<CardRow>();
  return results.map(readCard);
}

/** Cards of at most a hundred products by their row numbers, in that order; what is not for sale any more is left out. */
export async function queryNumberedCards(
  db: CatalogDb,
  numbers: readonly number[],
  { locale }: InLocale = {},
): Promise<readonly ProductCard[]> {
  return readCards(db, "number", { wanted: numbers, locale });
}
