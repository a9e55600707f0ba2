import { ok, refuse } from "#kernel";
import type { SynonymDesk } from "../app/ports.ts";
import type { SynonymGroup } from "../contract.ts";
import { MAX_SYNONYM_GROUPS } from "../domain/limits.ts";
import { readSynonyms } from "../domain/synonyms.ts";

type Row = {
  readonly id: string;
  readonly kind: SynonymGroup["kind"];
  readonly terms: string;
  readonly updated_at_ms: number;
};

export const SYNONYM_LIST_SQL = `SELECT id, kind, terms, updated_at_ms FROM synonym_groups INDEXED BY synonym_groups_first
  ORDER BY first_term, id LIMIT ${MAX_SYNONYM_GROUPS}`;

/** Works the alternatives of every term out anew: few groups, rarely saved, and no search has to put them together. */
const derive = (db: D1Database): D1PreparedStatement[] => [
  db.prepare("DELETE FROM search_synonyms WHERE true"),
  db.prepare(`INSERT INTO search_synonyms (term, alternatives)
    SELECT term, group_concat('"' || other || '"', ' OR ') FROM (
      SELECT DISTINCT t.value AS term, o.value AS other
      FROM synonym_groups g CROSS JOIN json_each(g.terms) t CROSS JOIN json_each(g.terms) o
      WHERE t.key <> o.key AND (g.kind = 'same' OR t.key = 0))
    GROUP BY term`),
];

/** Staff's synonyms in D1; each write and what follows from it is one transaction. */
export const createSynonymDesk = (db: D1Database, now: () => number = Date.now): SynonymDesk => ({
  async list() {
    const { results } = await db.prepare(SYNONYM_LIST_SQL).all<Row>();
    return results.map(readGroup);
  },
  async save(synonymId, input) {
    const read = readSynonyms(input);
    if (!read.ok) return read;
    const { kind, terms } = read.value;
    const [written] = await db.batch([
      db
        .prepare(
          `INSERT INTO synonym_groups (id, kind, terms, first_term, updated_at_ms)
           SELECT ?1, ?2, ?3, ?4, ?5
           WHERE (SELECT count(*) FROM synonym_groups) < ${MAX_SYNONYM_GROUPS}
             OR EXISTS (SELECT 1 FROM synonym_groups WHERE id = ?1)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, terms = excluded.terms,
             first_term = excluded.first_term, updated_at_ms = excluded.updated_at_ms`,
        )
        .bind(synonymId, kind, JSON.stringify(terms), terms[0] ?? "", now()),
      ...derive(db),
    ]);
    if (written?.meta.changes === 0) return refuse({ code: "too_many_synonyms", limit: MAX_SYNONYM_GROUPS });
    return ok({ synonymId, kind, terms, updatedAtMs: now() });
  },
  async remove(synonymId) {
    const [removed] = await db.batch([
      db.prepare("DELETE FROM synonym_groups WHERE id = ?").bind(synonymId),
      ...derive(db),
    ]);
    return removed?.meta.changes === 0 ? refuse({ code: "synonyms_unknown", synonymId }) : ok({ synonymId });
  },
});

const readGroup = ({ id, kind, terms, updated_at_ms: updatedAtMs }: Row): SynonymGroup => ({
  synonymId: id,
  kind,
  // Our own statement wrote it.
  terms: JSON.parse(terms) as string[],
  updatedAtMs,
});
