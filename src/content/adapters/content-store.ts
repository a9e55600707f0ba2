import { ok, refuse, type Result } from "#kernel";
import type { ContentReader, ContentStore } from "../app/ports.ts";
import type { ContentRefusal, HomeBlock, TextPage } from "../contract.ts";
import { MAX_TEXT_PAGES } from "../domain/limits.ts";
import { nameSections, readHomeBlocks, readTextPage } from "../domain/read-content.ts";

type Row = { readonly document: string; readonly version: number; readonly updated_at_ms: number };

const HOME = "home";
const PAGES = "page:";
/** The first text after all that begin with `page:`. */
const AFTER_PAGES = "page;";

export const CONTENT_SQL = {
  find: "SELECT document, version, updated_at_ms FROM content_documents WHERE key = ?1",
  list: `SELECT document, version, updated_at_ms FROM content_documents
    WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3`,
  save: `INSERT INTO content_documents (key, document, version, updated_at_ms)
    SELECT ?1, ?2, ?3 + 1, ?4 WHERE ?3 = coalesce((SELECT version FROM content_documents WHERE key = ?1), 0)
    ON CONFLICT (key) DO UPDATE SET document = excluded.document, version = excluded.version,
      updated_at_ms = excluded.updated_at_ms
      WHERE content_documents.version = excluded.version - 1`,
} as const;

// Documents are what `save` wrote, so reading them may trust their types.
const readPage = (row: Row): TextPage => ({
  ...(JSON.parse(row.document) as Omit<TextPage, "version" | "updatedAtMs">),
  version: row.version,
  updatedAtMs: row.updated_at_ms,
});

/** What the shop shows. */
export const createContentReader = (db: D1Database): ContentReader => ({
  async home() {
    const row = await db.prepare(CONTENT_SQL.find).bind(HOME).first<Row>();
    return row === null
      ? undefined
      : { blocks: JSON.parse(row.document) as readonly HomeBlock[], version: row.version };
  },
  async page(handle) {
    const row = await db.prepare(CONTENT_SQL.find).bind(`${PAGES}${handle}`).first<Row>();
    return row === null ? undefined : readPage(row);
  },
  async pages() {
    const { results } = await db
      .prepare(CONTENT_SQL.list)
      .bind(PAGES, AFTER_PAGES, MAX_TEXT_PAGES)
      .all<Row>();
    return results.map(readPage);
  },
});

type StoreOptions = { readonly sanitise: (html: string) => string; readonly nowMs: () => number };

/** What staff write. A document is saved over the version that was read, 0 for a new one; else `version_conflict`. */
export function createContentStore(db: D1Database, { sanitise, nowMs }: StoreOptions): ContentStore {
  const save = async (
    key: string,
    document: object,
    version: number,
  ): Promise<Result<true, ContentRefusal>> => {
    const { meta } = await db
      .prepare(CONTENT_SQL.save)
      .bind(key, JSON.stringify(document), version, nowMs())
      .run();
    return meta.changes > 0 ? ok(true as const) : refuse({ code: "version_conflict" });
  };
  return {
    ...createContentReader(db),
    async saveHome(blocks, expectedVersion) {
      const read = readHomeBlocks(blocks);
      return read.ok ? save(HOME, read.value, expectedVersion) : read;
    },
    async savePage(input, expectedVersion) {
      const read = readTextPage(input);
      if (!read.ok) return read;
      const page = { ...read.value, ...nameSections(sanitise(read.value.bodyHtml)) };
      return save(`${PAGES}${page.handle}`, page, expectedVersion);
    },
  };
}
