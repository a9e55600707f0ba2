import { truncate } from "#kernel";
import { MAX_SEARCHED_DESCRIPTION_CHARACTERS } from "../domain/limits.ts";
import { plainText } from "../domain/plain-text.ts";
import type { ProductRecord } from "../domain/product-record.ts";

const NUMBER = "(SELECT number FROM products WHERE id = ?1)";

/** Takes a product out of the search index. */
export const unindexProduct = (db: D1Database, productId: string): D1PreparedStatement =>
  db.prepare(`DELETE FROM product_search WHERE rowid = ${NUMBER}`).bind(productId);

/** Puts the words of a listed product into the search index, in place of the old ones; others are not found. */
export function indexProduct(
  db: D1Database,
  { product, productId, variants, listed }: ProductRecord,
): D1PreparedStatement[] {
  const remove = unindexProduct(db, productId);
  if (!listed.isListed) return [remove];
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

/** The words of products, by a JSON list of numbers, for those that are shown or hidden without being saved. */
export const DUE_WORDS_SQL = `SELECT p.number, p.version, p.title, p.vendor, p.product_type, p.description_html,
    (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(p.tags)) AS tags,
    (SELECT coalesce(group_concat(DISTINCT v.sku || coalesce(' ' || v.barcode, '')), '')
      FROM variants v WHERE v.product_number = p.number) AS skus,
    (SELECT coalesce(group_concat(value, ' '), '') FROM json_tree(p.options, '$') WHERE type = 'text' AND key <> 'name')
      || ' ' || (SELECT coalesce(group_concat(value ->> 'value', ' '), '') FROM json_each(p.attributes)) AS options
  FROM json_each(?1) due CROSS JOIN products p ON p.number = due.value`;

export type DueWordsRow = {
  readonly number: number;
  readonly version: number;
  readonly title: string;
  readonly vendor: string;
  readonly product_type: string;
  readonly description_html: string;
  readonly tags: string;
  readonly skus: string;
  readonly options: string;
};

/** Puts a product's words into the index when it is listed, else takes them out; not when it was saved meanwhile. */
export const wordsStatements = (db: D1Database, row: DueWordsRow): D1PreparedStatement[] => {
  const unchanged = "SELECT number FROM products WHERE number = ?1 AND version = ?2";
  return [
    db.prepare(`DELETE FROM product_search WHERE rowid IN (${unchanged})`).bind(row.number, row.version),
    db
      .prepare(
        `INSERT INTO product_search (rowid, title, vendor, product_type, tags, options, sku, description)
         SELECT number, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM products WHERE number = ?1 AND version = ?2 AND is_listed = 1`,
      )
      .bind(
        row.number,
        row.version,
        row.title,
        row.vendor,
        row.product_type,
        row.tags,
        row.options,
        row.skus,
        truncate(plainText(row.description_html), MAX_SEARCHED_DESCRIPTION_CHARACTERS),
      ),
  ];
};
