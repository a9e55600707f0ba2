/** Of several variants with one SKU the oldest; through the index on SKUs in any case. */
export const VARIANT_OF_SKU_SQL = "SELECT id FROM variants WHERE sku = ?1 COLLATE NOCASE ORDER BY id LIMIT 1";

/** The variant sold under a SKU, in any case; `undefined` when there is none. */
export async function variantIdOfSku(db: D1Database, sku: string): Promise<string | undefined> {
  const row = await db.prepare(VARIANT_OF_SKU_SQL).bind(sku).first<{ id: string }>();
  return row?.id;
}

/** SKUs above `after`, in order: those that are sold, and those that a stock object has told of. */
export async function listKnownSkus(
  db: D1Database,
  page: { readonly after: string; readonly limit: number },
): Promise<string[]> {
  const names = (table: string): string =>
    `SELECT sku FROM (SELECT DISTINCT sku FROM ${table} WHERE sku > ?1 ORDER BY sku LIMIT ?2)`;
  const { results } = await db
    .prepare(`${names("variants")} UNION ${names("stock_levels")} ORDER BY sku LIMIT ?2`)
    .bind(page.after, page.limit)
    .all<{ sku: string }>();
  return results.map((row) => row.sku);
}
