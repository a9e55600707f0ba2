import { ok } from "#kernel";
import { DOCUMENT_VERSION_SQL, saveVersioned } from "#platform";
import type { FacetDefinition, FacetDesk, FacetSource, StoredFacets } from "../contract.ts";
import { MAX_FACETS } from "../domain/limits.ts";

export const FACETS_SQL = `SELECT key, label, sources, position, is_active, value_order FROM facets
  INDEXED BY facets_position ORDER BY position, key LIMIT ${MAX_FACETS}`;

type FacetRow = {
  readonly key: string;
  readonly label: string;
  readonly sources: string;
  readonly position: number;
  readonly is_active: 0 | 1;
  readonly value_order: FacetDefinition["valueOrder"];
};

/** Reads the rows of {@link FACETS_SQL}; `undefined` when staff have defined none. */
export function readFacets(results: readonly unknown[]): readonly FacetDefinition[] | undefined {
  // Rows of the statement above; the sources were checked when they were written.
  const rows = results as readonly FacetRow[];
  return rows.length === 0
    ? undefined
    : rows.map((row) => ({
        key: row.key,
        label: row.label,
        sources: JSON.parse(row.sources) as FacetSource[],
        position: row.position,
        isActive: row.is_active === 1,
        valueOrder: row.value_order,
      }));
}

const DOCUMENT = "facets";

/** The staff's facets with their version. */
async function readStored(db: D1Database): Promise<StoredFacets> {
  const [rows, versions] = await db.batch<{ version: number }>([
    db.prepare(FACETS_SQL),
    db.prepare(DOCUMENT_VERSION_SQL).bind(DOCUMENT),
  ]);
  return { facets: readFacets(rows?.results ?? []), version: versions?.results[0]?.version ?? 0 };
}

/** What staff do with facets, on D1. */
export const facetDesk = (db: D1Database): FacetDesk => ({
  read: () => readStored(db),
  async save(facets, expectedVersion) {
    const saved = await saveVersioned(db, { name: DOCUMENT, expectedVersion }, [
      db.prepare("DELETE FROM facets WHERE key IS NOT NULL"),
      db
        .prepare(
          `INSERT INTO facets (key, label, sources, position, is_active, value_order)
           SELECT value ->> 'key', value ->> 'label', value -> 'sources', value ->> 'position', value ->> 'isActive',
             value ->> 'valueOrder' FROM json_each(?1)`,
        )
        .bind(JSON.stringify(facets)),
    ]);
    return saved.ok ? ok(await readStored(db)) : saved;
  },
});
