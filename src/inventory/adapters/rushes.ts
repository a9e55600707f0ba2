import type { StockChanged } from "../contract.ts";

const UPSERT = `INSERT INTO stock_rushes (sku, line_open_until_ms)
  SELECT value ->> 'sku', value ->> '$.rush.lineOpenUntil' FROM json_each(?1)
  WHERE value ->> '$.rush.lineOpenUntil' IS NOT NULL
  ON CONFLICT (sku) DO UPDATE SET line_open_until_ms = max(line_open_until_ms, excluded.line_open_until_ms)`;

/**
 * A statement that notes until when buyers of a SKU go through its line. The later time wins, so late and repeated
 * messages change nothing; a time that has passed means that there is no line.
 */
export const projectRushes = (db: D1Database, changes: readonly StockChanged[]): D1PreparedStatement =>
  db.prepare(UPSERT).bind(JSON.stringify(changes));
