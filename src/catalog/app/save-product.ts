import { ok, refuse, type Result } from "#kernel";
import type { CatalogRefusal, ProductInput } from "../contract.ts";
import { cleanText } from "../domain/field-errors.ts";
import { MAX_SAVE_TRIES } from "../domain/limits.ts";
import {
  recordProduct,
  type IdSource,
  type ProductRecord,
  type StoredProduct,
} from "../domain/product-record.ts";
import { validateProduct, type ValidProduct } from "../domain/validate-product.ts";
import type { HtmlSanitiser, SavedProduct } from "./ports.ts";

export type SaveProduct = {
  readonly input: ProductInput;
  /** The handle that the product has now, when `input.handle` is to become another one. */
  readonly currentHandle?: string;
  /** Saves only over this version (`If-Match`). */
  readonly expectedVersion?: number;
};

/** What the store knows around one save. */
export type ProductSurroundings = {
  readonly existing?: StoredProduct;
  /** The handle is an old one of a product that is now at this handle. */
  readonly movedTo?: string;
  /** Another product has, or had, the handle that is asked for. */
  readonly isNewHandleTaken: boolean;
  /** Of the collections that the product names, those that exist. */
  readonly knownCollections: readonly string[];
};

/** Keeps products. A write is one transaction; `overtaken` means that somebody else saved first and nothing changed. */
export type ProductStore = {
  surroundings(request: {
    readonly handle: string;
    readonly newHandle: string;
    readonly collections: readonly string[];
  }): Promise<ProductSurroundings>;
  write(record: ProductRecord, existing: StoredProduct | undefined): Promise<"written" | "overtaken">;
};

export type SaveProductPorts = {
  readonly store: ProductStore;
  readonly sanitise: HtmlSanitiser;
  /** SHA-256 as hex. */
  readonly digest: (text: string) => Promise<string>;
  readonly ids: IdSource;
  readonly nowMs: () => number;
};

/**
 * Creates a product or replaces it as a whole, found by its handle. Ids of the product, its variants and pictures are
 * kept; saving the same again is `same` and writes nothing; an old handle goes on as a redirect. Refuses
 * `invalid_product`, `version_conflict`, `handle_taken`, `product_moved` (the handle is an old one of another
 * product) and `product_unknown` (a rename of nothing).
 */
export async function saveProduct(
  ports: SaveProductPorts,
  request: SaveProduct,
): Promise<Result<SavedProduct, CatalogRefusal>> {
  const valid = validateProduct(request.input);
  if (!valid.ok) return valid;
  // Cleaning HTML can make it longer or shorter; the bound that matters here is the one on what was sent.
  const product: ValidProduct = {
    ...valid.value,
    descriptionHtml: ports.sanitise(valid.value.descriptionHtml),
  };
  const contentHash = await ports.digest(JSON.stringify(product));
  for (let attempt = 1; ; attempt += 1) {
    const result = await trySave(ports, request, { product, contentHash });
    if (result !== "overtaken") return result;
    if (attempt === MAX_SAVE_TRIES) return refuse({ code: "version_conflict", version: 0 });
  }
}

type Content = { readonly product: ValidProduct; readonly contentHash: string };

async function trySave(
  ports: SaveProductPorts,
  request: SaveProduct,
  { product, contentHash }: Content,
): Promise<Result<SavedProduct, CatalogRefusal> | "overtaken"> {
  const handle = request.currentHandle === undefined ? product.handle : cleanText(request.currentHandle);
  const around = await ports.store.surroundings({
    handle,
    newHandle: product.handle,
    collections: product.collections,
  });
  const refusal = refusalOf(around, request, { handle, product });
  if (refusal) return refuse(refusal);
  const { existing } = around;
  if (existing?.contentHash === contentHash) return ok(saved("same", existing, existing.version));
  const record = recordProduct(product, existing, { contentHash, nowMs: ports.nowMs(), ids: ports.ids });
  const written = await ports.store.write(record, existing);
  if (written === "overtaken") return "overtaken";
  const outcome = existing ? "changed" : "created";
  return ok(saved(outcome, { productId: record.productId, handle: product.handle }, record.version));
}

const saved = (
  outcome: SavedProduct["outcome"],
  { productId, handle }: Pick<SavedProduct, "productId" | "handle">,
  version: number,
): SavedProduct => ({ outcome, productId, handle, version });

/** Checked in this order: the product, its version, its new handle, its collections. */
function refusalOf(
  around: ProductSurroundings,
  { expectedVersion }: SaveProduct,
  { handle, product }: { readonly handle: string; readonly product: ValidProduct },
): CatalogRefusal | undefined {
  const { existing, movedTo } = around;
  if (!existing && movedTo !== undefined) return { code: "product_moved", handle, movedTo };
  if (!existing && handle !== product.handle) return { code: "product_unknown", handle };
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return { code: "version_conflict", version };
  if (around.isNewHandleTaken) return { code: "handle_taken", handle: product.handle };
  const errors = product.collections.flatMap((collection, index) =>
    around.knownCollections.includes(collection)
      ? []
      : [
          {
            pointer: `/collections/${index}`,
            detail: `Make the collection ${collection} first, or leave it out.`,
          },
        ],
  );
  return errors.length === 0 ? undefined : { code: "invalid_product", errors };
}
