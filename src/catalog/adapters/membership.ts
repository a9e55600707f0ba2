import { PLACEMENT_STEP_PRODUCTS } from "../domain/limits.ts";
import { belongs } from "./rule-sql.ts";

// Membership is written when a product or a rule changes, so that a list never works it out.

export const MEMBER_COLUMNS = `collection_id, product_number, is_listed, is_sold_out, is_picked, pick_position,
  featured_position, popularity, published_at_ms, price_min_minor, title_key`;

/** Values of product `p` for a member without a place of its own. */
export const memberValues = (
  isPicked: 0 | 1,
): string => `p.number, p.is_listed, p.is_sold_out, ${isPicked}, NULL,
  p.featured_position, p.popularity, p.published_at_ms, p.price_min_minor, p.title_key`;

export type Placement = {
  readonly productId: string;
  /** Handles of collections kept by hand; others are ignored. */
  readonly collections: readonly string[];
};

/** Product and collection of every naming. */
const NAMED = `SELECT p.number AS product_number, c.id AS collection_id
  FROM json_each(?1) placed CROSS JOIN products p ON p.id = placed.value ->> 'productId'
    CROSS JOIN json_each(placed.value, '$.collections') named CROSS JOIN collections c ON c.handle = named.value
  WHERE c.rule IS NULL`;
const PLACED =
  "SELECT p.number FROM json_each(?1) placed CROSS JOIN products p ON p.id = placed.value ->> 'productId'";

/** Leaves and joins collections so that the products are exactly where they belong; at most a few hundred at once. */
export function placeProducts(
  db: D1Database,
  placements: readonly Placement[],
  nowMs: number,
): D1PreparedStatement[] {
  const list = JSON.stringify(placements);
  return [
    db
      .prepare(
        `WITH named AS MATERIALIZED (${NAMED})
         DELETE FROM collection_products WHERE product_number IN (${PLACED})
         AND EXISTS (SELECT 1 FROM collections c WHERE c.id = collection_id AND c.rule IS NULL)
         AND (product_number, collection_id) NOT IN (SELECT product_number, collection_id FROM named)`,
      )
      .bind(list),
    db
      .prepare(
        `INSERT INTO collection_products (${MEMBER_COLUMNS})
         SELECT named.collection_id, ${memberValues(1)} FROM (${NAMED}) named CROSS JOIN products p ON p.number = named.product_number
         WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(list),
    ...placeByRules(db, { numbers: PLACED, value: list }, nowMs),
  ];
}

/** Product numbers: a subquery with the one parameter ?1. */
export type Numbers = { readonly numbers: string; readonly value: string };

/**
 * Holds products against every rule of the shop: they leave collections whose rule does not take them any more and join
 * those whose rule does. Picked members stay. Part of any transaction that changes what a rule can ask of a product.
 */
export function placeByRules(
  db: D1Database,
  { numbers, value }: Numbers,
  nowMs: number,
): D1PreparedStatement[] {
  return [
    db.prepare(PLACEMENT_SQL.leave(numbers)).bind(value, nowMs),
    db.prepare(PLACEMENT_SQL.join(numbers)).bind(value, nowMs),
    db.prepare(`DELETE FROM placement_due WHERE product_number IN (${numbers})`).bind(value),
  ];
}

/** Exported for the test that reads their plans. */
export const PLACEMENT_SQL = {
  leave: (numbers: string): string => `DELETE FROM collection_products
    WHERE product_number IN (${numbers}) AND is_picked = 0 AND EXISTS (
      SELECT 1 FROM collections c CROSS JOIN products p ON p.number = collection_products.product_number
      WHERE c.id = collection_products.collection_id AND c.rule IS NOT NULL AND NOT ${belongs("?2")})`,
  join: (numbers: string): string => `INSERT INTO collection_products (${MEMBER_COLUMNS})
    SELECT c.id, ${memberValues(0)}
    FROM (${numbers}) changed CROSS JOIN products p ON p.number = changed.number
      CROSS JOIN collections c INDEXED BY collections_rule
    WHERE c.rule IS NOT NULL AND ${belongs("?2")}
    ON CONFLICT DO NOTHING`,
} as const;

const LISTED_NUMBERS = "SELECT value AS number FROM json_each(?1)";

/** Products of a JSON list of numbers, for callers that write many at once: at most a few hundred. */
export const placeNumbers = (
  db: D1Database,
  numbers: readonly number[],
  nowMs: number,
): D1PreparedStatement[] =>
  placeByRules(db, { numbers: LISTED_NUMBERS, value: JSON.stringify(numbers) }, nowMs);

/**
 * Places the products that triggers have marked as changed, one step of at most two hundred; the number of those that
 * were placed comes back. Repeating is safe.
 */
export async function placeDue(db: D1Database, nowMs: number): Promise<number> {
  const { results } = await db
    .prepare(
      `SELECT product_number FROM placement_due ORDER BY product_number LIMIT ${PLACEMENT_STEP_PRODUCTS}`,
    )
    .all<{ product_number: number }>();
  if (results.length > 0) {
    await db.batch(
      placeNumbers(
        db,
        results.map((row) => row.product_number),
        nowMs,
      ),
    );
  }
  return results.length;
}
