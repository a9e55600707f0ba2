import { runBatch } from "#platform";
import type { BundleTable } from "../app/ports.ts";
import type { Bundle } from "../contract.ts";
import { MAX_BUNDLE_COMPONENTS } from "../domain/limits.ts";

/** What else has to follow in the same transaction: the catalogue works out what it shows of the SKU. */
export type BundleProjection = (sku: string) => readonly D1PreparedStatement[];

/** Bundle definitions in D1. */
export const createBundleTable = (db: D1Database, projection: BundleProjection): BundleTable => ({
  async find(sku) {
    const { results } = await db
      .prepare(
        `SELECT component_sku AS sku, quantity FROM bundle_components WHERE bundle_sku = ?
         ORDER BY component_sku LIMIT ?`,
      )
      .bind(sku, MAX_BUNDLE_COMPONENTS)
      .all<Bundle["components"][number]>();
    return { sku, components: results };
  },

  async facts(sku, components) {
    const [asComponent, asBundle] = await runBatch(db, [
      db.prepare("SELECT 1 FROM bundle_components WHERE component_sku = ? LIMIT 1").bind(sku),
      db
        .prepare(
          `SELECT DISTINCT bundle_sku AS sku FROM bundle_components
           WHERE bundle_sku IN (SELECT value FROM json_each(?)) LIMIT ?`,
        )
        .bind(JSON.stringify(components), MAX_BUNDLE_COMPONENTS),
    ]);
    const bundles = (asBundle?.results ?? []) as { sku: string }[];
    return {
      isComponent: (asComponent?.results ?? []).length > 0,
      bundles: bundles.map((row) => row.sku),
    };
  },

  async save({ sku, components }) {
    await runBatch(db, [
      db.prepare("DELETE FROM bundle_components WHERE bundle_sku = ?").bind(sku),
      db
        .prepare(
          `INSERT INTO bundle_components (bundle_sku, component_sku, quantity)
           SELECT ?1, value ->> 'sku', value ->> 'quantity' FROM json_each(?2)`,
        )
        .bind(sku, JSON.stringify(components)),
      ...projection(sku),
    ]);
  },
});
