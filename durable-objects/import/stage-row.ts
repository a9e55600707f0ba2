import { handleOf } from "../../src/catalog-import/domain/cells.ts";
import { finding } from "../../src/catalog-import/domain/findings.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";
import type { ImportStore } from "./import-store.ts";

/**
 * Puts a row to the rows of its product; `true` for the first row of one. Where each row is a product of its own, a handle
 * that comes again is a second product, rejected with the line that has it already.
 */
export function stageRow(store: ImportStore, row: SourceRow, isEachRow: boolean): boolean {
  const key = handleOf(row) || `#${row.line}`;
  const earlier = isEachRow ? store.firstLineOf(key) : undefined;
  if (earlier === undefined) return store.stage(key, row);
  const at = { line: row.line, column: "", value: key };
  const broken = row.broken ?? finding("rejected", at, `Line ${earlier} is this product already.`);
  return store.stage(`#${row.line}`, { line: row.line, cells: row.cells, attributes: [], broken });
}
