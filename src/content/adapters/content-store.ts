import { isLocale, localeChain, ok, refuse, type Result } from "#kernel";
import type { ContentReader, ContentStore, InLanguage } from "../app/ports.ts";
import type { ContentRefusal, HomeBlock, HomeContent, TextPage, TextPageLink } from "../contract.ts";
import { MAX_LANGUAGES, MAX_TEXT_PAGES } from "../domain/limits.ts";
import { nameSections, readHomeBlocks, readTextPage } from "../domain/read-content.ts";

type Row = { readonly document: string; readonly version: number; readonly updated_at_ms: number };

const HOME = "home";
const PAGES = "page:";
/** The first text after all that begin with `page:`. */
const AFTER_PAGES = "page;";

/** The document of a language: `page:care@de`; of the shop's own: `page:care`. No handle has such a sign. */
const keyIn = (name: string, locale: string | undefined): string =>
  locale === undefined ? name : `${name}@${locale}`;

const chainOf = (locale: string | undefined): readonly string[] =>
  locale !== undefined && isLocale(locale) ? localeChain(locale) : [];

/** The keys to look under, closest first, as a JSON list. */
const keysOf = (name: string, locale: string | undefined): string =>
  JSON.stringify([...chainOf(locale).map((one) => keyIn(name, one)), name]);

export const CONTENT_SQL = {
  find: `SELECT d.document, d.version, d.updated_at_ms FROM json_each(?1) wanted
    CROSS JOIN content_documents d ON d.key = wanted.value ORDER BY wanted.key LIMIT 1`,
  // Documents of other languages stand between those of the shop's own, each behind its own.
  list: `SELECT substr(own.key, 6) AS handle, coalesce((
      SELECT d.document FROM json_each(?4) wanted
      CROSS JOIN content_documents d ON d.key = own.key || '@' || wanted.value LIMIT 1), own.document) ->> 'title' AS title
    FROM content_documents own
    WHERE own.key >= ?1 AND own.key < ?2 AND instr(own.key, '@') = 0 ORDER BY own.key LIMIT ?3`,
  languages: `SELECT substr(key, length(?1) + 2) AS locale FROM content_documents
    WHERE key > ?1 || '@' AND key < ?1 || 'A' ORDER BY key LIMIT ${MAX_LANGUAGES}`,
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
const readHome = (row: Row): HomeContent => ({
  blocks: JSON.parse(row.document) as readonly HomeBlock[],
  version: row.version,
});

const find = (db: D1Database, keys: string): Promise<Row | null> =>
  db.prepare(CONTENT_SQL.find).bind(keys).first<Row>();

async function listPages(db: D1Database, locale?: string): Promise<readonly TextPageLink[]> {
  const { results } = await db
    .prepare(CONTENT_SQL.list)
    .bind(PAGES, AFTER_PAGES, MAX_TEXT_PAGES, JSON.stringify(chainOf(locale)))
    .all<TextPageLink>();
  return results;
}

/** What the shop shows. */
export const createContentReader = (db: D1Database): ContentReader => ({
  async home(locale) {
    const row = await find(db, keysOf(HOME, locale));
    return row === null ? undefined : readHome(row);
  },
  async page(handle, locale) {
    const row = await find(db, keysOf(`${PAGES}${handle}`, locale));
    return row === null ? undefined : readPage(row);
  },
  pages: (locale) => listPages(db, locale),
});

type StoreOptions = { readonly sanitise: (html: string) => string; readonly nowMs: () => number };

const WRONG_LANGUAGE: ContentRefusal = {
  code: "invalid_content",
  errors: [{ field: "locale", message: "Use a language, such as de, or with a region, such as de-CH." }],
};
const isWrong = ({ locale }: InLanguage): boolean => locale !== undefined && !isLocale(locale);

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
  const exact = (name: string, { locale }: InLanguage): Promise<Row | null> =>
    find(db, JSON.stringify([keyIn(name, locale)]));
  return {
    async home(at = {}) {
      const row = await exact(HOME, at);
      return row === null ? undefined : readHome(row);
    },
    async page(handle, at = {}) {
      const row = await exact(`${PAGES}${handle}`, at);
      return row === null ? undefined : readPage(row);
    },
    pages: () => listPages(db),
    async languages(handle) {
      const name = handle === undefined ? HOME : `${PAGES}${handle}`;
      const { results } = await db.prepare(CONTENT_SQL.languages).bind(name).all<{ locale: string }>();
      return results.map(({ locale }) => locale);
    },
    async saveHome(blocks, expectedVersion, at = {}) {
      if (isWrong(at)) return refuse(WRONG_LANGUAGE);
      const read = readHomeBlocks(blocks);
      return read.ok ? save(keyIn(HOME, at.locale), read.value, expectedVersion) : read;
    },
    async savePage(input, expectedVersion, at = {}) {
      if (isWrong(at)) return refuse(WRONG_LANGUAGE);
      const read = readTextPage(input);
      if (!read.ok) return read;
      const page = { ...read.value, ...nameSections(sanitise(read.value.bodyHtml)) };
      return save(keyIn(`${PAGES}${page.handle}`, at.locale), page, expectedVersion);
    },
  };
}
