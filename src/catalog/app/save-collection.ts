import { ok, refuse, type CollectionId, type Result } from "#kernel";
import type { CollectionRule } from "../contract-model.ts";
import type { CatalogRefusal, CollectionInput, Picture } from "../contract.ts";
import { cleanText, collectErrors } from "../domain/field-errors.ts";
import { MAX_SAVE_TRIES } from "../domain/limits.ts";
import { validateCollection, type ValidCollection } from "../domain/validate-collection.ts";
import type { SaveProductPorts } from "./save-product.ts";
import type { SavedCollection } from "./ports.ts";

export type SaveCollection = {
  readonly input: CollectionInput;
  /** The handle that the collection has now, when `input.handle` is to become another one. */
  readonly currentHandle?: string;
  readonly expectedVersion?: number;
};

export type StoredCollection = {
  readonly collectionId: CollectionId;
  readonly handle: string;
  readonly version: number;
  readonly contentHash: string;
  readonly picture?: Picture;
  readonly rule?: CollectionRule;
};

export type CollectionRecord = {
  readonly collectionId: CollectionId;
  readonly collection: ValidCollection;
  readonly picture?: Picture;
  /** The rule, or who is picked and left out, changed: products are held against it from the first one on. */
  readonly isRuleToApply: boolean;
  readonly contentHash: string;
  readonly version: number;
  readonly updatedAtMs: number;
};

/** What the store knows around one save. */
export type CollectionSurroundings = {
  readonly existing?: StoredCollection;
  /** The handle is an old one of a collection that is now at this handle. */
  readonly movedTo?: string;
  /** Another collection has, or had, the handle that is asked for. */
  readonly isNewHandleTaken: boolean;
  /** Of the products that are picked or left out, those that exist. */
  readonly knownProducts: readonly string[];
};

/** Keeps collections. A write is one transaction, with the first step of applying the rule. */
export type CollectionStore = {
  surroundings(request: {
    readonly handle: string;
    readonly newHandle: string;
    readonly products: readonly string[];
  }): Promise<CollectionSurroundings>;
  write(record: CollectionRecord, existing: StoredCollection | undefined): Promise<"written" | "overtaken">;
};

export type SaveCollectionPorts = Pick<SaveProductPorts, "sanitise" | "digest" | "nowMs"> & {
  readonly store: CollectionStore;
  readonly ids: Pick<SaveProductPorts["ids"], "media"> & { collection(): CollectionId };
};

/**
 * Creates a collection or replaces it as a whole, found by its handle; saving the same again is `same` and writes
 * nothing; an old handle goes on as a redirect. With a rule its members follow: at once in a shop of up to
 * `RULE_STEP_PRODUCTS`, else within a minute or two. Refuses `invalid_product` (with the fields to mend),
 * `version_conflict`, `handle_taken`, `collection_moved` and `collection_unknown` (a rename of nothing).
 */
export async function saveCollection(
  ports: SaveCollectionPorts,
  request: SaveCollection,
): Promise<Result<SavedCollection, CatalogRefusal>> {
  const valid = validateCollection(request.input);
  if (!valid.ok) return valid;
  const collection: ValidCollection = {
    ...valid.value,
    descriptionHtml: ports.sanitise(valid.value.descriptionHtml),
  };
  const contentHash = await ports.digest(JSON.stringify(collection));
  for (let attempt = 1; ; attempt += 1) {
    const result = await trySave(ports, request, { collection, contentHash });
    if (result !== "overtaken") return result;
    if (attempt === MAX_SAVE_TRIES) return refuse({ code: "version_conflict", version: 0 });
  }
}

type Content = { readonly collection: ValidCollection; readonly contentHash: string };

async function trySave(
  ports: SaveCollectionPorts,
  request: SaveCollection,
  { collection, contentHash }: Content,
): Promise<Result<SavedCollection, CatalogRefusal> | "overtaken"> {
  const { handle: newHandle, picks = [], exclusions = [] } = collection;
  const handle = request.currentHandle === undefined ? newHandle : cleanText(request.currentHandle);
  const around = await ports.store.surroundings({ handle, newHandle, products: [...picks, ...exclusions] });
  const refusal = refusalOf(around, request, { handle, collection });
  if (refusal) return refuse(refusal);
  const { existing } = around;
  const version = existing?.version ?? 0;
  if (existing?.contentHash === contentHash) {
    return ok({ outcome: "same", collectionId: existing.collectionId, handle: newHandle, version });
  }
  const record: CollectionRecord = {
    collectionId: existing?.collectionId ?? ports.ids.collection(),
    collection,
    ...(collection.picture
      ? { picture: { mediaId: existing?.picture?.mediaId ?? ports.ids.media(), ...collection.picture } }
      : {}),
    isRuleToApply: isRuleToApply(collection, existing),
    contentHash,
    version: version + 1,
    updatedAtMs: ports.nowMs(),
  };
  if ((await ports.store.write(record, existing)) === "overtaken") return "overtaken";
  const outcome = existing ? "changed" : "created";
  return ok({ outcome, collectionId: record.collectionId, handle: newHandle, version: record.version });
}

function isRuleToApply({ rule, picks, exclusions }: ValidCollection, existing?: StoredCollection): boolean {
  if (!rule) return false;
  return Boolean(picks ?? exclusions) || JSON.stringify(rule) !== JSON.stringify(existing?.rule);
}

/** Checked in this order: the collection, its version, its new handle, the products that it names. */
function refusalOf(
  around: CollectionSurroundings,
  { expectedVersion }: SaveCollection,
  { handle, collection }: { readonly handle: string; readonly collection: ValidCollection },
): CatalogRefusal | undefined {
  const { existing, movedTo } = around;
  if (!existing && movedTo !== undefined) return { code: "collection_moved", handle, movedTo };
  if (!existing && handle !== collection.handle) return { code: "collection_unknown", handle };
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return { code: "version_conflict", version };
  if (around.isNewHandleTaken) return { code: "handle_taken", handle: collection.handle };
  const { root, list } = collectErrors();
  for (const part of ["picks", "exclusions"] as const) {
    collection[part]?.forEach((product, index) => {
      if (around.knownProducts.includes(product)) return;
      root.at(`/${part}/${index}`).refuse(`There is no product ${product}: leave it out.`);
    });
  }
  return list.length === 0 ? undefined : { code: "invalid_product", errors: list };
}
