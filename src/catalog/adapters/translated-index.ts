import { truncate } from "#kernel";
import type { TranslatedFields } from "../contract-model.ts";
import { MAX_SEARCHED_DESCRIPTION_CHARACTERS } from "../domain/limits.ts";
import { foldText } from "../domain/listing.ts";
import { plainText } from "../domain/plain-text.ts";
import { knownWords, otherSpellings } from "../domain/searched-words.ts";

// What saving a translation projects for `#search`: the product's words in that locale, in the same transaction. A product
// that is not listed has them too; a search looks at the listed ones of its hits only.

/** Row id in the translated index, of the number ?1 and the locale ?2. */
const ROW = "SELECT CAST(?1 AS INTEGER) * 128 + l.id AS id FROM search_locales l WHERE l.locale = ?2";
const TABLES = [
  ["translated_names", "rowid"],
  ["translated_search", "rowid"],
  ["translated_titles", "id"],
] as const;

type TranslatedProduct = {
  /** The product's, as text. */
  readonly number: string;
  readonly locale: string;
  readonly fields: TranslatedFields;
};

/** Puts a product's words of one locale into the index in place of the former ones; without texts it only takes those out. */
export function indexTranslation(
  db: D1Database,
  { number, locale, fields }: TranslatedProduct,
): D1PreparedStatement[] {
  const ofRow = (sql: string, values: readonly string[] = []) =>
    db.prepare(sql).bind(number, locale, ...values);
  const { title, options, named, description, everything } = searchedTexts(fields);
  const columns = [title, options];
  return [
    db.prepare(NEW_LOCALE).bind(locale),
    ...TABLES.map(([table, id]) => ofRow(`DELETE FROM ${table} WHERE ${id} IN (${ROW})`)),
    ...(everything === ""
      ? []
      : [
          ofRow(INSERT.search, [...columns, otherSpellings(everything), description]),
          db.prepare(NEW_WORDS).bind(locale.split("-", 1)[0], JSON.stringify(knownWords(everything))),
        ]),
    ...(named === "" ? [] : [ofRow(INSERT.names, [...columns, otherSpellings(named)])]),
    ...(title === "" ? [] : [ofRow(INSERT.title, [title])]),
  ];
}

/** At most 127: the number shares a row's id with the product's. */
const NEW_LOCALE =
  "INSERT OR IGNORE INTO search_locales (locale) SELECT ?1 WHERE (SELECT count(*) FROM search_locales) < 127";
const NEW_WORDS =
  "INSERT OR IGNORE INTO translated_words (language, word) SELECT ?1, value FROM json_each(?2)";
const INSERT = {
  search: `INSERT INTO translated_search (rowid, title, options, spellings, description)
    SELECT id, ?3, ?4, ?5, ?6 FROM (${ROW})`,
  names: `INSERT INTO translated_names (rowid, title, options, spellings)
    SELECT id, ?3, ?4, ?5 FROM (${ROW})`,
  title: `INSERT INTO translated_titles (id, title_key) SELECT id, ?3 FROM (${ROW})`,
} as const;

/** What of a translation is searched, folded, because the index folds Latin letters only. */
function searchedTexts(fields: TranslatedFields) {
  const choices = Object.entries(fields).flatMap(([field, text]) =>
    /^(?:option|attribute)\//.test(field) ? [text] : [],
  );
  const title = foldText(fields["title"] ?? "");
  const options = foldText([...new Set(choices)].join(" "));
  const named = `${title} ${options}`.trim();
  const text = foldText(plainText(fields["descriptionHtml"] ?? ""));
  const description = truncate(text, MAX_SEARCHED_DESCRIPTION_CHARACTERS);
  return { title, options, named, description, everything: `${named} ${description}`.trim() };
}
