import type { StockChanged } from "../contract.ts";

const UPSERT = `INSERT INTO stock_rushes (sku, line_open_until_ms, shards, shards_version)
  SELECT value ->> 'sku', coalesce(value ->> '$.rush.lineOpenUntil', 0), coalesce(value ->> 'shards', 0),
    value ->> 'version' FROM json_each(?1)
  WHERE value ->> '$.rush.lineOpenUntil' IS NOT NULL OR value ->> 'shards' IS NOT NULL
  ON CONFLICT (sku) DO UPDATE SET line_open_until_ms = max(line_open_until_ms, excluded.line_open_until_ms),
    shards = iif(excluded.shards_version >= shards_version, excluded.shards, shards),
    shards_version = max(shards_version, excluded.shards_version)`;

/**
 * A statement that notes until when buyers of a SKU go through its line, and among how many shards its units are shared
 * out. The later time wins, and the shards of the newest version, so late and repeated messages change nothing; a time
 * that has passed means that there is no line.
 */
export const projectRushes = (
  db: D1Database,
  changes: readonly (StockChanged & { readonly version: number })[],
): D1PreparedStatement => db.prepare(UPSERT).bind(JSON.stringify(changes));
