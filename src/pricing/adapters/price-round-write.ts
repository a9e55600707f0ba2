import type { WorkedOut } from "../domain/work-out.ts";
import type { Round } from "./price-round-read.ts";

/**
 * The statements that put a round in place of what was there; run as one transaction. The first one refuses
 * (`prices_moved`) when lists or markets have changed since the round was read.
 */
export function roundStatements(
  db: D1Database,
  { version, productNumbers, queued }: Round,
  { rows, points, cards }: WorkedOut,
): readonly D1PreparedStatement[] {
  const numbers = JSON.stringify(productNumbers);
  const others = cards.filter((card) => !card.isDefault);
  const own = cards.filter((card) => card.isDefault);
  const run = (sql: string, value: unknown) => db.prepare(sql).bind(JSON.stringify(value));
  const last = Math.max(...productNumbers);
  return [
    db.prepare("UPDATE price_state SET checked_version = ?1 WHERE id = 1").bind(version),
    db
      .prepare("DELETE FROM resolved_prices WHERE product_number IN (SELECT value FROM json_each(?1))")
      .bind(numbers),
    ...(rows.length === 0 ? [] : [run(INSERT_ROWS, rows)]),
    ...(points.length === 0 ? [] : [run(INSERT_POINTS, points)]),
    db.prepare(NOTE_CHANGED_CARDS).bind(numbers, JSON.stringify(others)),
    db
      .prepare("DELETE FROM product_prices WHERE product_number IN (SELECT value FROM json_each(?1))")
      .bind(numbers),
    ...(others.length === 0 ? [] : [run(INSERT_CARDS, others)]),
    ...(own.length === 0 ? [] : [run(UPDATE_PRODUCTS, own)]),
    ...(queued.length === 0 ? [] : [run(DEQUEUE, queued)]),
    db
      .prepare(
        `UPDATE price_state SET sweep_after = max(sweep_after, ?1) WHERE id = 1 AND sweep_after IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM products WHERE number > sweep_after AND number <= ?1
           AND number NOT IN (SELECT value FROM json_each(?2)))`,
      )
      .bind(last, numbers),
  ];
}

const INSERT_ROWS = `INSERT INTO resolved_prices (variant_id, market_id, customer_group, min_quantity, amount_minor,
    compare_at_minor, lowest_30_days_minor, reduced_since_ms, list_id, base_minor, valid_until_ms, product_number)
  SELECT value ->> 'variantId', value ->> 'marketId', value ->> 'customerGroup', value ->> 'minQuantity',
    value ->> 'amountMinor', value ->> 'compareAtMinor', value ->> 'lowest30DaysMinor', value ->> 'reducedSinceMs',
    value ->> 'listId', value ->> 'baseMinor', value ->> 'validUntilMs', value ->> 'productNumber'
  FROM json_each(?1)`;

/** Two changes at one instant leave the later one. */
const INSERT_POINTS = `INSERT INTO price_history (variant_id, market_id, customer_group, from_ms, amount_minor)
  SELECT value ->> 'variantId', value ->> 'marketId', value ->> 'customerGroup', value ->> 'fromMs', value ->> 'amountMinor'
  FROM json_each(?1) WHERE true
  ON CONFLICT DO UPDATE SET amount_minor = excluded.amount_minor`;

const INSERT_CARDS = `INSERT INTO product_prices (product_number, market_id, price_min_minor, price_max_minor, compare_at_minor)
  SELECT value ->> 'productNumber', value ->> 'marketId', value ->> 'priceMinMinor', value ->> 'priceMaxMinor',
    value ->> 'compareAtMinor'
  FROM json_each(?1)`;

/**
 * Tells the followers of the catalogue (lists of other markets, caches) which products will have another card there; those
 * of the default market are told of by their own row.
 */
export const NOTE_CHANGED_CARDS = `INSERT INTO catalog_changes (product_number, sequence)
  SELECT number, (SELECT coalesce(max(sequence), 0) FROM catalog_changes) + row_number() OVER (ORDER BY number)
  FROM (SELECT n.value AS number FROM json_each(?1) n WHERE
    (SELECT count(*) FROM product_prices o WHERE o.product_number = n.value)
      <> (SELECT count(*) FROM json_each(?2) c WHERE c.value ->> 'productNumber' = n.value)
    OR EXISTS (SELECT 1 FROM json_each(?2) c LEFT JOIN product_prices o
        ON o.product_number = n.value AND o.market_id = c.value ->> 'marketId'
      WHERE c.value ->> 'productNumber' = n.value
        AND (o.price_min_minor IS NOT c.value ->> 'priceMinMinor' OR o.price_max_minor IS NOT c.value ->> 'priceMaxMinor'
          OR o.compare_at_minor IS NOT c.value ->> 'compareAtMinor')))
  WHERE true ON CONFLICT (product_number) DO UPDATE SET sequence = excluded.sequence`;

/** Lists of the default market sort by and show these columns. */
const UPDATE_PRODUCTS = `UPDATE products SET price_min_minor = value ->> 'priceMinMinor',
    price_max_minor = value ->> 'priceMaxMinor', compare_at_minor = value ->> 'compareAtMinor'
  FROM json_each(?1) WHERE number = value ->> 'productNumber'
    AND (price_min_minor <> value ->> 'priceMinMinor' OR price_max_minor <> value ->> 'priceMaxMinor'
      OR compare_at_minor IS NOT value ->> 'compareAtMinor')`;

/** A product that was queued once more meanwhile stays in the queue. */
const DEQUEUE = `DELETE FROM price_work WHERE (product_number, sequence) IN
  (SELECT value ->> 'number', value ->> 'sequence' FROM json_each(?1))`;
