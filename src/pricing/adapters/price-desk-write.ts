import type { Market } from "../domain/market.ts";
import type { PriceList } from "../domain/price-list.ts";

/** Every change of a list or market raises the version that writers of resolved prices check. */
const raiseVersion = (db: D1Database): D1PreparedStatement =>
  db.prepare("UPDATE price_state SET version = version + 1 WHERE id = 1");

/** Begins the walk over the whole catalogue again, from the first product. */
const startSweep = (db: D1Database): D1PreparedStatement =>
  db.prepare("UPDATE price_state SET sweep_after = 0 WHERE id = 1");

/** Queues the products that a list has entries for. */
const queueList = (db: D1Database, listId: string): D1PreparedStatement =>
  db
    .prepare(
      `INSERT INTO price_work (product_number, sequence)
       SELECT DISTINCT v.product_number, 1 FROM price_list_entries e JOIN variants v ON v.id = e.variant_id
       WHERE e.list_id = ?1
       ON CONFLICT (product_number) DO UPDATE SET sequence = sequence + 1`,
    )
    .bind(listId);

/** What follows from a list that begins, ends or changes. A percentage for everything means the whole catalogue. */
const queueEffect = (db: D1Database, lists: readonly PriceList[]): readonly D1PreparedStatement[] => {
  const heard = lists.filter((list) => list.status === "active");
  const [first] = heard;
  if (!first) return [];
  return heard.some((list) => list.percentOffPpm !== undefined)
    ? [startSweep(db)]
    : [queueList(db, first.listId)];
};

/** A market in place of what was there, in one transaction with what follows from it. */
export const marketStatements = (
  db: D1Database,
  market: Market,
  at: { readonly version: number; readonly nowMs: number },
): readonly D1PreparedStatement[] => [
  db
    .prepare(
      `INSERT INTO markets (id, name, currency, countries, default_locale, locales, prices_include_tax, rounding_step_minor,
         rounding_ending_minor, exchange_rate_ppm, path_prefix, is_default, version, updated_at_ms)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, countries = excluded.countries,
         default_locale = excluded.default_locale, locales = excluded.locales,
         prices_include_tax = excluded.prices_include_tax, rounding_step_minor = excluded.rounding_step_minor,
         rounding_ending_minor = excluded.rounding_ending_minor, exchange_rate_ppm = excluded.exchange_rate_ppm,
         path_prefix = excluded.path_prefix, version = excluded.version, updated_at_ms = excluded.updated_at_ms`,
    )
    .bind(
      market.marketId,
      market.name,
      market.currency,
      JSON.stringify(market.countries),
      market.defaultLocale,
      JSON.stringify(market.locales),
      market.pricesIncludeTax ? 1 : 0,
      market.rounding.stepMinor,
      market.rounding.endingMinor,
      market.exchangeRatePpm,
      market.pathPrefix,
      market.isDefault ? 1 : 0,
      at.version,
      at.nowMs,
    ),
  raiseVersion(db),
  startSweep(db),
];

type WrittenList = {
  readonly list: PriceList;
  readonly before?: PriceList;
  readonly isApplied: boolean;
  readonly version: number;
  readonly nowMs: number;
};

/** A list in place of what was there, in one transaction with what follows from it. */
export const listStatements = (
  db: D1Database,
  { list, before, isApplied, version, nowMs }: WrittenList,
): readonly D1PreparedStatement[] => [
  db
    .prepare(
      `INSERT INTO price_lists (id, title, kind, status, priority, market_id, customer_group, channel, currency,
         starts_at_ms, ends_at_ms, percent_off_ppm, is_applied, entry_count, version, updated_at_ms, collection_id)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, ?15,
         (SELECT id FROM collections WHERE handle = ?16))
       ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, status = excluded.status,
         priority = excluded.priority, market_id = excluded.market_id, customer_group = excluded.customer_group,
         channel = excluded.channel, currency = excluded.currency, starts_at_ms = excluded.starts_at_ms,
         ends_at_ms = excluded.ends_at_ms, percent_off_ppm = excluded.percent_off_ppm,
         collection_id = excluded.collection_id, is_applied = excluded.is_applied,
         version = excluded.version, updated_at_ms = excluded.updated_at_ms`,
    )
    .bind(
      list.listId,
      list.title,
      list.kind,
      list.status,
      list.priority,
      list.marketId ?? null,
      list.customerGroup ?? null,
      list.channel ?? null,
      list.currency ?? null,
      list.startsAtMs ?? null,
      list.endsAtMs ?? null,
      list.percentOffPpm ?? null,
      isApplied ? 1 : 0,
      version,
      nowMs,
      list.collection ?? null,
    ),
  raiseVersion(db),
  ...queueEffect(db, before ? [list, before] : [list]),
];

/** Lists whose period began or ended since anybody looked; the cron asks every minute. */
const DUE = `SELECT id, percent_off_ppm FROM price_lists WHERE status = 'active'
  AND is_applied <> (coalesce(starts_at_ms, 0) <= ?1 AND ?1 < coalesce(ends_at_ms, 9007199254740991)) LIMIT 50`;

/** Queues what follows from lists that have begun or ended; tells how many did. Repeating changes nothing. */
export async function startAndEndLists(db: D1Database, nowMs: number): Promise<number> {
  const { results } = await db.prepare(DUE).bind(nowMs).all<{ id: string; percent_off_ppm: number | null }>();
  if (results.length === 0) return 0;
  await db.batch([
    ...results.map((row) => (row.percent_off_ppm === null ? queueList(db, row.id) : startSweep(db))),
    db
      .prepare(
        `UPDATE price_lists
         SET is_applied = (coalesce(starts_at_ms, 0) <= ?1 AND ?1 < coalesce(ends_at_ms, 9007199254740991))
         WHERE id IN (SELECT value FROM json_each(?2))`,
      )
      .bind(nowMs, JSON.stringify(results.map((row) => row.id))),
    raiseVersion(db),
  ]);
  return results.length;
}
