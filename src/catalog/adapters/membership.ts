import { DAY_MS } from "#kernel";
import { MAX_EXPIRED_PER_RUN, MAX_RULE_MEMBERS } from "../domain/limits.ts";

// Membership is written when a product or a rule changes, so that a list never works it out. Tags are compared
// without regard to the case of ASCII letters.

const MEMBER_COLUMNS = `collection_id, product_number, is_listed, is_sold_out, featured_position, published_at_ms,
  price_min_minor, title_key`;
const MEMBER_VALUES = `p.number, p.status = 'active', p.is_sold_out, p.featured_position, p.published_at_ms,
  p.price_min_minor, p.title_key`;

/** Collections that a product belongs to, by hand and by rule. Parameters 2 to 5: handles, tags, published, now. */
const OWN_COLLECTIONS = `SELECT c.id FROM json_each(?2) named CROSS JOIN collections c ON c.handle = named.value
    WHERE c.rule_kind = 'manual'
  UNION SELECT c.id FROM collections c, json_each(?3) tag
    WHERE c.rule_kind = 'tag' AND c.rule_tag = tag.value COLLATE NOCASE
  UNION SELECT c.id FROM collections c
    WHERE c.rule_kind = 'newest' AND ?4 > ?5 - c.rule_days * ${DAY_MS}`;

export type MembershipFacts = {
  readonly productId: string;
  readonly collections: readonly string[];
  readonly tags: readonly string[];
  readonly publishedAtMs: number;
  readonly nowMs: number;
};

/** Leaves and joins collections so that the product is exactly where it belongs. */
export function placeProduct(db: D1Database, facts: MembershipFacts): D1PreparedStatement[] {
  const values = [
    facts.productId,
    JSON.stringify(facts.collections),
    JSON.stringify(facts.tags),
    facts.publishedAtMs,
    facts.nowMs,
  ];
  const number = "(SELECT number FROM products WHERE id = ?1)";
  return [
    db
      .prepare(
        `DELETE FROM collection_products WHERE product_number = ${number} AND collection_id NOT IN (${OWN_COLLECTIONS})`,
      )
      .bind(...values),
    db
      .prepare(
        `INSERT INTO collection_products (${MEMBER_COLUMNS})
         SELECT own.id, ${MEMBER_VALUES} FROM (${OWN_COLLECTIONS}) own, products p WHERE p.id = ?1
         ON CONFLICT DO NOTHING`,
      )
      .bind(...values),
  ];
}

export type RuleChange = {
  readonly collectionId: string;
  readonly rule: {
    readonly kind: "manual" | "tag" | "newest";
    readonly tag: string | null;
    readonly days: number | null;
  };
  readonly nowMs: number;
};

/** Gives a collection the members of its rule; by hand, members stay as they are. */
export function placeMembers(
  db: D1Database,
  { collectionId, rule, nowMs }: RuleChange,
): D1PreparedStatement[] {
  if (rule.kind === "manual") return [];
  const [matches, value] =
    rule.kind === "tag"
      ? ["EXISTS (SELECT 1 FROM json_each(p.tags) tag WHERE tag.value = ?2 COLLATE NOCASE)", rule.tag]
      : ["p.published_at_ms > ?2", nowMs - (rule.days ?? 0) * DAY_MS];
  return [
    db
      .prepare(
        `DELETE FROM collection_products WHERE collection_id = ?1
         AND product_number NOT IN (SELECT p.number FROM products p WHERE ${matches})`,
      )
      .bind(collectionId, value),
    db
      .prepare(
        `INSERT INTO collection_products (${MEMBER_COLUMNS})
         SELECT ?1, ${MEMBER_VALUES} FROM products p WHERE ${matches} LIMIT ${MAX_RULE_MEMBERS}
         ON CONFLICT DO NOTHING`,
      )
      .bind(collectionId, value),
  ];
}

/**
 * Lets products leave the "newest" collections whose days have passed; for a cron. At most a thousand per run, the
 * number of those that left comes back. Repeating is safe.
 */
export async function expireNewest(db: D1Database, nowMs: number): Promise<number> {
  const { results } = await db
    .prepare(
      `DELETE FROM collection_products WHERE rowid IN (
         SELECT m.rowid FROM collections c CROSS JOIN collection_products m ON m.collection_id = c.id
         WHERE c.rule_kind = 'newest' AND m.published_at_ms <= ?1 - c.rule_days * ${DAY_MS}
         LIMIT ${MAX_EXPIRED_PER_RUN})
       RETURNING product_number`,
    )
    .bind(nowMs)
    .all();
  return results.length;
}
