import type { StockLevel } from "../contract.ts";

/** A row for each level that is shown, found by its key. */
export const SHOWN_SQL = `SELECT 1 FROM json_each(?1) AS told CROSS JOIN stock_levels AS level ON level.sku = told.value ->> 'sku'
  WHERE level.version >= told.value ->> 'version'`;

/** Whether lists show these levels, or newer ones; at most a few hundred at once. */
export async function areLevelsShown(
  db: D1Database,
  levels: readonly Pick<StockLevel, "sku" | "version">[],
): Promise<boolean> {
  const { results } = await db
    .prepare(`${SHOWN_SQL} LIMIT ?2`)
    .bind(JSON.stringify(levels), levels.length)
    .all();
  return results.length >= levels.length;
}
