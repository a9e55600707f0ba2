import { invariant } from "#kernel";
import { badgeOf, rankOf, type StockFact } from "../domain/availability.ts";
import { MAX_STOCK_FACTS } from "../domain/limits.ts";

/**
 * Works out the best bucket of products from their variants' levels, and writes only what differs. `numbers` is a
 * subquery of product numbers with one parameter. Rank and day are compared as one text: the rank's digit, then the
 * day, `~` when there is none, so that a dated promise wins over an open one.
 */
export const reprojectSql = (numbers: string): string => `UPDATE products
  SET availability_rank = fresh.rank, expected_at = fresh.expected_at
  FROM (
    SELECT number, CAST(substr(best, 1, 1) AS INTEGER) AS rank, nullif(substr(best, 2), '~') AS expected_at
    FROM (
      SELECT v.product_number AS number, min(coalesce(s.availability_rank, 4) || coalesce(s.expected_at, '~')) AS best
      FROM variants v LEFT JOIN stock_levels s ON s.sku = v.sku
      WHERE v.product_number IN (${numbers})
      GROUP BY v.product_number)) AS fresh
  WHERE products.number = fresh.number
    AND (products.availability_rank <> fresh.rank OR products.expected_at IS NOT fresh.expected_at)`;

const UPSERT_LEVELS = `INSERT INTO stock_levels
    (sku, on_hand, held, available, policy, version, updated_at_ms, availability_rank, available_units, expected_at)
  SELECT value ->> 'sku', value ->> 'onHand', value ->> 'held', value ->> 'available', value ->> 'policy',
    value ->> 'version', value ->> 'changedAtMs', value ->> 'rank', value ->> 'availableUnits', value ->> 'expectedAt'
  FROM json_each(?1) WHERE true
  ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand, held = excluded.held, available = excluded.available,
    policy = excluded.policy, version = excluded.version, updated_at_ms = excluded.updated_at_ms,
    availability_rank = excluded.availability_rank, available_units = excluded.available_units,
    expected_at = excluded.expected_at
  WHERE excluded.version > stock_levels.version`;

/** Products of a JSON list of SKUs. */
export const STOCKED_PRODUCTS = `SELECT stocked.product_number FROM json_each(?1) changed
  CROSS JOIN variants stocked ON stocked.sku = changed.value`;

/**
 * Writes what the stock objects told into `stock_levels` and every list row that shows it, as one transaction of two
 * statements. At most 100 facts; late and repeated ones (by version) change nothing, whatever their order.
 */
export async function applyStockFacts(db: D1Database, facts: readonly StockFact[]): Promise<void> {
  invariant(facts.length <= MAX_STOCK_FACTS, `at most ${MAX_STOCK_FACTS} stock facts are applied at once`);
  if (facts.length === 0) return;
  const levels = facts.map(({ policy, ...fact }) => {
    const { availability, ...badge } = badgeOf({ available: fact.available, policy });
    return { ...fact, ...badge, policy: JSON.stringify(policy), rank: rankOf(availability) };
  });
  await db.batch([
    db.prepare(UPSERT_LEVELS).bind(JSON.stringify(levels)),
    db.prepare(reprojectSql(STOCKED_PRODUCTS)).bind(JSON.stringify(facts.map(({ sku }) => sku))),
  ]);
}
