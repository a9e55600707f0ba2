import type { Finding, ImportJob, ImportPorts } from "#catalog-import";
import type { ProductDraft } from "../../src/catalog-import/domain/draft.ts";
import { productChecked } from "../../src/catalog-import/domain/job.ts";
import { mapProduct, rejectWhole } from "../../src/catalog-import/domain/map-product.ts";
import { finding } from "../../src/catalog-import/domain/findings.ts";
import type { SourceRow } from "../../src/catalog-import/domain/rows.ts";
import { sharedSku } from "./import-notes.ts";
import type { ImportStore, StagedStock } from "./import-store.ts";

type Surroundings = { readonly store: ImportStore; readonly ports: Pick<ImportPorts, "readProduct"> };
type Checked = { readonly isAccepted: boolean; readonly findings: readonly Finding[] };

/** Maps one product's rows, stores what became of them, and gives the job that has counted it. One transaction's work. */
export function checkProduct({ store, ports }: Surroundings, number: number, job: ImportJob): ImportJob {
  const rows = store.rowsOf(number);
  const { isAccepted, findings } =
    rows[0]?.json === undefined
      ? checkRows(store, { number, rows, job })
      : checkLine({ store, ports }, { number, row: rows[0], json: rows[0].json });
  if (!isAccepted) store.reject(number);
  store.report(findings);
  const warnings = findings.filter((entry) => entry.severity === "warning");
  const warnedRows = new Set(warnings.map(({ line }) => line)).size;
  return productChecked(job, { rows: rows.length, isAccepted, warnings: warnings.length, warnedRows });
}

type Product = { readonly number: number; readonly rows: readonly SourceRow[]; readonly job: ImportJob };

function checkRows(store: ImportStore, { number, rows, job }: Product): Checked {
  const { draft, findings } = mapProduct(rows, { currency: job.currency, names: job.names });
  const shared = draft ? acceptProduct(store, { number, draft, job }) : [];
  return { isAccepted: draft !== undefined, findings: [...findings, ...shared] };
}

/** A line of JSONL is a whole product already. A SKU that an earlier line has counted is not counted again. */
function checkLine(
  { store, ports }: Surroundings,
  { number, row, json }: { readonly number: number; readonly row: SourceRow; readonly json: string },
): Checked {
  if (row.broken) return { isAccepted: false, findings: rejectWhole([row], [row.broken]) };
  const read = ports.readProduct(json);
  if (read.ok) {
    const stock = read.value.stock.filter(({ sku }) => store.claimSku(sku, row.line) === undefined);
    store.accept(number, read.value, stock);
    return { isAccepted: true, findings: [] };
  }
  const at = { line: row.line, column: "", value: row.cells.handle ?? "" };
  return {
    isAccepted: false,
    findings: read.refusal.reasons.map((reason) => finding("rejected", at, reason)),
  };
}

type Accepted = { readonly number: number; readonly draft: ProductDraft; readonly job: ImportJob };

/** The first line that tells a SKU counts its stock; later ones share it, which is said about them. */
function acceptProduct(store: ImportStore, { number, draft, job }: Accepted): Finding[] {
  const stock: StagedStock[] = [];
  const shared = draft.variants.flatMap((variant) => {
    const earlier = store.claimSku(variant.sku, variant.line);
    if (earlier !== undefined) return [sharedSku(job, variant, earlier)];
    stock.push({ sku: variant.sku, stock: variant.stock });
    return [];
  });
  store.accept(number, draft, stock);
  return shared;
}
