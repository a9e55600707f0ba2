import {
  MAX_FORGOTTEN_PER_RUN,
  MAX_PHRASES,
  MAX_POPULAR_CHANGES_PER_RUN,
  MAX_POPULAR_PRODUCTS,
  MAX_POPULARITY_PER_RUN,
  QUERY_DAYS_KEPT,
  SEEN_DAYS_KEPT,
  WORDS_COUNTED_PER_RUN,
} from "../domain/limits.ts";
import { popularityStep } from "../domain/popularity.ts";

const DAY_MS = 24 * 60 * 60_000;
/** The cron's pace; the words to count anew follow from the time. */
const RUN_MS = 5 * 60_000;

export const KEEP_SQL = {
  forgetEvents: `DELETE FROM shopper_events_seen WHERE event_id IN (
    SELECT event_id FROM shopper_events_seen WHERE seen_at_ms < ?1 ORDER BY seen_at_ms LIMIT ${MAX_FORGOTTEN_PER_RUN})`,
  forgetQueries: `DELETE FROM search_queries WHERE (day, query) IN (
    SELECT day, query FROM search_queries WHERE day < ?1 ORDER BY day LIMIT ${MAX_FORGOTTEN_PER_RUN})`,
  forgetPhrases: `DELETE FROM search_phrases WHERE phrase IN (
    SELECT phrase FROM search_phrases ORDER BY score
    LIMIT min(${MAX_FORGOTTEN_PER_RUN}, max(0, (SELECT count(*) FROM search_phrases) - ${MAX_PHRASES})))`,
  countWords: `UPDATE search_words SET products = coalesce((SELECT doc FROM product_terms WHERE term = word), 0)
    WHERE id BETWEEN ?1 AND ?2`,
  forgetWords: "DELETE FROM search_words WHERE id BETWEEN ?1 AND ?2 AND products = 0",
  popularChanges: `WITH best(number) AS MATERIALIZED (
      SELECT product_number FROM product_popularity ORDER BY score DESC, product_number DESC LIMIT ${MAX_POPULAR_PRODUCTS})
    SELECT number, 1 AS is_popular FROM best CROSS JOIN product_popularity o ON o.product_number = number
      WHERE o.is_popular = 0
    UNION ALL SELECT product_number, 0 FROM product_popularity INDEXED BY product_popularity_popular
      WHERE is_popular = 1 AND product_number NOT IN (SELECT number FROM best)
    LIMIT ${MAX_POPULAR_CHANGES_PER_RUN}`,
  dueScores: `SELECT product_number AS number, score FROM product_popularity INDEXED BY product_popularity_due
    WHERE is_due = 1 ORDER BY product_number LIMIT ${MAX_POPULARITY_PER_RUN}`,
  // One that was counted again meanwhile stays due. Numbers lose a last bit on their way through JSON.
  told: `UPDATE product_popularity SET is_due = 0
    FROM json_each(?1) e WHERE product_number = e.value ->> 'number' AND abs(score - (e.value ->> 'score')) <= score * 1e-9`,
  markPopular: `UPDATE product_popularity SET is_popular = e.value ->> 'is_popular'
    FROM json_each(?1) e WHERE product_number = e.value ->> 'number'`,
} as const;

export type KeepSearchOptions = {
  readonly nowMs: number;
  /** The statements that write the words of these products anew, for the products that join or leave the popular list. */
  readonly reindex: (numbers: readonly number[]) => Promise<readonly D1PreparedStatement[]>;
  /** The statement that tells lists how popular these products are. */
  readonly project: (
    rows: readonly { readonly number: number; readonly popularity: number }[],
  ) => D1PreparedStatement;
};

/**
 * Forgets what is old, counts words anew and lets products join or leave the popular list; for a cron. Each part is
 * bounded and repeating is safe.
 */
export async function keepSearch(
  db: D1Database,
  { nowMs, reindex, project }: KeepSearchOptions,
): Promise<void> {
  const today = Math.floor(nowMs / DAY_MS);
  await db.batch([
    db.prepare(KEEP_SQL.forgetEvents).bind(nowMs - SEEN_DAYS_KEPT * DAY_MS),
    db.prepare(KEEP_SQL.forgetQueries).bind(today - QUERY_DAYS_KEPT),
    db.prepare(KEEP_SQL.forgetPhrases),
  ]);
  await countSomeWords(db, nowMs);
  await tellLists(db, project);
  await changePopular(db, reindex);
}

async function tellLists(db: D1Database, project: KeepSearchOptions["project"]): Promise<void> {
  const { results } = await db
    .prepare(KEEP_SQL.dueScores)
    .all<{ readonly number: number; readonly score: number }>();
  if (results.length === 0) return;
  const steps = results.map(({ number, score }) => ({ number, popularity: popularityStep(score) }));
  await db.batch([project(steps), db.prepare(KEEP_SQL.told).bind(JSON.stringify(results))]);
}

/** A stretch of the words that moves on with the time and begins again at the end. */
async function countSomeWords(db: D1Database, nowMs: number): Promise<void> {
  const last = await db.prepare("SELECT max(id) AS id FROM search_words").first<{ id: number | null }>();
  const stretches = Math.ceil(((last?.id ?? 0) + 1) / WORDS_COUNTED_PER_RUN);
  const from = (Math.floor(nowMs / RUN_MS) % stretches) * WORDS_COUNTED_PER_RUN;
  const to = from + WORDS_COUNTED_PER_RUN - 1;
  await db.batch([
    db.prepare(KEEP_SQL.countWords).bind(from, to),
    db.prepare(KEEP_SQL.forgetWords).bind(from, to),
  ]);
}

async function changePopular(db: D1Database, reindex: KeepSearchOptions["reindex"]): Promise<void> {
  const { results } = await db
    .prepare(KEEP_SQL.popularChanges)
    .all<{ readonly number: number; readonly is_popular: 0 | 1 }>();
  if (results.length === 0) return;
  const words = await reindex(results.map(({ number }) => number));
  await db.batch([db.prepare(KEEP_SQL.markPopular).bind(JSON.stringify(results)), ...words]);
}
