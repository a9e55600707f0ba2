import type { ImportJob, ImportPorts } from "#catalog-import";
import type { CallContext } from "#platform";
import { STOCK_AT_ONCE } from "../../src/catalog-import/domain/limits.ts";
import { stockNote } from "./import-notes.ts";
import type { StagedStock } from "./import-store.ts";

/** Counts SKUs, a few at once. Repeating counts nothing twice, because each count is named after the file. */
export async function countAll(
  stock: readonly StagedStock[],
  job: ImportJob,
  { countStock, call }: Pick<ImportPorts, "countStock"> & { readonly call: CallContext },
): Promise<void> {
  const waiting = stock.values();
  const count = async (): Promise<void> => {
    for (const entry of waiting) await countStock({ ...entry, ...stockNote(job, entry.sku) }, call);
  };
  await Promise.all(Array.from({ length: STOCK_AT_ONCE }, count));
}
