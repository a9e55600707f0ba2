import { D1_MAX_BATCH, chunk, runBatch } from "#platform";
import type { StockLevel } from "../contract.ts";
import { MAX_LOCATIONS } from "../domain/limits.ts";

/** A copy as plain rows: what reconciliation compares. */
export type LevelImage = { readonly version: number; readonly parts: Readonly<Record<string, unknown>> };

/** The members of a level that its row in D1 has, and their columns. */
const COLUMNS = {
  onHand: "on_hand",
  held: "held",
  damaged: "damaged",
  safety: "safety",
  incoming: "incoming",
  inTransit: "in_transit",
  available: "available",
  orderable: "orderable",
  arrangement: "arrangement",
} as const;
const MEMBERS = Object.entries(COLUMNS);

/** The same for one location of a level. */
const PLACE_COLUMNS = {
  location: "location",
  onHand: "on_hand",
  held: "held",
  damaged: "damaged",
  safety: "safety",
  incoming: "incoming",
  inTransit: "in_transit",
} as const;
const PLACE_MEMBERS = Object.entries(PLACE_COLUMNS);

const pick = (members: Readonly<Record<string, unknown>>, wanted: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([name]) => Object.hasOwn(wanted, name)));

/** What D1 should have of a level, and of each of its locations. */
export const expectedLevelParts = (level: StockLevel): Readonly<Record<string, unknown>> => ({
  level: pick(level, COLUMNS),
  policy: level.policy,
  locations: level.locations
    .toSorted((a, b) => (a.location < b.location ? -1 : 1))
    .map((at) => pick(at, PLACE_COLUMNS)),
});

type Row = { sku: string; version: number; policy: string } & Record<string, unknown>;

/** What D1 has of these SKUs; at most 100. */
export async function readLevelImages(
  db: D1Database,
  skus: readonly string[],
): Promise<ReadonlyMap<string, LevelImage>> {
  if (skus.length === 0) return new Map();
  const places = await readPlaces(db, skus);
  const { results } = await db
    .prepare(
      `SELECT sku, version, policy, ${Object.values(COLUMNS).join(", ")} FROM stock_levels
       WHERE sku IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(skus))
    .all<Row>();
  return new Map(
    results.map((row) => {
      const locations = places.get(row.sku) ?? [];
      const level = Object.fromEntries(MEMBERS.map(([member, column]) => [member, row[column]]));
      // The table's check says that it is JSON.
      const policy: unknown = JSON.parse(row.policy);
      return [row.sku, { version: row.version, parts: { level, policy, locations } }];
    }),
  );
}

/** Rows by location of these SKUs, in the order of their codes. Read first: a level that moves on is then never behind. */
async function readPlaces(
  db: D1Database,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const { results } = await db
    .prepare(
      `SELECT sku, ${Object.values(PLACE_COLUMNS).join(", ")} FROM stock_location_levels
       WHERE sku IN (SELECT value FROM json_each(?1)) ORDER BY sku, location LIMIT ?2`,
    )
    .bind(JSON.stringify(skus), skus.length * MAX_LOCATIONS)
    .all<{ readonly sku: string } & Record<string, unknown>>();
  return new Map(
    [...Map.groupBy(results, ({ sku }) => sku)].map(([sku, rows]) => [
      sku,
      rows.map((row) => Object.fromEntries(PLACE_MEMBERS.map(([member, column]) => [member, row[column]]))),
    ]),
  );
}

/**
 * Sets levels back to version 0, each only while its row is at the version that was compared: the next write then goes
 * through whatever stands there. The row itself stays, so that no shopper sees a SKU without a level.
 */
export async function forgetLevels(
  db: D1Database,
  seen: readonly { readonly sku: string; readonly version: number }[],
): Promise<void> {
  for (const entries of chunk(seen, Math.floor(D1_MAX_BATCH / 2)))
    await runBatch(
      db,
      entries.flatMap(({ sku, version }) => [
        // The locations first: they go by the level's row.
        db
          .prepare(
            `UPDATE stock_location_levels SET version = 0
             WHERE sku = ?1 AND EXISTS (SELECT 1 FROM stock_levels WHERE sku = ?1 AND version = ?2)`,
          )
          .bind(sku, version),
        db.prepare("UPDATE stock_levels SET version = 0 WHERE sku = ? AND version = ?").bind(sku, version),
      ]),
    );
}
