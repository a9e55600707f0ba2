import { decodeCursor, encodeCursor, type CursorPart } from "#kernel";
import type { ProductPage, ProductSort } from "../contract.ts";
import { CARD_COLUMNS, MEMBER_CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./rows.ts";
import { localesParameter, translatedCard } from "./translation-query.ts";

type SortPlan = {
  /** Index on `products`, and the one on `collection_products` with the collection before the same keys. */
  readonly shopIndex: string;
  readonly collectionIndex: string;
  readonly keys: readonly (keyof CardRow)[];
  readonly direction: "ASC" | "DESC";
};

/** One index per sort. The row number is the last key, so that no two products are equal and no page repeats one. */
const PLANS: Readonly<Record<ProductSort, SortPlan>> = {
  featured: plan("featured", ["is_sold_out", "featured_position"], "ASC"),
  popular: plan("popular", ["popularity"], "DESC"),
  newest: plan("newest", ["published_at_ms"], "DESC"),
  price_asc: plan("price", ["price_min_minor"], "ASC"),
  price_desc: plan("price", ["price_min_minor"], "DESC"),
  title: plan("title", ["title_key"], "ASC"),
};

function plan(index: string, keys: readonly (keyof CardRow)[], direction: SortPlan["direction"]): SortPlan {
  return { shopIndex: `products_${index}`, collectionIndex: `collection_products_${index}`, keys, direction };
}

export type ListingScope = "shop" | "collection";

/**
 * The statement of one list. The index is named, so that a changed schema fails loudly instead of scanning quietly.
 * Parameters: the languages (only with a locale), the collection's handle (only in a collection), the keys of the last row (only after the first page), and
 * the number of rows.
 */
export function listingSql(
  scope: ListingScope,
  sort: ProductSort,
  { isFirstPage, isTranslated = false }: { readonly isFirstPage: boolean; readonly isTranslated?: boolean },
): string {
  const { shopIndex, collectionIndex, keys, direction } = PLANS[sort];
  const isShop = scope === "shop";
  const columns = isShop
    ? [...keys, "number"].map((key) => `p.${key}`)
    : [...keys.map((key) => `m.${key}`), "m.product_number"];
  const from = isShop
    ? `products p INDEXED BY ${shopIndex} WHERE p.is_listed = 1`
    : `collection_products m INDEXED BY ${collectionIndex} CROSS JOIN products p ON p.number = m.product_number
       WHERE m.is_listed = 1 AND m.collection_id = (SELECT id FROM collections WHERE handle = ?)`;
  const after = isFirstPage
    ? ""
    : `AND (${columns.join(", ")}) ${direction === "ASC" ? ">" : "<"} (${columns.map(() => "?").join(", ")})`;
  const order = columns.map((column) => `${column} ${direction}`).join(", ");
  const card = translatedCard(isShop ? CARD_COLUMNS : MEMBER_CARD_COLUMNS, isTranslated ? "?" : undefined);
  return `SELECT ${card} FROM ${from} ${after} ORDER BY ${order} LIMIT ?`;
}

export type Listing = {
  readonly collection?: string;
  readonly sort: ProductSort;
  readonly limit: number;
  readonly locale?: string | undefined;
};

/** Prepares one page; `undefined` when the cursor is not one of this sort. */
export function prepareListing(
  db: CatalogDb,
  listing: Listing,
  cursor: string | undefined,
): D1PreparedStatement | undefined {
  const keys = cursor === undefined ? [] : readCursor(listing.sort, cursor);
  if (!keys) return undefined;
  const { collection } = listing;
  const locales = localesParameter(listing.locale);
  const sql = listingSql(collection === undefined ? "shop" : "collection", listing.sort, {
    isFirstPage: cursor === undefined,
    isTranslated: locales !== undefined,
  });
  // One row more than asked for tells whether there is a next page.
  return db
    .prepare(sql)
    .bind(
      ...(locales === undefined ? [] : [locales]),
      ...(collection === undefined ? [] : [collection]),
      ...keys,
      listing.limit + 1,
    );
}

/** Reads the rows of {@link prepareListing} into a page. */
export function readListing({ sort, limit }: Listing, rows: readonly CardRow[]): ProductPage {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(readCard),
    ...(last && rows.length > limit ? { nextCursor: writeCursor(sort, last) } : {}),
  };
}

const writeCursor = (sort: ProductSort, row: CardRow): string =>
  encodeCursor([sort, ...PLANS[sort].keys.map((key) => row[key]), row.number]);

/** The keys in a cursor, when it belongs to this sort and each has the type of its column. */
function readCursor(sort: ProductSort, cursor: string): CursorPart[] | undefined {
  const { keys } = PLANS[sort];
  const parts = decodeCursor(cursor, keys.length + 2);
  if (!parts || parts[0] !== sort) return undefined;
  const values = parts.slice(1);
  const isTyped = values.every(
    (value, index) => typeof value === (keys[index] === "title_key" ? "string" : "number"),
  );
  return isTyped ? values : undefined;
}
