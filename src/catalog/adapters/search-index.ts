import { truncate } from "#kernel";
import { MAX_SEARCHED_DESCRIPTION_CHARACTERS } from "../domain/limits.ts";
import { plainText } from "../domain/plain-text.ts";
import type { ProductRecord } from "../domain/product-record.ts";
import { knownWords } from "../domain/searched-words.ts";

// What a save projects for `#search`, which reads it: the same transaction, so that a search never lags behind a page.

const TABLES = ["product_search", "product_names", "popular_names"] as const;

/** One state of a product; another version of it is left alone. */
type Target = { readonly key: "id" | "number"; readonly value: string | number; readonly version: number };

/** What of a product is searched, each as one text. */
type SearchedText = {
  readonly title: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: string;
  /** Values of options and attributes. */
  readonly options: string;
  /** SKUs and barcodes. */
  readonly codes: string;
  /** Sanitised. */
  readonly descriptionHtml: string;
};

const numbersOf = ({ key }: Pick<Target, "key">): string =>
  `SELECT number FROM products WHERE ${key} = ?1 AND version = ?2`;

/** Takes a product out of the search index. */
export const unindexProduct = (db: D1Database, productId: string): D1PreparedStatement[] =>
  TABLES.map((table) =>
    db
      .prepare(`DELETE FROM ${table} WHERE rowid = (SELECT number FROM products WHERE id = ?1)`)
      .bind(productId),
  );

/** Puts the words of a listed product into the search index, in place of the old ones; others are not found. */
export const indexProduct = (
  db: D1Database,
  { product, productId, version, variants }: ProductRecord,
): D1PreparedStatement[] =>
  replaceWords(
    db,
    { key: "id", value: productId, version },
    {
      title: product.title,
      vendor: product.vendor,
      productType: product.productType,
      tags: product.tags.join(" "),
      options: unique([
        ...variants.flatMap(({ optionValues }) => optionValues),
        ...product.attributes.map(({ value }) => value),
      ]),
      codes: unique(
        variants.flatMap(({ sku, barcode }) => [sku, ...(barcode === undefined ? [] : [barcode])]),
      ),
      descriptionHtml: product.descriptionHtml,
    },
  );

const unique = (texts: readonly string[]): string => [...new Set(texts)].join(" ");

/** The words of products, by a JSON list of numbers, for those that are shown, hidden or popular without being saved. */
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
export const wordsStatements = (db: D1Database, row: DueWordsRow): D1PreparedStatement[] =>
  replaceWords(
    db,
    { key: "number", value: row.number, version: row.version },
    {
      title: row.title,
      vendor: row.vendor,
      productType: row.product_type,
      tags: row.tags,
      options: row.options,
      codes: row.skus,
      descriptionHtml: row.description_html,
    },
  );

function replaceWords(db: D1Database, target: Target, text: SearchedText): D1PreparedStatement[] {
  const numbers = numbersOf(target);
  const listed = `${numbers} AND is_listed = 1`;
  const description = truncate(plainText(text.descriptionHtml), MAX_SEARCHED_DESCRIPTION_CHARACTERS);
  const names = [text.title, text.vendor, text.productType, text.tags, text.options];
  const run = (sql: string, ...values: string[]): D1PreparedStatement =>
    db.prepare(sql).bind(target.value, target.version, ...values);
  return [
    ...TABLES.map((table) => run(`DELETE FROM ${table} WHERE rowid IN (${numbers})`)),
    run(
      `INSERT INTO product_search (rowid, title, vendor, product_type, tags, options, sku, description)
       SELECT number, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM (${listed})`,
      ...names,
      text.codes,
      description,
    ),
    run(
      `INSERT INTO product_names (rowid, title, vendor, product_type, tags, options)
       SELECT number, ?3, ?4, ?5, ?6, ?7 FROM (${listed})`,
      ...names,
    ),
    // Only a product that is on the popular list; who joins it is decided in `#search`.
    run(
      `INSERT INTO popular_names (rowid, title, vendor, product_type, tags, options)
       SELECT o.product_number, ?3, ?4, ?5, ?6, ?7
       FROM (${listed}) CROSS JOIN product_popularity o ON o.product_number = number AND o.is_popular = 1`,
      ...names,
    ),
    run(
      `INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each(?3) WHERE EXISTS (${listed})`,
      JSON.stringify(knownWords([...names, description].join(" "))),
    ),
  ];
}

/** The statements that write the words of these products anew, as they are now. At most a hundred at a time. */
export async function reindexStatements(
  db: D1Database,
  numbers: readonly number[],
): Promise<readonly D1PreparedStatement[]> {
  const { results } = await db.prepare(DUE_WORDS_SQL).bind(JSON.stringify(numbers)).all<DueWordsRow>();
  return results.flatMap((row) => wordsStatements(db, row));
}
