import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { CollectionsPage } from "../app/ports.ts";
import type { CatalogRefusal } from "../contract.ts";
import { readCollection, type CollectionRow, type CatalogDb } from "./rows.ts";
import { closestText, localesParameter } from "./translation-query.ts";

const COLUMNS = `id, handle, title, description_html, picture, position, product_count, seo_title,
  seo_description, updated_at_ms`;

const TRANSLATED = [
  ["title", "title"],
  ["description_html", "descriptionHtml"],
  ["seo_title", "seoTitle"],
  ["seo_description", "seoDescription"],
] as const;

/** The columns with their texts in the languages of a parameter. */
const columnsIn = (locales: string): string =>
  TRANSLATED.reduce((columns, [own, field]) => {
    const text = closestText(locales, { entity: "collection", key: "collections.id", field, own });
    return columns.replace(new RegExp(`\\b${own}\\b(?=,)`), `${text} AS ${own}`);
  }, COLUMNS);

export const COLLECTION_SQL = {
  byHandle: `SELECT ${COLUMNS} FROM collections WHERE handle = ?`,
  byHandleIn: `SELECT ${columnsIn("?2")} FROM collections WHERE handle = ?1`,
  firstPageIn: `SELECT ${columnsIn("?2")} FROM collections INDEXED BY collections_position ORDER BY position, id LIMIT ?1`,
  nextPageIn: `SELECT ${columnsIn("?4")} FROM collections INDEXED BY collections_position
    WHERE (position, id) > (?1, ?2) ORDER BY position, id LIMIT ?3`,
  movedTo: `SELECT c.handle FROM collection_slug_history h CROSS JOIN collections c ON c.id = h.collection_id
    WHERE h.handle = ?`,
  firstPage: `SELECT ${COLUMNS} FROM collections INDEXED BY collections_position ORDER BY position, id LIMIT ?`,
  nextPage: `SELECT ${COLUMNS} FROM collections INDEXED BY collections_position
    WHERE (position, id) > (?, ?) ORDER BY position, id LIMIT ?`,
} as const;

/** One collection, with its texts in a language when one is asked for. */
export const collectionByHandle = (
  db: CatalogDb,
  handle: string,
  locale: string | undefined,
): D1PreparedStatement => {
  const locales = localesParameter(locale);
  return locales === undefined
    ? db.prepare(COLLECTION_SQL.byHandle).bind(handle)
    : db.prepare(COLLECTION_SQL.byHandleIn).bind(handle, locales);
};

type PageRequest = { readonly cursor?: string; readonly limit: number; readonly locale?: string };

/** One page of collections in the merchant's order. */
export async function queryCollections(
  db: CatalogDb,
  { cursor, limit, locale }: PageRequest,
): Promise<Result<CollectionsPage, CatalogRefusal>> {
  const locales = localesParameter(locale);
  const statement =
    cursor === undefined ? firstPage(db, limit, locales) : nextPage(db, { cursor, limit }, locales);
  if (!statement) return refuse({ code: "invalid_cursor" });
  const { results } = await statement.all<CollectionRow>();
  const rows = results.slice(0, limit);
  const last = rows.at(-1);
  return ok({
    items: rows.map(readCollection),
    ...(last && results.length > limit ? { nextCursor: encodeCursor([last.position, last.id]) } : {}),
  });
}

const firstPage = (db: CatalogDb, limit: number, locales: string | undefined): D1PreparedStatement =>
  locales === undefined
    ? db.prepare(COLLECTION_SQL.firstPage).bind(limit + 1)
    : db.prepare(COLLECTION_SQL.firstPageIn).bind(limit + 1, locales);

function nextPage(
  db: CatalogDb,
  { cursor, limit }: { readonly cursor: string; readonly limit: number },
  locales: string | undefined,
): D1PreparedStatement | undefined {
  const [position, id] = decodeCursor(cursor, 2) ?? [];
  if (typeof position !== "number" || typeof id !== "string") return undefined;
  return locales === undefined
    ? db.prepare(COLLECTION_SQL.nextPage).bind(position, id, limit + 1)
    : db.prepare(COLLECTION_SQL.nextPageIn).bind(position, id, limit + 1, locales);
}
