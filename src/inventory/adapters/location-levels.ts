import type { StockChanged } from "../contract.ts";

const UPSERT = `INSERT INTO stock_location_levels
    (sku, location, on_hand, held, damaged, safety, incoming, in_transit, version)
  SELECT level.value ->> 'sku', at.value ->> 'location', at.value ->> 'onHand', at.value ->> 'held',
    at.value ->> 'damaged', at.value ->> 'safety', at.value ->> 'incoming', at.value ->> 'inTransit',
    level.value ->> 'version'
  FROM json_each(?1) AS level, json_each(level.value, '$.locations') AS at
  WHERE true
  ON CONFLICT (sku, location) DO UPDATE SET on_hand = excluded.on_hand, held = excluded.held,
    damaged = excluded.damaged, safety = excluded.safety, incoming = excluded.incoming,
    in_transit = excluded.in_transit, version = excluded.version
  WHERE excluded.version > stock_location_levels.version`;

/**
 * A statement that copies levels by location into D1; late and repeated ones change nothing. One statement however many
 * levels, because they travel as one text.
 */
export const projectLocationLevels = (
  db: D1Database,
  changes: readonly (StockChanged & { readonly version: number })[],
): D1PreparedStatement => db.prepare(UPSERT).bind(JSON.stringify(changes));
