import { epochMs, ok, refuse, type EpochMs, type Result } from "#kernel";
import type { LocationTable } from "../app/ports.ts";
import type { DeskRefusal, Location, LocationInput } from "../contract.ts";
import { MAX_LOCATIONS } from "../domain/limits.ts";

type Row = {
  code: string;
  name: string;
  address: string;
  priority: number;
  is_active: 0 | 1;
  ships_orders: 0 | 1;
  version: number;
  arrangement_changes: number;
  updated_at_ms: number;
};

/** Locations in D1. An edit that changes which orders a location serves raises the revision of the arrangement. */
export const createLocationTable = (db: D1Database): LocationTable => ({
  async list() {
    const { results } = await db
      .prepare("SELECT * FROM locations ORDER BY priority, code LIMIT ?")
      .bind(MAX_LOCATIONS)
      .all<Row>();
    const revision = results.reduce((sum, row) => sum + row.arrangement_changes, 0);
    return { locations: results.map(readLocation), revision };
  },
  save: (input, now) => saveLocation(db, input, now),
});

const UPDATE = `UPDATE locations SET name = ?2, address = ?3, version = version + 1, updated_at_ms = ?7,
    arrangement_changes = arrangement_changes + (priority <> ?4 OR is_active <> ?5 OR ships_orders <> ?6),
    priority = ?4, is_active = ?5, ships_orders = ?6
  WHERE code = ?1 AND (?8 IS NULL OR version = ?8) RETURNING *`;
const INSERT = `INSERT INTO locations
    (code, name, address, priority, is_active, ships_orders, version, arrangement_changes, updated_at_ms)
  SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1, 1, ?7 WHERE (SELECT count(*) FROM locations) < ?8
  ON CONFLICT (code) DO NOTHING RETURNING *`;

async function saveLocation(
  db: D1Database,
  input: LocationInput,
  now: EpochMs,
): Promise<Result<Location, DeskRefusal>> {
  const { code, name, address, priority } = input;
  const values = [code, name, address, priority, Number(input.isActive), Number(input.shipsOrders), now];
  const expected = input.expectedVersion ?? null;
  const updated = await db
    .prepare(UPDATE)
    .bind(...values, expected)
    .first<Row>();
  if (updated) return ok(readLocation(updated));
  const existing = await db.prepare("SELECT version FROM locations WHERE code = ?").bind(code).first<Row>();
  if (existing || expected !== null)
    return refuse({ code: "location_conflict", version: existing?.version ?? 0 });
  const inserted = await db
    .prepare(INSERT)
    .bind(...values, MAX_LOCATIONS)
    .first<Row>();
  return inserted ? ok(readLocation(inserted)) : refuse({ code: "too_many_locations", limit: MAX_LOCATIONS });
}

const readLocation = (row: Row): Location => ({
  code: row.code,
  name: row.name,
  address: row.address,
  priority: row.priority,
  isActive: row.is_active === 1,
  shipsOrders: row.ships_orders === 1,
  version: row.version,
  updatedAt: epochMs(row.updated_at_ms),
});

/** SKUs whose objects go by an older arrangement, the oldest first. */
export async function listBehind(db: D1Database, revision: number, limit: number): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT sku FROM stock_levels AS level WHERE arrangement < ?
         AND NOT EXISTS (SELECT 1 FROM bundle_components WHERE bundle_sku = level.sku)
       ORDER BY arrangement, sku LIMIT ?`,
    )
    .bind(revision, limit)
    .all<{ sku: string }>();
  return results.map(({ sku }) => sku);
}
