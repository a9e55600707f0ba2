import type { ProductInput } from "#catalog";
import type { ImportPorts } from "#catalog-import";
import type { StockRpc } from "#inventory";
import { ok, refuse } from "#kernel";
import { objectNamespace } from "#platform";
import { readJsonProduct } from "../../workers/admin/read-json-product.ts";
import { ImportShell } from "../../durable-objects/import/import-object.ts";
import { saveImportSummary, wasImported } from "../../src/catalog-import/adapters/import-list.ts";
import { createImportPorts } from "../../src/catalog-import/adapters/import-ports.ts";

/** Products that tests have imported, by handle, as JSON: a catalogue in memory, shared by all import objects of a test file. */
export const savedProducts = new Map<string, string>();
/** Handles that the catalogue in memory refuses. */
export const refusedHandles = new Set<string>();

/** The import object with real files, stock objects and list, and a catalogue in memory, for tests inside the Workers runtime. */
export class ImportObject extends ImportShell<Cloudflare.Env> {
  protected override ports(): ImportPorts {
    return createImportPorts({
      files: this.env.FILES,
      stock: objectNamespace<StockRpc>(this.env.STOCK),
      saveSummary: (job) => saveImportSummary(this.env.DB, job),
      wasImported: (fileHash) => wasImported(this.env.DB, fileHash),
      // No consumer shows levels here.
      areShown: () => Promise.resolve(true),
      readProduct: readJsonProduct,
      saveProducts: (inputs) => Promise.resolve(inputs.map(saveInMemory)),
    });
  }
}

function saveInMemory(input: ProductInput) {
  const body = JSON.stringify(input);
  const known = savedProducts.get(input.handle);
  if (refusedHandles.has(input.handle))
    return refuse({ code: "product_moved", handle: input.handle, movedTo: "elsewhere" } as const);
  savedProducts.set(input.handle, body);
  return ok({ outcome: known === undefined ? "created" : known === body ? "same" : "changed" } as const);
}
