import { truncate } from "#kernel";
import { MAX_SEARCHED_DESCRIPTION_CHARACTERS } from "../domain/limits.ts";
import { plainText } from "../domain/plain-text.ts";
import type { ProductRecord } from "../domain/product-record.ts";

const NUMBER = "(SELECT number FROM products WHERE id = ?1)";

/** Takes a product out of the search index. */
export const unindexProduct = (db: D1Database, productId: string): D1PreparedStatement =>
  db.prepare(`DELETE FROM product_search WHERE rowid = ${NUMBER}`).bind(productId);

/** Puts the words of an active product into the search index, in place of the old ones; others are not found. */
export function indexProduct(
  db: D1Database,
  { product, productId, variants }: ProductRecord,
): D1PreparedStatement[] {
  const remove = unindexProduct(db, productId);
  if (product.status !== "active") return [remove];
  const unique = (texts: readonly string[]): string => [...new Set(texts)].join(" ");
  const insert = db
    .prepare(
      `INSERT INTO product_search (rowid, title, vendor, product_type, tags, options, sku, description)
       VALUES (${NUMBER}, ?2, ?3, ?4, ?5, ?6, ?7, ?8)`,
    )
    .bind(
      productId,
      product.title,
      product.vendor,
      product.productType,
      product.tags.join(" "),
      unique([
        ...variants.flatMap(({ optionValues }) => optionValues),
        ...product.attributes.map(({ value }) => value),
      ]),
      unique(variants.flatMap(({ sku, barcode }) => [sku, ...(barcode === undefined ? [] : [barcode])])),
      truncate(plainText(product.descriptionHtml), MAX_SEARCHED_DESCRIPTION_CHARACTERS),
    );
  return [remove, insert];
}
