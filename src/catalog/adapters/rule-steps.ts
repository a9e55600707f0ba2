import { DAY_MS } from "#kernel";
import { MAX_EXPIRED_PER_RUN, RULE_STEP_PRODUCTS } from "../domain/limits.ts";
import { MEMBER_COLUMNS, memberValues } from "./membership.ts";
import { belongs } from "./rule-sql.ts";

// A changed rule is applied in steps along the products' numbers. Where it has come to is in the collection's row, in the
// same transaction as the members, so a run that is cut off goes on where it was, and no step grows with the catalogue.

/** Parameters: collection, from (not included), to (included), now. */
const STEP = {
  leave: `DELETE FROM collection_products
    WHERE collection_id = ?1 AND product_number > ?2 AND product_number <= ?3 AND is_picked = 0 AND NOT EXISTS (
      SELECT 1 FROM collections c CROSS JOIN products p ON p.number = collection_products.product_number
      WHERE c.id = ?1 AND ${belongs("?4")})`,
  join: `INSERT INTO collection_products (${MEMBER_COLUMNS})
    SELECT c.id, ${memberValues(0)} FROM collections c CROSS JOIN products p
    WHERE c.id = ?1 AND p.number > ?2 AND p.number <= ?3 AND ${belongs("?4")}
    ON CONFLICT DO NOTHING`,
  advance: `UPDATE collections SET rule_cursor =
      CASE WHEN EXISTS (SELECT 1 FROM products WHERE number > ?3) THEN ?3 END
    WHERE id = ?1 AND rule_cursor = ?2`,
} as const;

export type RuleStep = { readonly collectionId: string; readonly from: number; readonly nowMs: number };

/** One step of applying a rule, as part of a transaction. Only one whose `from` is still the place counts as done. */
export const ruleStep = (db: D1Database, { collectionId, from, nowMs }: RuleStep): D1PreparedStatement[] => {
  const to = from + RULE_STEP_PRODUCTS;
  return [
    db.prepare(STEP.leave).bind(collectionId, from, to, nowMs),
    db.prepare(STEP.join).bind(collectionId, from, to, nowMs),
    db.prepare(STEP.advance).bind(collectionId, from, to),
  ];
};

/** Takes one step of one collection whose rule is not applied to all products yet; `false` when there is none. */
export async function continueRule(db: D1Database, nowMs: number): Promise<boolean> {
  const due = await db
    .prepare(
      `SELECT id, rule_cursor FROM collections INDEXED BY collections_rule_cursor
       WHERE rule_cursor IS NOT NULL ORDER BY rule_cursor LIMIT 1`,
    )
    .first<{ id: string; rule_cursor: number }>();
  if (!due) return false;
  await db.batch(ruleStep(db, { collectionId: due.id, from: due.rule_cursor, nowMs }));
  return true;
}

/** Members of a collection whose age has passed a bound since it was last looked at. */
const AGED = `FROM collections c INDEXED BY collections_rule
    CROSS JOIN json_each(c.rule, '$.conditions') age
    CROSS JOIN collection_products m ON m.collection_id = c.id
    CROSS JOIN products p ON p.number = m.product_number
  WHERE c.rule IS NOT NULL AND age.value ->> 'kind' = 'new' AND m.is_picked = 0
    AND m.published_at_ms <= ?1 - (age.value ->> 'days') * ${DAY_MS}
    AND m.published_at_ms > c.rule_aged_at_ms - (age.value ->> 'days') * ${DAY_MS}`;

/**
 * Lets products leave the collections that they have grown too old for; for a cron. At most a thousand per run, the
 * number of those that left comes back. Repeating is safe.
 */
export async function expireNewest(db: D1Database, nowMs: number): Promise<number> {
  const { results } = await db
    .prepare(
      `DELETE FROM collection_products WHERE rowid IN (
         SELECT m.rowid ${AGED} AND NOT ${belongs("?1")} LIMIT ${MAX_EXPIRED_PER_RUN})
       RETURNING product_number`,
    )
    .bind(nowMs)
    .all();
  // Only when all have left may the next run begin where this one ended.
  if (results.length < MAX_EXPIRED_PER_RUN) {
    await db
      .prepare(
        `UPDATE collections SET rule_aged_at_ms = ?1
         WHERE rule IS NOT NULL AND rule_aged_at_ms < ?1 AND instr(rule, '"kind":"new"') > 0`,
      )
      .bind(nowMs)
      .run();
  }
  return results.length;
}
