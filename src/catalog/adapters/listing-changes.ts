import { WEB_CHANNEL } from "../contract-model.ts";
import { MAX_LISTING_CHANGES_PER_RUN } from "../domain/limits.ts";
import { DUE_WORDS_SQL, wordsStatements, type DueWordsRow } from "./search-index.ts";

const DUE = `SELECT number FROM products INDEXED BY products_listing_change
  WHERE listing_change_at_ms <= ?1 ORDER BY listing_change_at_ms LIMIT ${MAX_LISTING_CHANGES_PER_RUN}`;

const IS_WEB = `EXISTS (SELECT 1 FROM product_channels WHERE product_number = products.number AND channel = '${WEB_CHANNEL}')`;

/** What `listingAt` of the domain says, of the rows that are due; the two are held together by a test. */
export const LISTING_SQL = `UPDATE products SET
    is_listed = status = 'active' AND ${IS_WEB} AND coalesce(publish_at_ms <= ?2, true) AND coalesce(unpublish_at_ms > ?2, true),
    listing_change_at_ms = CASE
      WHEN status <> 'active' OR NOT ${IS_WEB} OR unpublish_at_ms <= ?2 THEN NULL
      WHEN publish_at_ms > ?2 THEN publish_at_ms
      ELSE unpublish_at_ms END,
    updated_at_ms = max(updated_at_ms, ?2)
  WHERE number IN (SELECT value FROM json_each(?1)) AND listing_change_at_ms <= ?2`;

/**
 * Shows and hides the products whose day has come, and lets search find them or not; for a cron. At most a hundred
 * per run, the number of those that were looked at comes back. Repeating is safe.
 */
export async function changeListings(db: D1Database, nowMs: number): Promise<number> {
  const { results: due } = await db.prepare(DUE).bind(nowMs).all<{ number: number }>();
  if (due.length === 0) return 0;
  const numbers = JSON.stringify(due.map((row) => row.number));
  const { results: words } = await db.prepare(DUE_WORDS_SQL).bind(numbers).all<DueWordsRow>();
  await db.batch([
    db.prepare(LISTING_SQL).bind(numbers, nowMs),
    ...words.flatMap((row) => wordsStatements(db, row)),
  ]);
  return due.length;
}
