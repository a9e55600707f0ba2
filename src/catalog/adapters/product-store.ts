import type { ProductChange, ProductStore } from "../app/save-product.ts";
import { foldText } from "../domain/listing.ts";
import type { ProductRecord } from "../domain/product-record.ts";
import { placeProducts } from "./membership.ts";
import { readSurroundings } from "./product-surroundings.ts";
import { indexProduct } from "./search-index.ts";
import { insertRows, jsonLists, runGuarded, updateRows, type Row } from "./statements.ts";
import { reprojectSql } from "./stock-projection.ts";
import { variantTitlesSql } from "./variant-titles.ts";

/** Keeps products in D1, in one currency: the shop's. */
export const createProductStore = (db: D1Database, currency: string): ProductStore => ({
  surroundings: (requests) => readSurroundings(db, requests),
  write: (changes) => runGuarded(db, writeStatements(db, currency, changes)),
});

const NUMBERS = "SELECT p.number FROM json_each(?1) written CROSS JOIN products p ON p.id = written.value";

/**
 * One transaction for all products of a list. What is the same for all is written by lists, so that a hundred products
 * take little more statements than one; search words are written product by product.
 */
function writeStatements(
  db: D1Database,
  currency: string,
  changes: readonly ProductChange[],
): D1PreparedStatement[] {
  const records = changes.map(({ record }) => record);
  const ids = JSON.stringify(records.map(({ productId }) => productId));
  const ofAll = (sql: string) => db.prepare(sql).bind(ids);
  return [
    ...insertProducts(db, currency, changes),
    ...updateRows(db, "products", {
      rows: changes.flatMap(({ record, existing }) =>
        existing ? [{ ...productRow(record, currency), number: existing.number }] : [],
      ),
      key: "number",
    }),
    ...changes.flatMap((change) => renameStatements(db, change)),
    ofAll(`DELETE FROM variants WHERE product_number IN (${NUMBERS})`),
    ...jsonLists(records.flatMap(listVariants)).map((list) => db.prepare(INSERT_VARIANTS).bind(list)),
    ofAll(`DELETE FROM media WHERE product_number IN (${NUMBERS})`),
    ...jsonLists(records.flatMap(listPictures)).map((list) => db.prepare(INSERT_MEDIA).bind(list)),
    ofAll(`DELETE FROM product_channels WHERE product_number IN (${NUMBERS})`),
    ...jsonLists(records.flatMap(listChannels)).map((list) => db.prepare(INSERT_CHANNELS).bind(list)),
    ofAll(`DELETE FROM product_relations WHERE product_number IN (${NUMBERS})`),
    ...jsonLists(records.flatMap(listRelations)).map((list) => db.prepare(INSERT_RELATIONS).bind(list)),
    ofAll(reprojectSql(NUMBERS)),
    ofAll(variantTitlesSql(`SELECT CAST(number AS TEXT) FROM (${NUMBERS})`)),
    ...placeProducts(
      db,
      records.map(({ productId, product }) => ({ productId, collections: product.collections })),
      Math.max(...records.map(({ updatedAtMs }) => updatedAtMs)),
    ),
    ...records.flatMap((record) => indexProduct(db, record)),
  ];
}

/** Position in the featured order: after everything that is there, in the order of the list. */
const insertProducts = (
  db: D1Database,
  currency: string,
  changes: readonly ProductChange[],
): D1PreparedStatement[] =>
  insertRows(db, "products", {
    rows: changes.flatMap(({ record, existing }) =>
      existing
        ? []
        : [
            {
              ...productRow(record, currency),
              id: record.productId,
              created_at_ms: record.updatedAtMs,
              availability_rank: 4,
            },
          ],
    ),
    more: { featured_position: "(SELECT coalesce(max(number), 0) FROM products) + key + 1" },
  });

const listVariants = ({ productId, variants }: ProductRecord) =>
  variants.map((variant, position) => ({ ...variant, productId, position }));
const listPictures = ({ productId, pictures }: ProductRecord) =>
  pictures.map((picture, position) => ({ ...picture, productId, position }));

const listChannels = ({ productId, product }: ProductRecord) =>
  product.publication.channels.map((channel) => ({ productId, channel }));
const listRelations = ({ productId, product }: ProductRecord) =>
  product.relations.map((relation, position) => ({ ...relation, productId, position }));

const PRODUCT_OF_ROW = "json_each(?1) CROSS JOIN products p ON p.id = value ->> 'productId'";

const INSERT_VARIANTS = `INSERT INTO variants (id, product_number, position, sku, barcode, option_values, title,
    price_minor, compare_at_minor, lowest_30_days_minor, weight_grams, tax_class, requires_shipping, media_id)
  SELECT value ->> 'variantId', p.number, value ->> 'position', value ->> 'sku', value ->> 'barcode',
    value -> 'optionValues', value ->> 'title', value ->> 'priceMinor', value ->> 'compareAtMinor',
    value ->> 'lowest30DaysMinor', value ->> 'weightGrams', value ->> 'taxClass', value ->> 'requiresShipping',
    value ->> 'mediaId'
  FROM ${PRODUCT_OF_ROW}`;

const INSERT_MEDIA = `INSERT INTO media (id, product_number, position, url, alt, width, height, focal_x, focal_y)
  SELECT value ->> 'mediaId', p.number, value ->> 'position', value ->> 'url', value ->> 'alt', value ->> 'width',
    value ->> 'height', value ->> 'focalX', value ->> 'focalY'
  FROM ${PRODUCT_OF_ROW}`;

const INSERT_CHANNELS = `INSERT INTO product_channels (product_number, channel)
  SELECT p.number, value ->> 'channel' FROM ${PRODUCT_OF_ROW}`;

const INSERT_RELATIONS = `INSERT INTO product_relations (product_number, kind, position, related_number)
  SELECT p.number, value ->> 'kind', value ->> 'position', other.number
  FROM ${PRODUCT_OF_ROW} CROSS JOIN products other ON other.handle = value ->> 'handle'`;

function renameStatements(db: D1Database, { record, existing }: ProductChange): D1PreparedStatement[] {
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

function productRow({ product, listing, pictures, listed, ...record }: ProductRecord, currency: string): Row {
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
    type_key: product.typed.typeKey === "" ? null : product.typed.typeKey,
    typed_values: JSON.stringify(product.typed.values),
    seo_title: product.seoTitle ?? null,
    seo_description: product.seoDescription ?? null,
    currency,
    published_at_ms: record.publishedAtMs,
    publish_at_ms: product.publication.publishAtMs ?? null,
    unpublish_at_ms: product.publication.unpublishAtMs ?? null,
    is_listed: listed.isListed ? 1 : 0,
    listing_change_at_ms: listed.changesAtMs ?? null,
    price_min_minor: listing.priceMinMinor,
    price_max_minor: listing.priceMaxMinor,
    compare_at_minor: listing.compareAtMinor ?? null,
    picture: picture(0),
    second_picture: picture(1),
    variant_count: listing.variantCount,
    colour_count: listing.colourCount,
    content_hash: record.contentHash,
    version: record.version,
    updated_at_ms: record.updatedAtMs,
  };
}
