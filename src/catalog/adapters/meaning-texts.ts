import { queryChanges, queryLatestSequence } from "./change-feed.ts";
import type { CatalogChange } from "../app/ports.ts";
import { parseJson, type CatalogDb } from "./rows.ts";

// What of listed products says what they are, for whoever compares products by their words.

const COLUMNS = `p.number, p.title, p.vendor, p.product_type, p.tags, substr(p.description_html, 1, 2000) AS description_html,
  (SELECT json_group_array(j.value) FROM json_tree(p.options) j WHERE j.type = 'text' AND j.key <> 'name') AS options,
  (SELECT json_group_array(j.value) FROM json_tree(p.attributes) j WHERE j.key = 'value' AND j.type = 'text') AS attributes,
  (SELECT json_group_array(j.value) FROM json_tree(p.typed_values) j WHERE j.type = 'text') AS typed`;

export const MEANING_TEXTS_SQL = {
  page: `SELECT ${COLUMNS} FROM products p WHERE p.number > ?1 AND p.is_listed = 1 AND p.number % ?3 = 0 ORDER BY p.number LIMIT ?2`,
  of: `SELECT ${COLUMNS} FROM json_each(?1) wanted CROSS JOIN products p ON p.number = wanted.value AND p.is_listed = 1
    LIMIT ?2`,
  size: "SELECT count(*) AS products FROM products INDEXED BY products_ranking WHERE is_listed = 1",
} as const;

type Row = {
  readonly number: number;
  readonly title: string;
  readonly vendor: string;
  readonly product_type: string;
  readonly tags: string;
  readonly description_html: string;
  readonly options: string;
  readonly attributes: string;
  readonly typed: string;
};

/** Words of a listed product, by what they say of it. */
export type MeaningText = {
  readonly title: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly string[];
  readonly attributes: readonly string[];
  /** How it begins. */
  readonly descriptionHtml: string;
};

type Numbered = { readonly number: number; readonly text: MeaningText };

/** Words of products and their changes, read from D1. */
export const createMeaningTexts = (db: CatalogDb) => ({
  page: async ({
    after,
    limit,
    stride = 1,
  }: {
    readonly after: number;
    readonly limit: number;
    readonly stride?: number;
  }): Promise<readonly Numbered[]> =>
    read(await db.prepare(MEANING_TEXTS_SQL.page).bind(after, limit, stride).all<Row>()),
  of: async (numbers: readonly number[]): Promise<readonly Numbered[]> =>
    read(await db.prepare(MEANING_TEXTS_SQL.of).bind(JSON.stringify(numbers), numbers.length).all<Row>()),
  changes: (after: number, limit: number): Promise<readonly CatalogChange[]> =>
    queryChanges(db, { after, limit }),
  size: async (): Promise<{ readonly sequence: number; readonly products: number }> => {
    const sequence = await queryLatestSequence(db);
    const counted = await db.prepare(MEANING_TEXTS_SQL.size).first<{ products: number }>();
    return { sequence, products: counted?.products ?? 0 };
  },
});

const read = ({ results }: D1Result<Row>): readonly Numbered[] =>
  results.map((row) => ({
    number: row.number,
    text: {
      title: row.title,
      vendor: row.vendor,
      productType: row.product_type,
      tags: parseJson<string[]>(row.tags),
      options: parseJson<string[]>(row.options),
      attributes: [...parseJson<string[]>(row.attributes), ...parseJson<string[]>(row.typed)],
      descriptionHtml: row.description_html,
    },
  }));
