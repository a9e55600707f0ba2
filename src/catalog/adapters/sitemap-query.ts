import type { SitemapEntry, SitemapPart } from "../app/ports.ts";
import { SITEMAP_SLICE } from "../domain/limits.ts";
import type { CatalogDb } from "./rows.ts";

/** Each is one walk along an index; a slice is a range of row ids, so its cost does not grow with its place. */
export const SITEMAP_SQL = {
  sitemapEnd: "SELECT max(number) AS number FROM products LIMIT 1",
  sitemapCollections: `SELECT handle, updated_at_ms FROM collections INDEXED BY collections_handle ORDER BY handle LIMIT ?1`,
  sitemapProducts: `SELECT handle, updated_at_ms FROM products
    WHERE number > ?2 AND number <= ?3 AND is_listed = 1 ORDER BY number LIMIT ?1`,
} as const;

type SitemapRow = { readonly handle: string; readonly updated_at_ms: number };

/** Slices of row ids up to the last product. */
export async function querySitemapSlices(db: CatalogDb): Promise<number> {
  const last = await db.prepare(SITEMAP_SQL.sitemapEnd).first<{ readonly number: number | null }>();
  return Math.ceil((last?.number ?? 0) / SITEMAP_SLICE);
}

/** The pages of one part of the shop. */
export async function querySitemap(db: CatalogDb, part: SitemapPart): Promise<readonly SitemapEntry[]> {
  const statement =
    part === "collections"
      ? db.prepare(SITEMAP_SQL.sitemapCollections).bind(SITEMAP_SLICE)
      : db
          .prepare(SITEMAP_SQL.sitemapProducts)
          .bind(SITEMAP_SLICE, (part - 1) * SITEMAP_SLICE, part * SITEMAP_SLICE);
  const { results } = await statement.all<SitemapRow>();
  return results.map(({ handle, updated_at_ms }) => ({
    kind: part === "collections" ? "collection" : "product",
    handle,
    updatedAtMs: updated_at_ms,
  }));
}
