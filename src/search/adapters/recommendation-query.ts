import {
  CARD_COLUMNS,
  closestText,
  localesParameter,
  readCard,
  translatedCard,
  type CardRow,
  type CatalogDb,
  type InLocale,
} from "#catalog";
import type { Recommender } from "../app/ports.ts";
import type { Recommended } from "../contract.ts";
import { MAX_RECOMMENDED, MAX_RECOMMENDED_FOR, MAX_SAME_COLLECTION } from "../domain/limits.ts";
import type { Reason } from "../domain/reasons.ts";

/** A title in the languages of a parameter, else the shop's own. */
const titleIn = (locales: string | undefined, entity: "product" | "collection"): string => {
  const own = entity === "product" ? "p.title" : "c.title";
  const key = entity === "product" ? "CAST(p.number AS TEXT)" : "c.id";
  return locales === undefined ? own : closestText(locales, { entity, key, field: "title", own });
};

const pairs = (kind: "bought" | "viewed" | "alike", rank: number): string =>
  `SELECT t.other_number, ${rank}, '${kind}', own.title, t.score FROM own
   CROSS JOIN product_pairs t ON t.product_number = own.number AND t.kind = '${kind}'`;

/**
 * What goes with some products, with titles in the languages of `locales`, the best reason for each: the merchant's choice, bought together, looked at together,
 * alike, then what is popular in the collection of the first one. A product keeps few pairs, so all of them are read.
 * Parameters: product ids as JSON, the first of them, number of rows, and the languages where there are any.
 */
const recommendedSql = (locales?: "?4"): string => `WITH
  own(number, title) AS MATERIALIZED (
    SELECT p.number, ${titleIn(locales, "product")} FROM json_each(?1) j CROSS JOIN products p ON p.id = j.value),
  home(id, title) AS MATERIALIZED (
    SELECT c.id, ${titleIn(locales, "collection")} FROM products p CROSS JOIN collection_products m ON m.product_number = p.number
      CROSS JOIN collections c ON c.id = m.collection_id
    WHERE p.id = ?2 ORDER BY c.handle = 'new', c.position LIMIT 1),
  members(number) AS MATERIALIZED (
    SELECT product_number FROM collection_products WHERE collection_id = (SELECT id FROM home) AND is_listed = 1
    ORDER BY is_sold_out, featured_position, product_number LIMIT ${MAX_SAME_COLLECTION}),
  found(number, rank, kind, title, weight) AS MATERIALIZED (
    SELECT r.related_number, 1, 'chosen', own.title, -r.position FROM own
      CROSS JOIN product_relations r ON r.product_number = own.number AND r.kind IN ('goes_with', 'accessory')
    UNION ALL ${pairs("bought", 2)}
    UNION ALL ${pairs("viewed", 3)}
    UNION ALL ${pairs("alike", 4)}
    UNION ALL SELECT number, iif(score > 0, 5, 6), iif(score > 0, 'popular', 'same'), (SELECT title FROM home), score
      FROM (SELECT members.number, coalesce(o.score, 0) AS score
        FROM members LEFT JOIN product_popularity o ON o.product_number = members.number)),
  best(number, rank, kind, title, weight) AS (
    SELECT number, min(rank), kind, title, weight FROM found
    WHERE number NOT IN (SELECT number FROM own) GROUP BY number)
  SELECT ${translatedCard(CARD_COLUMNS, locales)}, best.kind AS reason_kind, best.title AS reason_title
  FROM best CROSS JOIN products p ON p.number = best.number
  WHERE p.is_listed = 1 AND p.is_sold_out = 0
  ORDER BY best.rank, best.weight DESC, p.number LIMIT ?3`;

export const RECOMMENDED_SQL = recommendedSql();
export const TRANSLATED_RECOMMENDED_SQL = recommendedSql("?4");

type Row = CardRow & { readonly reason_kind: Reason["kind"]; readonly reason_title: string };

/** Recommendations on D1, in a language. Holds no state. */
export const createRecommender = (db: CatalogDb, { locale }: InLocale = {}): Recommender => ({
  relatedTo: (productId, limit) => recommend(db, [productId], { limit, locale }),
  goesWith: (productIds, limit) => recommend(db, productIds.slice(0, MAX_RECOMMENDED_FOR), { limit, locale }),
});

async function recommend(
  db: CatalogDb,
  productIds: readonly string[],
  { limit, locale }: { readonly limit: number; readonly locale: string | undefined },
): Promise<readonly Recommended[]> {
  const [first] = productIds;
  if (first === undefined) return [];
  const locales = localesParameter(locale);
  const { results } = await db
    .prepare(locales === undefined ? RECOMMENDED_SQL : TRANSLATED_RECOMMENDED_SQL)
    .bind(
      JSON.stringify(productIds),
      first,
      Math.min(limit, MAX_RECOMMENDED),
      ...(locales === undefined ? [] : [locales]),
    )
    .all<Row>();
  return results.map((row) => ({ card: readCard(row), reason: readReason(row) }));
}

const readReason = ({ reason_kind: kind, reason_title: title }: Row): Reason =>
  kind === "popular" || kind === "same" ? { kind, collection: title } : { kind, with: title };
