import { invariant } from "#kernel";
import { badgeOf, rankOf, type StockFact } from "../domain/availability.ts";
import { LOW_STOCK_BELOW_UNITS, MAX_STOCK_FACTS } from "../domain/limits.ts";

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

// A bundle has no stock of its own: what its object may tell is not shown.
const UPSERT_LEVELS = `INSERT INTO stock_levels
    (sku, on_hand, held, damaged, safety, incoming, in_transit, available, orderable, arrangement, policy,
      version, updated_at_ms, availability_rank, available_units, expected_at)
  SELECT value ->> 'sku', value ->> 'onHand', value ->> 'held', value ->> 'damaged', value ->> 'safety',
    value ->> 'incoming', value ->> 'inTransit', value ->> 'available', value ->> 'orderable', value ->> 'arrangement',
    value ->> 'policy', value ->> 'version', value ->> 'changedAtMs', value ->> 'rank', value ->> 'availableUnits',
    value ->> 'expectedAt'
  FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM bundle_components b WHERE b.bundle_sku = value ->> 'sku')
  ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand, held = excluded.held, damaged = excluded.damaged,
    safety = excluded.safety, incoming = excluded.incoming, in_transit = excluded.in_transit,
    available = excluded.available, orderable = excluded.orderable, arrangement = excluded.arrangement,
    policy = excluded.policy, version = excluded.version, updated_at_ms = excluded.updated_at_ms,
    availability_rank = excluded.availability_rank, available_units = excluded.available_units,
    expected_at = excluded.expected_at
  WHERE excluded.version > stock_levels.version`;

/** Products of a JSON list of SKUs, and of the bundles that are made of them. */
export const STOCKED_PRODUCTS = `SELECT stocked.product_number FROM (
    SELECT value AS sku FROM json_each(?1)
    UNION SELECT bundle_sku FROM json_each(?1) CROSS JOIN bundle_components ON component_sku = value) AS changed
  CROSS JOIN variants stocked ON stocked.sku = changed.sku`;

/**
 * Works out bundles anew: as many as the scarcest component allows. `skus` is a subquery of the bundles' SKUs with one
 * parameter. A bundle whose components are not all counted is bounded by the counted ones; one that needs units beyond
 * a shelf is as late as the latest component.
 */
export const reprojectBundlesSql = (skus: string): string => `INSERT INTO stock_levels
    (sku, on_hand, held, available, orderable, policy, version, updated_at_ms, availability_rank, available_units, expected_at)
  SELECT sku, shelf, 0, shelf, shelf, '{"kind":"deny"}', 0, updated_at_ms,
    CASE WHEN units IS NULL THEN 0 WHEN units = 0 THEN 4 WHEN worst IN (2, 3) THEN worst WHEN shelf = 0 THEN 2
      WHEN units = shelf AND shelf < ${LOW_STOCK_BELOW_UNITS} THEN 1 ELSE 0 END,
    units, CASE WHEN worst IN (2, 3) THEN expected_at END
  FROM (
    SELECT c.bundle_sku AS sku, max(coalesce(s.availability_rank, 4)) AS worst, max(s.expected_at) AS expected_at,
      coalesce(max(s.updated_at_ms), 0) AS updated_at_ms,
      min(CASE WHEN s.sku IS NULL THEN 0 ELSE s.available_units / c.quantity END) AS units,
      coalesce(min(CASE WHEN s.sku IS NULL THEN 0 WHEN s.available_units IS NOT NULL
        THEN max(0, s.orderable) / c.quantity END), 0) AS shelf
    FROM bundle_components c LEFT JOIN stock_levels s ON s.sku = c.component_sku
    WHERE c.bundle_sku IN (${skus}) GROUP BY c.bundle_sku)
  WHERE true
  ON CONFLICT (sku) DO UPDATE SET on_hand = excluded.on_hand, held = 0, damaged = 0, safety = 0, incoming = 0,
    in_transit = 0, available = excluded.available, orderable = excluded.orderable, policy = excluded.policy, version = 0,
    updated_at_ms = excluded.updated_at_ms, availability_rank = excluded.availability_rank,
    available_units = excluded.available_units, expected_at = excluded.expected_at`;

const CHANGED_BUNDLES = `SELECT bundle_sku FROM json_each(?1) CROSS JOIN bundle_components ON component_sku = value`;

/**
 * Writes what the stock objects told into `stock_levels`, the bundles made of them and every list row that shows it, as
 * one transaction together with the caller's own statements. At most 100 facts; late and repeated ones (by version)
 * change nothing, whatever their order.
 */
export async function applyStockFacts(
  db: D1Database,
  facts: readonly StockFact[],
  more: readonly D1PreparedStatement[] = [],
): Promise<void> {
  invariant(facts.length <= MAX_STOCK_FACTS, `at most ${MAX_STOCK_FACTS} stock facts are applied at once`);
  if (facts.length === 0) return;
  const levels = facts.map(({ policy, ...fact }) => {
    const { availability, ...badge } = badgeOf({ available: fact.orderable, policy });
    return { ...fact, ...badge, policy: JSON.stringify(policy), rank: rankOf(availability) };
  });
  const skus = JSON.stringify(facts.map(({ sku }) => sku));
  await db.batch([
    db.prepare(UPSERT_LEVELS).bind(JSON.stringify(levels)),
    ...more,
    db.prepare(reprojectBundlesSql(CHANGED_BUNDLES)).bind(skus),
    db.prepare(reprojectSql(STOCKED_PRODUCTS)).bind(skus),
  ]);
}

/**
 * What follows from a bundle's new definition: the level that the shop shows of it. A SKU that is no bundle any more
 * has none until its own object tells again.
 */
export const bundleStatements = (db: D1Database, sku: string): readonly D1PreparedStatement[] => {
  const skus = JSON.stringify([sku]);
  return [
    db
      .prepare(
        `DELETE FROM stock_levels WHERE sku = ?1
           AND NOT EXISTS (SELECT 1 FROM bundle_components WHERE bundle_sku = ?1)`,
      )
      .bind(sku),
    db.prepare(reprojectBundlesSql("SELECT value FROM json_each(?1)")).bind(skus),
    db.prepare(reprojectSql(STOCKED_PRODUCTS)).bind(skus),
  ];
};
