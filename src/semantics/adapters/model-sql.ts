import {
  MAX_ASKED,
  MAX_COMPARED,
  MAX_COMPARED_WITH_QUERY,
  MAX_MODEL_TERMS,
  PRODUCTS_PER_STEP,
} from "../domain/limits.ts";

const CURRENT = "(SELECT version FROM semantic_state WHERE id = 1)";

export const MODEL_SQL = {
  /** Terms by a JSON list. */
  terms: `SELECT t.term, hex(t.direction) AS direction, t.force FROM json_each(?1) j
    CROSS JOIN semantic_terms t ON t.version = ${CURRENT} AND t.term = j.value LIMIT ${MAX_MODEL_TERMS}`,
  cells: `SELECT c.version, hex(c.directions) AS directions FROM semantic_cells c WHERE c.version = ${CURRENT}`,
  /** Products by a JSON list of numbers. */
  vectors: `SELECT v.number, v.cell, hex(v.direction) AS direction FROM json_each(?1) j
    CROSS JOIN semantic_vectors v ON v.number = j.value AND v.version = ${CURRENT} LIMIT ${Math.max(PRODUCTS_PER_STEP, MAX_ASKED)}`,
  /** Products of cells by a JSON list, for comparing products; the same, fewer, for a query. */
  surroundings: cellMembers(MAX_COMPARED),
  surroundingsOfQuery: cellMembers(MAX_COMPARED_WITH_QUERY),
  put: `INSERT INTO semantic_vectors (number, version, cell, direction)
    SELECT value ->> 'number', ?2, value ->> 'cell', unhex(value ->> 'direction') FROM json_each(?1) WHERE true
    ON CONFLICT (number) DO UPDATE SET version = excluded.version, cell = excluded.cell, direction = excluded.direction`,
  remove: "DELETE FROM semantic_vectors WHERE number IN (SELECT value FROM json_each(?1))",
  walk: `SELECT cell, number FROM semantic_vectors WHERE version = ?1 AND (cell, number) > (?2, ?3)
    ORDER BY cell, number LIMIT ?4`,
  forgetTerms: `DELETE FROM semantic_terms WHERE version <> ${CURRENT}`,
  forgetCells: `DELETE FROM semantic_cells WHERE version <> ${CURRENT}`,
  putTerms: `INSERT INTO semantic_terms (version, term, direction, force, products)
    SELECT ?2, value ->> 'term', unhex(value ->> 'direction'), value ->> 'force', value ->> 'products' FROM json_each(?1)`,
  putCells: "INSERT INTO semantic_cells (version, directions) VALUES (?1, unhex(?2))",
} as const;

function cellMembers(limit: number): string {
  return `SELECT v.number, v.cell, hex(v.direction) AS direction FROM json_each(?1) j
    CROSS JOIN semantic_vectors v ON v.version = ${CURRENT} AND v.cell = j.value LIMIT ${limit}`;
}

export type TermRow = { readonly term: string; readonly direction: string; readonly force: number };
export type VectorRow = { readonly number: number; readonly cell: number; readonly direction: string };
export type CellsRow = { readonly version: number; readonly directions: string };
