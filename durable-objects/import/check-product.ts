import type { Finding, ImportJob } from "#catalog-import";
import type { ProductDraft } from "../../src/catalog-import/domain/draft.ts";
import { productChecked } from "../../src/catalog-import/domain/job.ts";
import { mapProduct } from "../../src/catalog-import/domain/map-product.ts";
import { sharedSku } from "./import-notes.ts";
import type { ImportStore, StagedStock } from "./import-store.ts";

/** Maps one product's rows, stores what became of them, and gives the job that has counted it. One transaction's work. */
export function checkProduct(store: ImportStore, number: number, job: ImportJob): ImportJob {
  const rows = store.rowsOf(number);
  const { draft, findings } = mapProduct(rows, { currency: job.currency, names: job.names });
  const shared = draft ? acceptProduct(store, { number, draft, job }) : [];
  if (!draft) store.reject(number);
  const all = [...findings, ...shared];
  store.report(all);
  const warnings = all.filter((entry) => entry.severity === "warning").length;
  return productChecked(job, { rows: rows.length, isAccepted: draft !== undefined, warnings });
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
