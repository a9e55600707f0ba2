import type { LearnMessage } from "../contract-events.ts";
import { MAX_PAIRS_PER_PRODUCT, MAX_QUERIES_PER_DAY } from "../domain/limits.ts";
import { lessonsOf } from "../domain/lessons.ts";

// The first transaction that sees a message owns it: only what carries its run is counted, so a message that comes twice,
// in one batch or in two, counts once, and a transaction that fails has seen nothing.

const IS_FRESH = `EXISTS (SELECT 1 FROM shopper_events_seen s WHERE s.event_id = e.value ->> 'id' AND s.run = ?2)`;

const SEEN_SQL = `INSERT OR IGNORE INTO shopper_events_seen (event_id, run, seen_at_ms)
  SELECT value, ?2, ?3 FROM json_each(?1)`;

export const PRODUCTS_SQL = `INSERT INTO product_popularity (product_number, score)
  SELECT number, sum(amount) FROM (
    SELECT p.number, e.value ->> 'amount' AS amount
      FROM json_each(?1) e CROSS JOIN products p ON p.handle = e.value ->> 'handle' WHERE ${IS_FRESH}
    UNION ALL SELECT p.number, e.value ->> 'amount'
      FROM json_each(?1) e CROSS JOIN products p ON p.id = e.value ->> 'productId' WHERE ${IS_FRESH})
  GROUP BY number
  ON CONFLICT (product_number) DO UPDATE SET score = score + excluded.score, is_due = 1`;

const pairsSql = (column: "handle" | "id", kind: "viewed" | "bought"): string =>
  `INSERT INTO product_pairs (product_number, kind, other_number, score)
  SELECT a.number, '${kind}', b.number, sum(e.value ->> 'amount')
  FROM json_each(?1) e CROSS JOIN products a ON a.${column} = e.value ->> 'one'
    CROSS JOIN products b ON b.${column} = e.value ->> 'other'
  WHERE e.value ->> 'kind' = '${kind}' AND a.number <> b.number AND ${IS_FRESH}
  GROUP BY a.number, b.number
  ON CONFLICT (product_number, kind, other_number) DO UPDATE SET score = score + excluded.score`;

/** Keeps the best pairs of each product that was touched, so that the table grows with products and not with time. */
const pruneSql = (column: "handle" | "id", kind: "viewed" | "bought"): string => `DELETE FROM product_pairs
  WHERE kind = '${kind}' AND product_number IN (
      SELECT p.number FROM json_each(?1) e CROSS JOIN products p ON p.${column} = e.value ->> 'one'
      WHERE e.value ->> 'kind' = '${kind}')
    AND (SELECT count(*) FROM product_pairs better WHERE better.product_number = product_pairs.product_number
      AND better.kind = product_pairs.kind
      AND (better.score, better.other_number) > (product_pairs.score, product_pairs.other_number)) >= ${MAX_PAIRS_PER_PRODUCT}`;

export const PAIRS_SQL = [pairsSql("handle", "viewed"), pairsSql("id", "bought")] as const;
export const PRUNE_SQL = [pruneSql("handle", "viewed"), pruneSql("id", "bought")] as const;

export const QUERIES_SQL = `INSERT INTO search_queries (day, query, searches, misses, clicks)
  SELECT e.value ->> 'day', e.value ->> 'query', sum(e.value ->> 'searches'), sum(e.value ->> 'misses'), sum(e.value ->> 'clicks')
  FROM json_each(?1) e
  WHERE ${IS_FRESH} AND (
    (SELECT count(*) FROM search_queries q WHERE q.day = e.value ->> 'day') < ${MAX_QUERIES_PER_DAY}
    OR EXISTS (SELECT 1 FROM search_queries q WHERE q.day = e.value ->> 'day' AND q.query = e.value ->> 'query'))
  GROUP BY 1, 2
  ON CONFLICT (day, query) DO UPDATE SET searches = searches + excluded.searches, misses = misses + excluded.misses,
    clicks = clicks + excluded.clicks`;

export const PHRASES_SQL = `INSERT INTO search_phrases (phrase, score, searches)
  SELECT e.value ->> 'query', sum(e.value ->> 'amount'), count(*)
  FROM json_each(?1) e WHERE e.value ->> 'amount' > 0 AND ${IS_FRESH}
  GROUP BY 1
  ON CONFLICT (phrase) DO UPDATE SET score = score + excluded.score, searches = searches + excluded.searches`;

/**
 * Counts what these messages teach, as one transaction. Repeats and other orders of the same messages leave the same
 * sums; a product that is not there any more is left out.
 */
export async function learn(
  db: D1Database,
  messages: readonly LearnMessage[],
  { run, nowMs }: { readonly run: string; readonly nowMs: number },
): Promise<void> {
  if (messages.length === 0) return;
  const once = [...new Map(messages.map((message) => [message.id, message])).values()];
  const { products, pairs, queries } = lessonsOf(once);
  const apply = (rows: readonly unknown[], ...statements: readonly string[]): D1PreparedStatement[] =>
    rows.length === 0 ? [] : statements.map((sql) => db.prepare(sql).bind(JSON.stringify(rows), run));
  const prune = (rows: readonly unknown[]): D1PreparedStatement[] =>
    rows.length === 0 ? [] : PRUNE_SQL.map((sql) => db.prepare(sql).bind(JSON.stringify(rows)));
  await db.batch([
    db.prepare(SEEN_SQL).bind(JSON.stringify(once.map(({ id }) => id)), run, nowMs),
    ...apply(products, PRODUCTS_SQL),
    ...apply(pairs, ...PAIRS_SQL),
    ...prune(pairs),
    ...apply(queries, QUERIES_SQL, PHRASES_SQL),
  ]);
}
