import { ok, refuse, type ProductId, type Result } from "#kernel";
import type { SavedProduct } from "../app/ports.ts";
import type { CatalogRefusal, ProductStatus } from "../contract.ts";
import { cleanText } from "../domain/field-errors.ts";
import { unindexProduct } from "./search-index.ts";
import { runGuarded } from "./statements.ts";

type Row = { readonly id: ProductId; readonly status: ProductStatus; readonly version: number };

export type ArchiveProduct = {
  readonly handle: string;
  readonly expectedVersion: number | undefined;
  readonly nowMs: number;
};

/**
 * Archives a product. Its content hash is dropped, so that saving the product again brings it back. Refuses
 * `product_unknown` and `version_conflict`.
 */
export async function archiveProduct(
  db: D1Database,
  { handle: typed, expectedVersion, nowMs }: ArchiveProduct,
): Promise<Result<SavedProduct, CatalogRefusal>> {
  const handle = cleanText(typed);
  const row = await db
    .prepare("SELECT id, status, version FROM products WHERE handle = ?")
    .bind(handle)
    .first<Row>();
  if (!row) return refuse({ code: "product_unknown", handle });
  const { id: productId, version } = row;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  if (row.status === "archived") return ok({ outcome: "same", productId, handle, version });
  const written = await runGuarded(db, [
    db
      .prepare(
        "UPDATE products SET status = 'archived', is_listed = 0, listing_change_at_ms = NULL, content_hash = '', version = ?, updated_at_ms = ? WHERE id = ?",
      )
      .bind(version + 1, nowMs, productId),
    ...unindexProduct(db, productId),
  ]);
  if (written === "overtaken") return refuse({ code: "version_conflict", version });
  return ok({ outcome: "changed", productId, handle, version: version + 1 });
}
