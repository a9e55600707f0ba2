import type { FacetDefinition, FacetSource } from "../contract.ts";
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

/** The staff's facets. */
export async function listFacets(db: D1Database): Promise<readonly FacetDefinition[] | undefined> {
  const { results } = await db.prepare(FACETS_SQL).all();
  return readFacets(results);
}

/** Replaces the staff's facets as one list; an empty one gives the choice back to the catalogue. Repeating changes nothing. */
export async function saveFacets(db: D1Database, facets: readonly FacetDefinition[]): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM facets WHERE key IS NOT NULL"),
    db
      .prepare(
        `INSERT INTO facets (key, label, sources, position, is_active, value_order)
         SELECT value ->> 'key', value ->> 'label', value -> 'sources', value ->> 'position', value ->> 'isActive',
           value ->> 'valueOrder' FROM json_each(?1)`,
      )
      .bind(JSON.stringify(facets)),
  ]);
}

/** What staff do with facets. */
export const facetDesk = (db: D1Database) => ({
  list: () => listFacets(db),
  save: (facets: readonly FacetDefinition[]) => saveFacets(db, facets),
});
