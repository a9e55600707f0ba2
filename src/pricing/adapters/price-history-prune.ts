import { MAX_PRUNED_VARIANTS, PRUNE_PAUSE_MS } from "../domain/limits.ts";
import { LOOK_BACK_MS } from "../domain/price-history.ts";

/** Where the walk over the history is; in `settings`, so that the next run goes on there, after a crash as well. */
const PLACE = "price-history-pruning";

/** After which variant the walk goes on, and until when it rests; a walk under way does not rest. */
type Walk = { readonly after: string; readonly restsUntilMs: number };

export const PRUNE_SQL = {
  /** The last variant of the next piece; the first key of each is found by the primary key. */
  next: `SELECT max(variant_id) AS last, count(*) AS count FROM
    (SELECT DISTINCT variant_id FROM price_history WHERE variant_id > ?1 ORDER BY variant_id LIMIT ${MAX_PRUNED_VARIANTS})`,
  /**
   * A point is needed while it, or what came before the next one, lies within the 30 days before now, or before a reduction
   * that still goes on. The latest point of each place always stays.
   */
  drop: `DELETE FROM price_history AS old WHERE old.variant_id > ?1 AND old.variant_id <= ?2
    AND EXISTS (SELECT 1 FROM price_history later
      WHERE later.variant_id = old.variant_id AND later.market_id = old.market_id
        AND later.customer_group = old.customer_group AND later.from_ms > old.from_ms
        AND later.from_ms <= coalesce((SELECT min(r.reduced_since_ms) FROM resolved_prices r
          WHERE r.variant_id = old.variant_id AND r.market_id = old.market_id
            AND r.customer_group = old.customer_group), ?3) - ${LOOK_BACK_MS})`,
  keep: `INSERT INTO settings (key, value) VALUES ('${PLACE}', ?1)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
} as const;

/**
 * Takes points out of the history of prices that no lowest price of 30 days can need any more, for the next
 * {@link MAX_PRUNED_VARIANTS} variants of a walk, which rests for a day at its end: until then a run reads one row by its
 * key. Tells how many points went. Repeating is safe.
 */
export async function prunePriceHistory(db: D1Database, nowMs: number): Promise<number> {
  const place = await db
    .prepare("SELECT value FROM settings WHERE key = ?1")
    .bind(PLACE)
    .first<{ value: string }>();
  // Written below only.
  const { after, restsUntilMs }: Walk = place
    ? (JSON.parse(place.value) as Walk)
    : { after: "", restsUntilMs: 0 };
  if (nowMs < restsUntilMs) return 0;
  const piece = await db.prepare(PRUNE_SQL.next).bind(after).first<{ last: string | null; count: number }>();
  const last = piece?.last ?? "";
  const isAtEnd = (piece?.count ?? 0) < MAX_PRUNED_VARIANTS;
  const next: Walk = isAtEnd
    ? { after: "", restsUntilMs: nowMs + PRUNE_PAUSE_MS }
    : { after: last, restsUntilMs: 0 };
  const [dropped] = await db.batch([
    db.prepare(PRUNE_SQL.drop).bind(after, last, nowMs),
    db.prepare(PRUNE_SQL.keep).bind(JSON.stringify(next)),
  ]);
  return dropped?.meta.changes ?? 0;
}
