import { D1_MAX_BATCH, chunk, runBatch } from "#platform";
import type { StockLevel } from "../contract.ts";

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

/** What D1 should have of a level. */
export const expectedLevelParts = (level: StockLevel): Readonly<Record<string, unknown>> => ({
  level: Object.fromEntries(Object.entries(level).filter(([name]) => Object.hasOwn(COLUMNS, name))),
  policy: level.policy,
});

type Row = { sku: string; version: number; policy: string } & Record<string, unknown>;

/** What D1 has of these SKUs; at most 100. */
export async function readLevelImages(
  db: D1Database,
  skus: readonly string[],
): Promise<ReadonlyMap<string, LevelImage>> {
  if (skus.length === 0) return new Map();
  const { results } = await db
    .prepare(
      `SELECT sku, version, policy, ${Object.values(COLUMNS).join(", ")} FROM stock_levels
       WHERE sku IN (SELECT value FROM json_each(?))`,
    )
    .bind(JSON.stringify(skus))
    .all<Row>();
  return new Map(
    results.map((row) => {
      const level = Object.fromEntries(MEMBERS.map(([member, column]) => [member, row[column]]));
      // The table's check says that it is JSON.
      const policy: unknown = JSON.parse(row.policy);
      return [row.sku, { version: row.version, parts: { level, policy } }];
    }),
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
  for (const entries of chunk(seen, D1_MAX_BATCH))
    await runBatch(
      db,
      entries.map(({ sku, version }) =>
        db.prepare("UPDATE stock_levels SET version = 0 WHERE sku = ? AND version = ?").bind(sku, version),
      ),
    );
}
