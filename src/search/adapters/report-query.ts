import type { SearchReport, SearchReportRow } from "../contract.ts";
import { MAX_REPORT_ROWS } from "../domain/limits.ts";

const DAY_MS = 24 * 60 * 60_000;

const rowsSql = (order: "searches" | "misses"): string => `SELECT query, searches, misses, clicks FROM (
    SELECT query, sum(searches) AS searches, sum(misses) AS misses, sum(clicks) AS clicks
    FROM search_queries WHERE day >= ?1 GROUP BY query)
  WHERE ${order} > 0 ORDER BY ${order} DESC, query LIMIT ${MAX_REPORT_ROWS}`;

export const REPORT_SQL = {
  top: rowsSql("searches"),
  missed: rowsSql("misses"),
  sums: `SELECT coalesce(sum(searches), 0) AS searches, coalesce(sum(misses), 0) AS misses, coalesce(sum(clicks), 0) AS clicks
    FROM search_queries WHERE day >= ?1 LIMIT 1`,
} as const;

/** What was searched for in the last `days` days. One round trip. */
export async function querySearchReport(
  db: D1Database,
  { days, nowMs }: { readonly days: number; readonly nowMs: number },
): Promise<SearchReport> {
  const since = Math.floor(nowMs / DAY_MS) - days + 1;
  const [sums, top, missed] = await db.batch([
    db.prepare(REPORT_SQL.sums).bind(since),
    db.prepare(REPORT_SQL.top).bind(since),
    db.prepare(REPORT_SQL.missed).bind(since),
  ]);
  const [all] = (sums?.results ?? []) as Omit<SearchReportRow, "query">[];
  return {
    days,
    searches: all?.searches ?? 0,
    misses: all?.misses ?? 0,
    clicks: all?.clicks ?? 0,
    top: (top?.results ?? []) as SearchReportRow[],
    missed: (missed?.results ?? []) as SearchReportRow[],
  };
}
