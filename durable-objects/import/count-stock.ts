import type { CountedLevel, ImportJob, ImportPorts } from "#catalog-import";
import type { CallContext } from "#platform";
import { STOCK_AT_ONCE } from "../../src/catalog-import/domain/limits.ts";
import { stockNote } from "./import-notes.ts";
import type { LevelsAhead } from "./levels-ahead.ts";
import type { StagedStock } from "./import-store.ts";

type Surroundings = {
  readonly ports: Pick<ImportPorts, "countStock" | "areShown">;
  readonly ahead: LevelsAhead;
  readonly call: CallContext;
};

/** Counts SKUs, a few at once, and never far ahead of what lists show. Repeating counts nothing twice, because each count is named after the file. */
export async function countAll(
  stock: readonly StagedStock[],
  job: ImportJob,
  { ports, ahead, call }: Surroundings,
): Promise<void> {
  await ahead.makeRoom((levels) => ports.areShown(levels));
  const waiting = stock.values();
  const counted: CountedLevel[] = [];
  const count = async (): Promise<void> => {
    for (const entry of waiting) {
      const level = await ports.countStock({ ...entry, ...stockNote(job, entry.sku) }, call);
      if (level) counted.push(level);
    }
  };
  await Promise.all(Array.from({ length: STOCK_AT_ONCE }, count));
  ahead.add(counted);
}
