import { ok, refuse, type Result } from "#kernel";

/** The version of a document that staff save as a whole; 0 while nobody has. */
export const DOCUMENT_VERSION_SQL = "SELECT version FROM document_versions WHERE name = ?1";

const RAISE_SQL = `INSERT INTO document_versions (name, version, read_version)
  SELECT ?1, coalesce(known.version, 0) + 1, coalesce(?2, known.version, 0)
  FROM (SELECT 1) LEFT JOIN document_versions known ON known.name = ?1 WHERE true
  ON CONFLICT (name) DO UPDATE SET version = excluded.version, read_version = excluded.read_version`;

/** As D1 names the table's check. */
const OVERTAKEN = "document_versions_read";

/** The version that stands; it is that of a save which names it. */
async function readDocumentVersion(db: D1Database, name: string): Promise<number> {
  const row = await db.prepare(DOCUMENT_VERSION_SQL).bind(name).first<{ version: number }>();
  return row?.version ?? 0;
}

export type VersionedSave = {
  /** Of the document: `facets`. */
  readonly name: string;
  /** The version that the change was made for; absent: whatever stands is replaced. */
  readonly expectedVersion?: number | undefined;
};

/**
 * Runs statements as one transaction that holds only when nobody has saved the document since `expectedVersion`, and gives
 * its new version. Refuses `version_conflict` with the version that stands; nothing is changed then.
 */
export async function saveVersioned(
  db: D1Database,
  { name, expectedVersion }: VersionedSave,
  statements: readonly D1PreparedStatement[],
): Promise<Result<number, { readonly code: "version_conflict"; readonly version: number }>> {
  try {
    const answers = await db.batch<{ version: number }>([
      db.prepare(RAISE_SQL).bind(name, expectedVersion ?? null),
      ...statements,
      db.prepare(DOCUMENT_VERSION_SQL).bind(name),
    ]);
    return ok(answers.at(-1)?.results[0]?.version ?? 0);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes(OVERTAKEN)) throw error;
    return refuse({ code: "version_conflict", version: await readDocumentVersion(db, name) });
  }
}
