import { epochMs, mintId } from "#kernel";
import { platformClock, sha256Hex, type Clock } from "#platform";
import { saveCollection } from "../app/save-collection.ts";
import { saveProduct, type SaveProductPorts } from "../app/save-product.ts";
import { saveProducts } from "../app/save-products.ts";
import type { CatalogWriter, HtmlSanitiser } from "../app/ports.ts";
import { archiveProduct } from "./archive-product.ts";
import { createCollectionStore } from "./collection-store.ts";
import { createProductStore } from "./product-store.ts";

export type CatalogWriterOptions = {
  /** The shop's currency, of every price that is written. */
  readonly currency: string;
  /** `sanitiseHtml` of this module; an option, so that only Workers that write carry its code. */
  readonly sanitise: HtmlSanitiser;
  readonly clock?: Clock;
};

/** The writer on D1. Holds no state. */
export function createCatalogWriter(db: D1Database, options: CatalogWriterOptions): CatalogWriter {
  const { currency, sanitise, clock = platformClock } = options;
  const at = () => epochMs(clock.now());
  const ports: SaveProductPorts = {
    store: createProductStore(db, currency),
    sanitise,
    digest: (text) => sha256Hex(`${currency}\n${text}`),
    ids: {
      product: () => mintId("prd", at()),
      variant: () => mintId("var", at()),
      media: () => mintId("med", at()),
    },
    nowMs: () => clock.now(),
  };
  const collectionPorts = {
    ...ports,
    store: createCollectionStore(db),
    ids: { ...ports.ids, collection: () => mintId("col", at()) },
  };
  return {
    saveProduct: (input, more = {}) => saveProduct(ports, { ...more, input }),
    saveProducts: (inputs) => saveProducts(ports, inputs),
    saveCollection: (input, more = {}) => saveCollection(collectionPorts, { ...more, input }),
    archiveProduct: (handle, expectedVersion) =>
      archiveProduct(db, { handle, expectedVersion, nowMs: clock.now() }),
  };
}
