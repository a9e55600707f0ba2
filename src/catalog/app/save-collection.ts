import { ok, refuse, type CollectionId, type Result } from "#kernel";
import type { CatalogRefusal, CollectionInput, Picture } from "../contract.ts";
import { MAX_SAVE_TRIES } from "../domain/limits.ts";
import { validateCollection, type ValidCollection } from "../domain/validate-collection.ts";
import type { SaveProductPorts } from "./save-product.ts";
import type { SavedCollection } from "./ports.ts";

export type SaveCollection = { readonly input: CollectionInput; readonly expectedVersion?: number };

export type StoredCollection = {
  readonly collectionId: CollectionId;
  readonly version: number;
  readonly contentHash: string;
  readonly picture?: Picture;
};

export type CollectionRecord = {
  readonly collectionId: CollectionId;
  readonly collection: ValidCollection;
  readonly picture?: Picture;
  readonly contentHash: string;
  readonly version: number;
  readonly updatedAtMs: number;
};

/** Keeps collections. A write is one transaction and brings the members of a rule up to date. */
export type CollectionStore = {
  byHandle(handle: string): Promise<StoredCollection | undefined>;
  write(record: CollectionRecord, existing: StoredCollection | undefined): Promise<"written" | "overtaken">;
};

export type SaveCollectionPorts = Pick<SaveProductPorts, "sanitise" | "digest" | "nowMs"> & {
  readonly store: CollectionStore;
  readonly ids: Pick<SaveProductPorts["ids"], "media"> & { collection(): CollectionId };
};

/**
 * Creates a collection or replaces it as a whole, found by its handle; saving the same again is `same` and writes
 * nothing. With a rule, its members follow at once; without one, products name it. Refuses `invalid_product` (with the
 * fields to mend) and `version_conflict`.
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
  { expectedVersion }: SaveCollection,
  { collection, contentHash }: Content,
): Promise<Result<SavedCollection, CatalogRefusal> | "overtaken"> {
  const { handle } = collection;
  const existing = await ports.store.byHandle(handle);
  const version = existing?.version ?? 0;
  if (expectedVersion !== undefined && expectedVersion !== version)
    return refuse({ code: "version_conflict", version });
  if (existing?.contentHash === contentHash) {
    return ok({ outcome: "same", collectionId: existing.collectionId, handle, version });
  }
  const record: CollectionRecord = {
    collectionId: existing?.collectionId ?? ports.ids.collection(),
    collection,
    ...(collection.picture
      ? { picture: { mediaId: existing?.picture?.mediaId ?? ports.ids.media(), ...collection.picture } }
      : {}),
    contentHash,
    version: version + 1,
    updatedAtMs: ports.nowMs(),
  };
  if ((await ports.store.write(record, existing)) === "overtaken") return "overtaken";
  const outcome = existing ? "changed" : "created";
  return ok({ outcome, collectionId: record.collectionId, handle, version: record.version });
}
