import type { CatalogChange } from "../app/ports.ts";
import type { CatalogDb } from "./rows.ts";

/** Most changes that one page of the feed gives: a page of numbers is small, and a follower reads rows for each. */
export const MAX_CHANGES_PER_PAGE = 1000;

export const CHANGE_FEED_SQL = {
  after: "SELECT product_number, sequence FROM catalog_changes WHERE sequence > ? ORDER BY sequence LIMIT ?",
  latest: "SELECT coalesce(max(sequence), 0) AS sequence FROM catalog_changes",
} as const;

type ChangeRow = { readonly product_number: number; readonly sequence: number };

/**
 * Products that changed after a sequence number, the longest waiting first: 0 begins with the whole catalogue. A follower
 * remembers the last sequence that it has worked off; asking again from there misses nothing and repeats nothing. A
 * product that changed several times comes once, at its latest place. At most {@link MAX_CHANGES_PER_PAGE}; fewer than
 * `limit` says that there are no more now.
 */
export async function queryChanges(
  db: CatalogDb,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly CatalogChange[]> {
  const { results } = await db
    .prepare(CHANGE_FEED_SQL.after)
    .bind(after, Math.min(limit, MAX_CHANGES_PER_PAGE))
    .all<ChangeRow>();
  return results.map((row) => ({ productNumber: row.product_number, sequence: row.sequence }));
}

/** The latest sequence number, 0 for a catalogue that nobody has written to. */
export const queryLatestSequence = async (db: CatalogDb): Promise<number> =>
  (await db.prepare(CHANGE_FEED_SQL.latest).first<{ sequence: number }>())?.sequence ?? 0;
