/** Of several variants with one SKU the oldest; through the index on SKUs in any case. */
export const VARIANT_OF_SKU_SQL = "SELECT id FROM variants WHERE sku = ?1 COLLATE NOCASE ORDER BY id LIMIT 1";

/** The variant sold under a SKU, in any case; `undefined` when there is none. */
export async function variantIdOfSku(db: D1Database, sku: string): Promise<string | undefined> {
  const row = await db.prepare(VARIANT_OF_SKU_SQL).bind(sku).first<{ id: string }>();
  return row?.id;
}
