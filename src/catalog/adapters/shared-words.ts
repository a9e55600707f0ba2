import { ok, refuse, type Result } from "#kernel";
import { DOCUMENT_VERSION_SQL, saveVersioned } from "#platform";
import type { SharedWords } from "../app/model-ports.ts";
import type { SaveOptions } from "../app/ports.ts";
import type { CatalogRefusal } from "../contract.ts";
import {
  MAX_LOCALES,
  MAX_SHARED_WORDS,
  MAX_SUGGESTED_WORDS,
  SUGGESTED_FROM_PRODUCTS,
} from "../domain/limits.ts";
import { validateWords } from "../domain/validate-words.ts";
import { localesParameter } from "./translation-query.ts";
import type { CatalogDb } from "./rows.ts";
import { variantTitlesSql } from "./variant-titles.ts";

// What options, values, kinds and filters are called in another language, once for the whole shop. A product's own
// translation goes before it.

const documentOf = (locale: string): string => `words:${locale}`;

type WordRow = { readonly own: string; readonly text: string };

/** The words of one language, by what they are in the shop's own, and those that the latest products have without one. */
export async function querySharedWords(db: D1Database, locale: string): Promise<SharedWords> {
  const [words, versions, locales, suggestions] = await db.batch([
    db
      .prepare(`SELECT own, text FROM shared_words WHERE locale = ?1 ORDER BY own LIMIT ${MAX_SHARED_WORDS}`)
      .bind(locale),
    db.prepare(DOCUMENT_VERSION_SQL).bind(documentOf(locale)),
    db.prepare(`SELECT DISTINCT locale FROM shared_words ORDER BY locale LIMIT ${MAX_LOCALES}`),
    db.prepare(SUGGESTIONS_SQL).bind(locale),
  ]);
  // Rows of the statements above.
  const rows = (words?.results ?? []) as WordRow[];
  return {
    locale,
    words: Object.fromEntries(rows.map(({ own, text }) => [own, text])),
    version: (versions?.results[0] as { version: number } | undefined)?.version ?? 0,
    locales: ((locales?.results ?? []) as { locale: string }[]).map((row) => row.locale),
    suggestions: ((suggestions?.results ?? []) as { word: string }[]).map(({ word }) => word),
  };
}

/** Names and values of options, and kinds, of the products that were changed last. */
export const SUGGESTIONS_SQL = `WITH latest AS MATERIALIZED (
    SELECT options, product_type FROM products INDEXED BY products_updated
    ORDER BY updated_at_ms DESC, number DESC LIMIT ${SUGGESTED_FROM_PRODUCTS})
  SELECT word, count(*) AS uses FROM (
    SELECT text.value AS word FROM latest, json_tree(latest.options) text WHERE text.type = 'text'
    UNION ALL SELECT product_type FROM latest)
  WHERE word <> '' AND word GLOB '*[A-Za-z]*'
    AND NOT EXISTS (SELECT 1 FROM shared_words w WHERE w.locale = ?1 AND w.own = word)
  GROUP BY word ORDER BY uses DESC, word LIMIT ${MAX_SUGGESTED_WORDS}`;

/**
 * Replaces the words of one language. What variants are called is worked out again behind it, see
 * {@link continueWordWork}. Refuses `invalid_product` and `version_conflict`; the same words again change nothing.
 */
export async function saveSharedWords(
  db: D1Database,
  { locale, words, expectedVersion }: Pick<SharedWords, "locale" | "words"> & SaveOptions,
): Promise<Result<{ readonly version: number }, CatalogRefusal>> {
  const valid = validateWords(locale, words);
  if (!valid.ok) return valid;
  const saved = await saveVersioned(db, { name: documentOf(locale), expectedVersion }, [
    db.prepare("DELETE FROM shared_words WHERE locale = ?1").bind(locale),
    db
      .prepare(
        `INSERT INTO shared_words (locale, own, text) SELECT ?1, key, value FROM json_each(?2) WHERE true
         ON CONFLICT (locale, own) DO NOTHING`,
      )
      .bind(locale, JSON.stringify(valid.value)),
    db
      .prepare(
        "INSERT INTO word_work (locale, done_locale, done_key) VALUES (?1, '', '') ON CONFLICT (locale) DO UPDATE SET done_locale = '', done_key = ''",
      )
      .bind(locale),
  ]);
  if (!saved.ok) return refuse({ code: "version_conflict", version: saved.refusal.version });
  // A small shop is done when the save is answered.
  await continueWordWork(db);
  return ok({ version: saved.value });
}

/** Products whose variants are named anew in one step. */
export const WORD_STEP_PRODUCTS = 250;

/** The next products with texts in a language or a region of it, after a place. */
export const WORD_STEP_SQL = `SELECT locale, entity_key FROM translations INDEXED BY translations_locale
  WHERE locale >= ?1 AND locale < ?1 || '.' AND (locale, entity, entity_key) > (?2, 'product', ?3) AND entity = 'product'
  ORDER BY locale, entity, entity_key LIMIT ${WORD_STEP_PRODUCTS}`;

type Work = { readonly locale: string; readonly done_locale: string; readonly done_key: string };

/**
 * Names the variants of the next products anew after the shared words of a language changed; `false` when there is nothing
 * to do. For the save and for a cron; where it is stands in the same transaction, so a run that is cut off goes on.
 */
export async function continueWordWork(db: D1Database): Promise<boolean> {
  const work = await db
    .prepare("SELECT locale, done_locale, done_key FROM word_work ORDER BY locale LIMIT 1")
    .first<Work>();
  if (!work) return false;
  const { locale, done_locale: doneLocale, done_key: doneKey } = work;
  const { results } = await db
    .prepare(WORD_STEP_SQL)
    .bind(locale, doneLocale, doneKey)
    .all<{ locale: string; entity_key: string }>();
  const last = results.at(-1);
  const isDone = last === undefined || results.length < WORD_STEP_PRODUCTS;
  const here = "locale = ?1 AND done_locale = ?2 AND done_key = ?3";
  await db.batch([
    db
      .prepare(variantTitlesSql("SELECT value FROM json_each(?1)"))
      .bind(JSON.stringify(results.map(({ entity_key }) => entity_key))),
    isDone
      ? db.prepare(`DELETE FROM word_work WHERE ${here}`).bind(locale, doneLocale, doneKey)
      : db
          .prepare(`UPDATE word_work SET done_locale = ?4, done_key = ?5 WHERE ${here}`)
          .bind(locale, doneLocale, doneKey, last.locale, last.entity_key),
  ]);
  return !isDone;
}

/** The closest word of a language for each of some of the shop's own, by primary key. */
export const LABELS_SQL = `SELECT w.own, w.text FROM json_each(?1) wanted
  CROSS JOIN json_each(?2) wanted_locale
  CROSS JOIN shared_words w ON w.locale = wanted_locale.value AND w.own = wanted.value
  ORDER BY wanted.key, wanted_locale.key LIMIT 2000`;

/** What words of lists are called in a language; a word without a translation stays. */
export async function labelsIn(
  db: CatalogDb,
  locale: string,
  words: readonly string[],
): Promise<(own: string) => string> {
  const locales = localesParameter(locale);
  if (locales === undefined || words.length === 0) return (own) => own;
  const { results } = await db
    .prepare(LABELS_SQL)
    .bind(JSON.stringify([...new Set(words)]), locales)
    .all<WordRow>();
  // The closest comes first: it is set last.
  const texts = new Map(results.toReversed().map(({ own, text }) => [own.toLowerCase(), text]));
  return (own) => texts.get(own.toLowerCase()) ?? own;
}

/** The shared words of a product's options, as the texts of {@link TEXTS_SQL} are asked for. */
export const OPTION_WORDS_SQL = `SELECT w.own, w.text FROM json_each(?2) wanted_locale
  CROSS JOIN products p ON p.handle = ?1
  CROSS JOIN json_tree(p.options) word
  CROSS JOIN shared_words w ON w.locale = wanted_locale.value AND w.own = word.value
  WHERE word.type = 'text' ORDER BY wanted_locale.key LIMIT 1000`;

/** Words by closeness of their language, as a function; a word without one stays. */
export const wordsOf = (rows: readonly unknown[]): ((own: string) => string) => {
  // Rows of the statement above, the closest language first.
  const texts = new Map(
    (rows as readonly WordRow[]).toReversed().map(({ own, text }) => [own.toLowerCase(), text]),
  );
  return (own) => texts.get(own.toLowerCase()) ?? own;
};
