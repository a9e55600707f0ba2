import type { CollectionId } from "#kernel";
import type {
  CollectionRecord,
  CollectionStore,
  CollectionSurroundings,
  StoredCollection,
} from "../app/save-collection.ts";
import { choiceStatements } from "./collection-choice.ts";
import { parseJson, present } from "./rows.ts";
import { ruleOf, storedRule } from "./rule-sql.ts";
import { ruleStep } from "./rule-steps.ts";
import { insertRow, runGuarded, updateRow, type Row } from "./statements.ts";

type StoredRow = {
  readonly id: CollectionId;
  readonly handle: string;
  readonly version: number;
  readonly content_hash: string;
  readonly picture: string | null;
  readonly rule: string | null;
};

/** Keeps collections in D1. */
export const createCollectionStore = (db: D1Database): CollectionStore => ({
  surroundings: (request) => readSurroundings(db, request),
  write: (record, existing) => runGuarded(db, writeStatements(db, record, existing)),
});

const SURROUNDINGS = {
  stored: "SELECT id, handle, version, content_hash, picture, rule FROM collections WHERE handle = ?1",
  movedTo: `SELECT c.handle FROM collection_slug_history h CROSS JOIN collections c ON c.id = h.collection_id
    WHERE h.handle = ?1`,
  owners: `SELECT id FROM collections WHERE handle = ?1
    UNION SELECT collection_id FROM collection_slug_history WHERE handle = ?1`,
  products: "SELECT p.handle FROM json_each(?1) named CROSS JOIN products p ON p.handle = named.value",
} as const;

async function readSurroundings(
  db: D1Database,
  { handle, newHandle, products }: Parameters<CollectionStore["surroundings"]>[0],
): Promise<CollectionSurroundings> {
  const answers = await db.batch([
    db.prepare(SURROUNDINGS.stored).bind(handle),
    db.prepare(SURROUNDINGS.movedTo).bind(handle),
    db.prepare(SURROUNDINGS.owners).bind(newHandle),
    db.prepare(SURROUNDINGS.products).bind(JSON.stringify(products)),
  ]);
  const rows = <T>(index: number): readonly T[] => (answers[index]?.results ?? []) as T[];
  const row = rows<StoredRow>(0)[0];
  return {
    ...present("existing", row && readStored(row)),
    ...present("movedTo", rows<{ handle: string }>(1)[0]?.handle),
    isNewHandleTaken: rows<{ id: string }>(2).some(({ id }) => id !== row?.id),
    knownProducts: rows<{ handle: string }>(3).map((known) => known.handle),
  };
}

const readStored = (row: StoredRow): StoredCollection => ({
  collectionId: row.id,
  handle: row.handle,
  version: row.version,
  contentHash: row.content_hash,
  ...present(
    "picture",
    row.picture === null ? undefined : parseJson<NonNullable<StoredCollection["picture"]>>(row.picture),
  ),
  ...present("rule", row.rule === null ? undefined : ruleOf(row.rule)),
});

function writeStatements(
  db: D1Database,
  record: CollectionRecord,
  existing: StoredCollection | undefined,
): D1PreparedStatement[] {
  const { collection, collectionId, updatedAtMs, isRuleToApply } = record;
  const { rule } = collection;
  const row: Row = {
    handle: collection.handle,
    title: collection.title,
    description_html: collection.descriptionHtml,
    picture: record.picture ? JSON.stringify(record.picture) : null,
    position: collection.position,
    seo_title: collection.seoTitle ?? null,
    seo_description: collection.seoDescription ?? null,
    rule: rule ? storedRule(rule) : null,
    ...(rule && !isRuleToApply
      ? {}
      : { rule_cursor: rule ? 0 : null, rule_aged_at_ms: rule ? updatedAtMs : null }),
    content_hash: record.contentHash,
    version: record.version,
    updated_at_ms: updatedAtMs,
  };
  return [
    existing
      ? updateRow(db, "collections", { row, key: "id", value: collectionId })
      : insertRow(db, "collections", { ...row, id: collectionId, created_at_ms: updatedAtMs }),
    ...renameStatements(db, record, existing),
    ...choiceStatements(db, record),
    ...(isRuleToApply ? ruleStep(db, { collectionId, from: 0, nowMs: updatedAtMs }) : []),
  ];
}

function renameStatements(
  db: D1Database,
  { collection, updatedAtMs }: CollectionRecord,
  existing: StoredCollection | undefined,
): D1PreparedStatement[] {
  if (!existing || existing.handle === collection.handle) return [];
  return [
    db
      .prepare(
        `INSERT INTO collection_slug_history (handle, collection_id, moved_at_ms) VALUES (?, ?, ?)
         ON CONFLICT (handle) DO UPDATE SET collection_id = excluded.collection_id, moved_at_ms = excluded.moved_at_ms`,
      )
      .bind(existing.handle, existing.collectionId, updatedAtMs),
    // A collection may take a handle back that it had before.
    db.prepare("DELETE FROM collection_slug_history WHERE handle = ?").bind(collection.handle),
  ];
}
