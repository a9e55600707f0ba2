import type { CollectionRecord } from "../app/save-collection.ts";
import { FIRST_PICK_POSITION } from "../domain/limits.ts";
import { MEMBER_COLUMNS } from "./membership.ts";

// What a person chose for a collection: products that are in it whatever the rule says, in an order, and products that
// are left out whatever it says.

/** Parameters: collection, JSON list of handles in order. */
const SQL = {
  unpick: `DELETE FROM collection_products WHERE collection_id = ?1 AND is_picked = 1 AND product_number NOT IN (
    SELECT p.number FROM json_each(?2) picked CROSS JOIN products p ON p.handle = picked.value)`,
  pick: `INSERT INTO collection_products (${MEMBER_COLUMNS})
    SELECT ?1, p.number, p.is_listed, p.is_sold_out, 1, picked.key, picked.key + ${FIRST_PICK_POSITION},
      p.popularity, p.published_at_ms, p.price_min_minor, p.title_key
    FROM json_each(?2) picked CROSS JOIN products p ON p.handle = picked.value
    WHERE true
    ON CONFLICT (collection_id, product_number) DO UPDATE SET is_picked = 1, pick_position = excluded.pick_position,
      featured_position = excluded.featured_position`,
  include: "DELETE FROM collection_exclusions WHERE collection_id = ?1",
  exclude: `INSERT INTO collection_exclusions (collection_id, product_number)
    SELECT ?1, p.number FROM json_each(?2) excluded CROSS JOIN products p ON p.handle = excluded.value`,
  // Without a rule everything that is in it is there by hand, and stays.
  keepAll: "UPDATE collection_products SET is_picked = 1 WHERE collection_id = ?1 AND is_picked = 0",
} as const;

/** Writes picks and exclusions, when they are given; without a rule, all members become picked ones. */
export function choiceStatements(
  db: D1Database,
  { collection, collectionId }: CollectionRecord,
): D1PreparedStatement[] {
  const { picks, exclusions, rule } = collection;
  const run = (sql: string, handles: readonly string[]) =>
    db.prepare(sql).bind(collectionId, JSON.stringify(handles));
  return [
    ...(rule ? [] : [db.prepare(SQL.keepAll).bind(collectionId)]),
    ...(picks ? [run(SQL.unpick, picks), run(SQL.pick, picks)] : []),
    ...(exclusions ? [db.prepare(SQL.include).bind(collectionId), run(SQL.exclude, exclusions)] : []),
  ];
}
