import { ok, refuse, type Result } from "#kernel";
import type { AttributeDefinition } from "../contract-model.ts";
import type { CatalogRefusal, ProductInput } from "../contract.ts";
import { completeProduct, hashedText, isSameKept } from "../domain/complete-product.ts";
import { cleanText, collectErrors } from "../domain/field-errors.ts";
import { MAX_SAVE_TRIES } from "../domain/limits.ts";
import {
  recordProduct,
  type IdSource,
  type ProductRecord,
  type StoredProduct,
} from "../domain/product-record.ts";
import { checkTypedValues } from "../domain/typed-values.ts";
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
  /** Of the products that it names as related, those that exist. */
  readonly knownRelated: readonly string[];
  /** Attributes of the product type that is asked for, when there is one of that key. */
  readonly typeAttributes?: readonly AttributeDefinition[];
};

export type SurroundingsRequest = {
  readonly handle: string;
  readonly newHandle: string;
  readonly collections: readonly string[];
  readonly related: readonly string[];
  /** Empty for none. */
  readonly typeKey: string;
};

/** A product to write, over the one that is there. */
export type ProductChange = { readonly record: ProductRecord; readonly existing: StoredProduct | undefined };

/** Keeps products. A write is one transaction; `overtaken` means that somebody else saved first and nothing changed. */
export type ProductStore = {
  /** One answer per request, in their order. */
  surroundings(requests: readonly SurroundingsRequest[]): Promise<readonly ProductSurroundings[]>;
  /** All of different products, or none. */
  write(changes: readonly ProductChange[]): Promise<"written" | "overtaken">;
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
  const content = await readContent(ports, request.input);
  if (!content.ok) return content;
  const asked = surroundingsOf(request, content.value);
  for (let attempt = 1; ; attempt += 1) {
    const [around = NOTHING_KNOWN] = await ports.store.surroundings([asked]);
    const decided = decideSave(ports, request, { content: content.value, around });
    if (!decided.ok) return decided;
    const { change, saved } = decided.value;
    if (!change || (await ports.store.write([change])) === "written") return ok(saved);
    if (attempt === MAX_SAVE_TRIES) return refuse({ code: "version_conflict", version: 0 });
  }
}

/** A checked and cleaned product, and the hash of what a save never leaves out. */
export type Content = { readonly product: ValidProduct; readonly contentHash: string };
/** What a save comes to: what the caller is told, and what is to be written, if anything differs. */
export type DecidedSave = { readonly saved: SavedProduct; readonly change?: ProductChange };

const NOTHING_KNOWN: ProductSurroundings = {
  isNewHandleTaken: false,
  knownCollections: [],
  knownRelated: [],
};

/** Checks and cleans what somebody sent. Refuses `invalid_product`. */
export async function readContent(
  ports: Pick<SaveProductPorts, "sanitise" | "digest">,
  input: ProductInput,
): Promise<Result<Content, CatalogRefusal>> {
  const valid = validateProduct(input);
  if (!valid.ok) return valid;
  // Cleaning HTML can make it longer or shorter; the bound that matters here is the one on what was sent.
  const product: ValidProduct = {
    ...valid.value,
    descriptionHtml: ports.sanitise(valid.value.descriptionHtml),
  };
  return ok({ product, contentHash: await ports.digest(hashedText(product)) });
}

/** What has to be known before a save is decided. */
export const surroundingsOf = (
  { currentHandle }: Pick<SaveProduct, "currentHandle">,
  { product }: Content,
): SurroundingsRequest => ({
  handle: currentHandle === undefined ? product.handle : cleanText(currentHandle),
  newHandle: product.handle,
  collections: product.collections,
  related: (product.relations ?? []).map((relation) => relation.handle),
  typeKey: product.typed?.typeKey ?? "",
});

/** Decides one save by what is known around it. */
export function decideSave(
  ports: Pick<SaveProductPorts, "ids" | "nowMs">,
  request: Omit<SaveProduct, "input">,
  { content, around }: { readonly content: Content; readonly around: ProductSurroundings },
): Result<DecidedSave, CatalogRefusal> {
  const { product, contentHash } = content;
  const { handle } = surroundingsOf(request, content);
  const refusal = refusalOf(around, request, { handle, product });
  if (refusal) return refuse(refusal);
  const { existing } = around;
  const complete = completeProduct(product, existing);
  if (existing?.contentHash === contentHash && isSameKept(complete, existing))
    return ok({ saved: savedAs("same", existing, existing.version) });
  const record = recordProduct(complete, existing, { contentHash, nowMs: ports.nowMs(), ids: ports.ids });
  const outcome = existing ? "changed" : "created";
  const ids = { productId: record.productId, handle: product.handle };
  return ok({ saved: savedAs(outcome, ids, record.version), change: { record, existing } });
}

const savedAs = (
  outcome: SavedProduct["outcome"],
  { productId, handle }: Pick<SavedProduct, "productId" | "handle">,
  version: number,
): SavedProduct => ({ outcome, productId, handle, version });

/** Checked in this order: the product, its version, its new handle, its collections. */
function refusalOf(
  around: ProductSurroundings,
  { expectedVersion }: Omit<SaveProduct, "input">,
  { handle, product }: { readonly handle: string; readonly product: ValidProduct },
): CatalogRefusal | undefined {
  const { existing, movedTo } = around;
  if (!existing && movedTo !== undefined) return { code: "product_moved", handle, movedTo };
  if (!existing && handle !== product.handle) return { code: "product_unknown", handle };
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return { code: "version_conflict", version };
  if (around.isNewHandleTaken) return { code: "handle_taken", handle: product.handle };
  const errors = missingOf(around, product);
  return errors.length === 0 ? undefined : { code: "invalid_product", errors };
}

/** What the product names and is not there, and values that do not fit its type. */
function missingOf(
  { knownCollections, knownRelated, typeAttributes }: ProductSurroundings,
  { collections, relations = [], typed }: ValidProduct,
): ReturnType<typeof collectErrors>["list"] {
  const { root, list } = collectErrors();
  collections.forEach((collection, index) => {
    if (knownCollections.includes(collection)) return;
    root.at(`/collections/${index}`).refuse(`Make the collection ${collection} first, or leave it out.`);
  });
  relations.forEach(({ handle }, index) => {
    if (knownRelated.includes(handle)) return;
    root.at(`/relations/${index}/handle`).refuse(`Make the product ${handle} first, or leave it out.`);
  });
  if (typed && typed.typeKey !== "") {
    if (typeAttributes) checkTypedValues(root.at("/typed/values"), typeAttributes, typed.values);
    else root.at("/typed/typeKey").refuse(`Make the product type ${typed.typeKey} first, or leave it out.`);
  }
  return list;
}
