import type { MediaId, ProductId, VariantId } from "#kernel";
import type { ProductStore, ProductSurroundings } from "../app/save-product.ts";
import type { ProductStatus } from "../contract.ts";
import { foldText } from "../domain/listing.ts";
import { MAX_PICTURES, MAX_VARIANTS } from "../domain/limits.ts";
import type { ProductRecord, StoredProduct } from "../domain/product-record.ts";
import { placeProduct } from "./membership.ts";
import { parseJson, present } from "./rows.ts";
import { indexProduct } from "./search-index.ts";
import { runGuarded, updateRow, type Row } from "./statements.ts";
import { reprojectSql } from "./stock-projection.ts";

/** Keeps products in D1, in one currency: the shop's. */
export const createProductStore = (db: D1Database, currency: string): ProductStore => ({
  surroundings: (request) => readSurroundings(db, request),
  write: (record, existing) => runGuarded(db, writeStatements(db, currency, { record, existing })),
});

type Change = { readonly record: ProductRecord; readonly existing: StoredProduct | undefined };
const NUMBER = "(SELECT number FROM products WHERE id = ?1)";

/** One transaction, at most fifteen statements whatever the number of variants. */
function writeStatements(
  db: D1Database,
  currency: string,
  { record, existing }: Change,
): D1PreparedStatement[] {
  const { product, productId, publishedAtMs, updatedAtMs } = record;
  const run = (sql: string, ...values: (string | number)[]) => db.prepare(sql).bind(productId, ...values);
  const row = productRow(record, currency);
  return [
    existing
      ? updateRow(db, "products", { row, key: "number", value: existing.number })
      : insertProduct(db, { ...row, id: productId, created_at_ms: updatedAtMs, availability_rank: 4 }),
    ...renameStatements(db, { record, existing }),
    run(`DELETE FROM variants WHERE product_number = ${NUMBER}`),
    run(INSERT_VARIANTS, JSON.stringify(record.variants)),
    run(`DELETE FROM media WHERE product_number = ${NUMBER}`),
    run(INSERT_MEDIA, JSON.stringify(record.pictures)),
    db.prepare(reprojectSql("SELECT number FROM products WHERE id = ?1")).bind(productId),
    ...placeProduct(db, {
      productId,
      collections: product.collections,
      tags: product.tags,
      publishedAtMs,
      nowMs: updatedAtMs,
    }),
    ...indexProduct(db, record),
  ];
}

/** Position in the featured order: after everything that is there. */
const insertProduct = (db: D1Database, row: Row): D1PreparedStatement => {
  const columns = Object.keys(row);
  return db
    .prepare(
      `INSERT INTO products (${columns.join(", ")}, featured_position)
       SELECT ${columns.map(() => "?").join(", ")}, coalesce(max(number), 0) + 1 FROM products`,
    )
    .bind(...Object.values(row));
};

const INSERT_VARIANTS = `INSERT INTO variants (id, product_number, position, sku, barcode, option_values, title,
    price_minor, compare_at_minor, lowest_30_days_minor, weight_grams, tax_class, requires_shipping, media_id)
  SELECT value ->> 'variantId', ${NUMBER}, key, value ->> 'sku', value ->> 'barcode', value -> 'optionValues',
    value ->> 'title', value ->> 'priceMinor', value ->> 'compareAtMinor', value ->> 'lowest30DaysMinor',
    value ->> 'weightGrams', value ->> 'taxClass', value ->> 'requiresShipping', value ->> 'mediaId'
  FROM json_each(?2)`;

const INSERT_MEDIA = `INSERT INTO media (id, product_number, position, url, alt, width, height)
  SELECT value ->> 'mediaId', ${NUMBER}, key, value ->> 'url', value ->> 'alt', value ->> 'width', value ->> 'height'
  FROM json_each(?2)`;

function renameStatements(db: D1Database, { record, existing }: Change): D1PreparedStatement[] {
  const { handle } = record.product;
  if (!existing || existing.handle === handle) return [];
  return [
    db
      .prepare(
        `INSERT INTO slug_history (handle, product_number, moved_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (handle) DO UPDATE SET product_number = excluded.product_number, moved_at_ms = excluded.moved_at_ms`,
      )
      .bind(existing.handle, existing.number, record.updatedAtMs),
    // A product may take a handle back that it had before.
    db.prepare("DELETE FROM slug_history WHERE handle = ?").bind(handle),
  ];
}

function productRow({ product, listing, pictures, ...record }: ProductRecord, currency: string): Row {
  const picture = (index: number) => (pictures[index] ? JSON.stringify(pictures[index]) : null);
  return {
    handle: product.handle,
    title: product.title,
    title_key: foldText(product.title),
    status: product.status,
    vendor: product.vendor,
    product_type: product.productType,
    description_html: product.descriptionHtml,
    tags: JSON.stringify(product.tags),
    options: JSON.stringify(record.options),
    attributes: JSON.stringify(product.attributes),
    seo_title: product.seoTitle ?? null,
    seo_description: product.seoDescription ?? null,
    currency,
    published_at_ms: record.publishedAtMs,
    price_min_minor: listing.priceMinMinor,
    price_max_minor: listing.priceMaxMinor,
    compare_at_minor: listing.compareAtMinor ?? null,
    picture: picture(0),
    second_picture: picture(1),
    variant_count: listing.variantCount,
    content_hash: record.contentHash,
    version: record.version,
    updated_at_ms: record.updatedAtMs,
  };
}

type StoredRow = {
  readonly number: number;
  readonly id: ProductId;
  readonly handle: string;
  readonly status: ProductStatus;
  readonly version: number;
  readonly content_hash: string;
  readonly published_at_ms: number;
};
type StoredVariantRow = { readonly id: VariantId; readonly sku: string; readonly option_values: string };

const SURROUNDINGS = [
  "SELECT number, id, handle, status, version, content_hash, published_at_ms FROM products WHERE handle = ?1",
  `SELECT id, sku, option_values FROM variants WHERE product_number = (SELECT number FROM products WHERE handle = ?1)
   ORDER BY position LIMIT ${MAX_VARIANTS}`,
  `SELECT id, url FROM media WHERE product_number = (SELECT number FROM products WHERE handle = ?1)
   ORDER BY position LIMIT ${MAX_PICTURES}`,
  "SELECT p.handle FROM slug_history h JOIN products p ON p.number = h.product_number WHERE h.handle = ?1",
];
const OWNERS = `SELECT number FROM products WHERE handle = ?1 UNION SELECT product_number FROM slug_history WHERE handle = ?1`;
const KNOWN_COLLECTIONS =
  "SELECT c.handle FROM json_each(?1) named CROSS JOIN collections c ON c.handle = named.value";

async function readSurroundings(
  db: D1Database,
  { handle, newHandle, collections }: Parameters<ProductStore["surroundings"]>[0],
): Promise<ProductSurroundings> {
  const answers = await db.batch([
    ...SURROUNDINGS.map((sql) => db.prepare(sql).bind(handle)),
    db.prepare(OWNERS).bind(newHandle),
    db.prepare(KNOWN_COLLECTIONS).bind(JSON.stringify(collections)),
  ]);
  const rows = <T>(index: number): readonly T[] => (answers[index]?.results ?? []) as T[];
  const product = rows<StoredRow>(0)[0];
  return {
    ...present("existing", product && readStored(product, rows(1), rows(2))),
    ...present("movedTo", rows<{ handle: string }>(3)[0]?.handle),
    isNewHandleTaken: rows<{ number: number }>(4).some(({ number }) => number !== product?.number),
    knownCollections: rows<{ handle: string }>(5).map((row) => row.handle),
  };
}

const readStored = (
  row: StoredRow,
  variants: readonly StoredVariantRow[],
  pictures: readonly { readonly id: MediaId; readonly url: string }[],
): StoredProduct => ({
  number: row.number,
  productId: row.id,
  handle: row.handle,
  status: row.status,
  version: row.version,
  contentHash: row.content_hash,
  publishedAtMs: row.published_at_ms,
  variants: variants.map(({ id, sku, option_values }) => ({
    variantId: id,
    sku,
    optionValues: parseJson<string[]>(option_values),
  })),
  pictures: pictures.map(({ id, url }) => ({ mediaId: id, url })),
});
