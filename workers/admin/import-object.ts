import type { ImportPorts } from "#catalog-import";
import type { StockRpc } from "#inventory";
import { objectNamespace } from "#platform";
import { ImportShell } from "../../durable-objects/import/import-object.ts";
import { saveImportSummary, wasImported } from "../../src/catalog-import/adapters/import-list.ts";
import { createImportPorts } from "../../src/catalog-import/adapters/import-ports.ts";
import { createCatalogWriter } from "../../src/catalog/adapters/catalog-writer.ts";
import { areLevelsShown } from "../../src/inventory/adapters/shown-levels.ts";
import { readJsonProduct } from "./read-json-product.ts";
import { sanitiseHtml } from "../../src/catalog/adapters/html-sanitiser.ts";

type Env = Pick<AdminEnv, "DB" | "FILES" | "STOCK">;

/** An import object with its surroundings: the file store, the catalogue, the stock objects and the list of imports. */
export class ImportObject extends ImportShell<Env> {
  protected override ports(): ImportPorts {
    const { DB, FILES, STOCK } = this.env;
    return createImportPorts({
      files: FILES,
      saveProducts: (inputs, currency) =>
        createCatalogWriter(DB, { currency, sanitise: sanitiseHtml }).saveProducts(inputs),
      readProduct: readJsonProduct,
      stock: objectNamespace<StockRpc>(STOCK),
      saveSummary: (job) => saveImportSummary(DB, job),
      wasImported: (fileHash) => wasImported(DB, fileHash),
      areShown: (levels) => areLevelsShown(DB, levels),
    });
  }
}
