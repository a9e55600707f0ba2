import { ok, refuse, type Result } from "#kernel";
import type { MappingShelf } from "../app/desk.ts";
import type { ColumnMapping, ImportRefusal, SavedMapping } from "../contract.ts";
import { MAX_MAPPINGS } from "../domain/limits.ts";

type Row = {
  readonly name: string;
  readonly version: number;
  readonly body: string;
  readonly updated_at_ms: number;
};

/** Keeps column mappings in D1. A save is one statement, so that of two people one is told. */
export const createMappingShelf = (db: D1Database, nowMs: () => number): MappingShelf => ({
  async list() {
    const { results } = await db
      .prepare("SELECT name, version, body, updated_at_ms FROM import_mappings ORDER BY name LIMIT ?1")
      .bind(MAX_MAPPINGS)
      .all<Row>();
    return results.map(readMapping);
  },
  find: (name) => findMapping(db, name),
  async save(name, mapping, expectedVersion) {
    const body = JSON.stringify(mapping);
    const row = await db
      .prepare(
        `INSERT INTO import_mappings (name, version, body, updated_at_ms)
         SELECT ?1, 1, ?2, ?3 WHERE ?4 IS NULL OR ?4 = 0 OR EXISTS (SELECT 1 FROM import_mappings WHERE name = ?1)
         ON CONFLICT (name) DO UPDATE SET version = version + (body <> excluded.body), body = excluded.body,
           updated_at_ms = CASE WHEN body <> excluded.body THEN excluded.updated_at_ms ELSE updated_at_ms END
         WHERE ?4 IS NULL OR version = ?4
         RETURNING name, version, body, updated_at_ms`,
      )
      .bind(name, body, nowMs(), expectedVersion ?? null)
      .first<Row>();
    if (row) return ok(readMapping(row));
    const found = await findMapping(db, name);
    return refuse({ code: "mapping_changed", version: found.ok ? found.value.version : 0 });
  },
  async remove(name) {
    const { meta } = await db.prepare("DELETE FROM import_mappings WHERE name = ?1").bind(name).run();
    return meta.changes > 0;
  },
});

async function findMapping(db: D1Database, name: string): Promise<Result<SavedMapping, ImportRefusal>> {
  const row = await db
    .prepare("SELECT name, version, body, updated_at_ms FROM import_mappings WHERE name = ?1")
    .bind(name)
    .first<Row>();
  return row ? ok(readMapping(row)) : refuse({ code: "mapping_unknown", name });
}

/** What stands there was checked when it was saved. */
const readMapping = ({ name, version, body, updated_at_ms }: Row): SavedMapping => ({
  name,
  version,
  mapping: JSON.parse(body) as ColumnMapping,
  updatedAtMs: updated_at_ms,
});
