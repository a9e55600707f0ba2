import type { Finding, ImportJob } from "#catalog-import";
import type { VariantDraft } from "../../src/catalog-import/domain/draft.ts";
import { finding } from "../../src/catalog-import/domain/findings.ts";
import { rejectWhole } from "../../src/catalog-import/domain/map-product.ts";
import type { ImportStore, StagedProduct } from "./import-store.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";

/** Names the count after the file's content, so that the same file counts each SKU once, however often it is imported. */
export const stockNote = (
  { fileHash, fileName, importId }: ImportJob,
  sku: string,
): { adjustmentId: string; reason: string; reference: string } => ({
  adjustmentId: `import:${fileHash}:${sku}`,
  reason: `import of ${fileName}`,
  reference: importId,
});

/** Says that two variants are one article with one stock. */
export const sharedSku = ({ names }: ImportJob, { line, sku }: VariantDraft, earlier: number): Finding =>
  finding(
    "warning",
    { line, column: names.sku ?? "", value: sku },
    `The SKU stands on line ${earlier} already: both share one stock, and the units on that line count.`,
  );

/** What the catalogue refused after the check had let it through, for every row of the product. */
function lateRefusals(rows: readonly SourceRow[], handle: string, reasons: readonly string[]): Finding[] {
  const line = rows[0]?.line ?? 1;
  return rejectWhole(
    rows,
    reasons.map((reason) => finding("rejected", { line, column: "", value: handle }, reason)),
  );
}

/** Rejects a product that was let through and that the catalogue refuses; gives the number of its rows. */
export function rejectLate(
  store: ImportStore,
  { number, draft }: StagedProduct,
  reasons: readonly string[],
): number {
  const rows = store.rowsOf(number);
  store.reject(number);
  store.report(lateRefusals(rows, draft.handle, reasons));
  return rows.length;
}
