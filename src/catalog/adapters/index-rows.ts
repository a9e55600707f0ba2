import type { IndexedChange, IndexedPage } from "../app/ports.ts";
import type { TypedValues } from "../contract-model.ts";
import type { IndexedProduct, ProductOption } from "../contract.ts";
import { availabilityOfRank } from "../domain/availability.ts";
import { parseJson, present, type CatalogDb } from "./rows.ts";

const COLUMNS = `p.number, p.is_listed, p.title_key, p.published_at_ms, p.featured_position, p.popularity, p.price_min_minor, p.price_max_minor,
  p.compare_at_minor, p.availability_rank, p.vendor, p.product_type, p.tags, p.options, p.attributes, p.typed_values,
  (SELECT json_group_array(json_array(c.handle, iif(m.pick_position IS NULL, NULL, m.featured_position))) FROM collection_products m CROSS JOIN collections c ON c.id = m.collection_id
    WHERE m.product_number = p.number) AS collections`;

export const INDEX_ROWS_SQL = {
  /** Products from a number on, for who begins. */
  page: `SELECT ${COLUMNS} FROM products p WHERE p.number > ? ORDER BY p.number LIMIT ?`,
  /** What changed after a sequence, with the products as they are now; for who follows. */
  changes: `SELECT f.sequence, f.product_number, ${COLUMNS}
    FROM catalog_changes f LEFT JOIN products p ON p.number = f.product_number
    WHERE f.sequence > ? ORDER BY f.sequence LIMIT ?`,
} as const;

type IndexRow = {
  readonly number: number | null;
  readonly is_listed: 0 | 1 | null;
  readonly title_key: string;
  readonly published_at_ms: number;
  readonly featured_position: number;
  readonly popularity: number;
  readonly price_min_minor: number;
  readonly price_max_minor: number;
  readonly compare_at_minor: number | null;
  readonly availability_rank: number;
  readonly vendor: string;
  readonly product_type: string;
  readonly tags: string;
  readonly options: string;
  readonly attributes: string;
  readonly typed_values: string;
  readonly collections: string;
};
type ChangeRow = IndexRow & { readonly sequence: number; readonly product_number: number };

export const prepareIndexPage = (db: CatalogDb, after: number, limit: number): D1PreparedStatement =>
  db.prepare(INDEX_ROWS_SQL.page).bind(after, limit);

/** Reads the rows of {@link prepareIndexPage}; drafts and archived products are passed over. */
export function readIndexPage(results: readonly unknown[], limit: number): IndexedPage {
  // Rows of the statement above.
  const rows = results as readonly IndexRow[];
  const last = rows.at(-1)?.number;
  return {
    products: rows.flatMap((row) => readIndexed(row) ?? []),
    ...(rows.length === limit && last !== undefined && last !== null ? { lastNumber: last } : {}),
  };
}

export const prepareIndexChanges = (db: CatalogDb, after: number, limit: number): D1PreparedStatement =>
  db.prepare(INDEX_ROWS_SQL.changes).bind(after, limit);

/** Reads the rows of {@link prepareIndexChanges}, the longest waiting first. */
export const readIndexChanges = (results: readonly unknown[]): readonly IndexedChange[] =>
  (results as readonly ChangeRow[]).map((row) => ({
    sequence: row.sequence,
    number: row.product_number,
    product: readIndexed(row),
  }));

const typedFacts = (values: TypedValues): { name: string; value: string }[] =>
  Object.entries(values).map(([name, value]) => ({
    name,
    value: typeof value === "boolean" ? (value ? "Yes" : "No") : String(value),
  }));

function readIndexed(row: IndexRow): IndexedProduct | undefined {
  if (row.number === null || row.is_listed !== 1) return undefined;
  return {
    number: row.number,
    titleKey: row.title_key,
    publishedAtMs: row.published_at_ms,
    featuredPosition: row.featured_position,
    popularity: row.popularity,
    priceMinMinor: row.price_min_minor,
    priceMaxMinor: row.price_max_minor,
    isReduced: row.compare_at_minor !== null,
    availabilityRank: row.availability_rank,
    isSoldOut: availabilityOfRank(row.availability_rank) === "sold_out",
    vendor: row.vendor,
    productType: row.product_type,
    tags: parseJson<string[]>(row.tags),
    options: parseJson<ProductOption[]>(row.options),
    attributes: [
      ...parseJson<{ name: string; value: string }[]>(row.attributes),
      ...typedFacts(parseJson<TypedValues>(row.typed_values)),
    ],
    collections: parseJson<[string, number | null][]>(row.collections).map(([handle, place]) => ({
      handle,
      ...present("place", place),
    })),
  };
}
