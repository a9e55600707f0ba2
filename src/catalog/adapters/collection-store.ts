import type { CollectionId } from "#kernel";
import type { CollectionRecord, CollectionStore, StoredCollection } from "../app/save-collection.ts";
import { placeMembers } from "./membership.ts";
import { parseJson, present } from "./rows.ts";
import { insertRow, runGuarded, updateRow, type Row } from "./statements.ts";

type StoredRow = {
  readonly id: CollectionId;
  readonly version: number;
  readonly content_hash: string;
  readonly picture: string | null;
};

/** Keeps collections in D1. */
export const createCollectionStore = (db: D1Database): CollectionStore => ({
  byHandle: async (handle) => {
    const row = await db
      .prepare("SELECT id, version, content_hash, picture FROM collections WHERE handle = ?")
      .bind(handle)
      .first<StoredRow>();
    return row === null ? undefined : readStored(row);
  },
  write: (record, existing) => runGuarded(db, writeStatements(db, record, existing)),
});

const readStored = (row: StoredRow): StoredCollection => ({
  collectionId: row.id,
  version: row.version,
  contentHash: row.content_hash,
  ...present(
    "picture",
    row.picture === null ? undefined : parseJson<NonNullable<StoredCollection["picture"]>>(row.picture),
  ),
});

function writeStatements(
  db: D1Database,
  record: CollectionRecord,
  existing: StoredCollection | undefined,
): D1PreparedStatement[] {
  const { collection, collectionId, updatedAtMs } = record;
  const { rule } = collection;
  const kind = rule?.kind ?? "manual";
  const tag = rule?.kind === "tag" ? rule.tag : null;
  const days = rule?.kind === "newest" ? rule.days : null;
  const row: Row = {
    handle: collection.handle,
    title: collection.title,
    description_html: collection.descriptionHtml,
    picture: record.picture ? JSON.stringify(record.picture) : null,
    position: collection.position,
    rule_kind: kind,
    rule_tag: tag,
    rule_days: days,
    content_hash: record.contentHash,
    version: record.version,
    updated_at_ms: updatedAtMs,
  };
  return [
    existing
      ? updateRow(db, "collections", { row, key: "id", value: collectionId })
      : insertRow(db, "collections", { ...row, id: collectionId, created_at_ms: updatedAtMs }),
    ...placeMembers(db, { collectionId, rule: { kind, tag, days }, nowMs: updatedAtMs }),
  ];
}
