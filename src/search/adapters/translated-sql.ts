import {
  MAX_COMPLETIONS,
  MAX_COMPLETIONS_LOOKED_AT,
  MAX_NEAR_WORDS,
  MAX_SAME_BEGINNING,
} from "../domain/limits.ts";

// The parts of a search that look into translations as well. A row of the translated index belongs to one product and one
// locale; its id is the product's number times 128 plus the locale's, so that it is found by number and walked newest first.

/** Parameters after those of every search: the locales (closest first, JSON), their language. */
export const TRANSLATED_PARAMETERS = { locales: "?13", language: "?14" } as const;
/** Rows that a walk looks at for each that it may find: the same words in other locales of the product. */
const ROWS_PER_HIT = 10;
/** Locales of the index; see the migration's check. */
export const LOCALES_PER_PRODUCT = 128;

/** Completions of an unfinished word from the translations. */
export const TRANSLATED_COMPLETIONS = `
  || coalesce((SELECT group_concat(' OR "' || word || '"', '') FROM (
       SELECT word FROM (
         SELECT word FROM translated_words WHERE language = ${TRANSLATED_PARAMETERS.language}
           AND word > value ->> 'word' AND word < value ->> 'completeTo'
         LIMIT ${MAX_COMPLETIONS_LOOKED_AT})
       ORDER BY length(word) LIMIT ${MAX_COMPLETIONS})), '')`;

/**
 * A walk of a translated table, cut like every other one. Most words belong to one language, so rows of other locales are few
 * and left out behind the walk; a word that is everywhere in another language ends it early.
 */
export const translatedWalk = (table: "translated_search" | "translated_names", limit: number): string =>
  `SELECT id / ${LOCALES_PER_PRODUCT} AS number FROM (
      SELECT rowid AS id FROM ${table} WHERE ${table} MATCH (SELECT text FROM expression)
      ORDER BY rowid DESC LIMIT ${limit * ROWS_PER_HIT})
    WHERE id % ${LOCALES_PER_PRODUCT} IN (SELECT id FROM wanted_locales) LIMIT ${limit}`;

/** The locales that there are, closest first, with their numbers. */
export const LOCALES_CTE = `wanted_locales(id) AS MATERIALIZED (
    SELECT l.id FROM json_each(${TRANSLATED_PARAMETERS.locales}) wanted CROSS JOIN search_locales l ON l.locale = wanted.value)`;

/** The folded title of a hit in the closest locale that has one; empty for none. */
export const CLOSEST_TITLE_KEY = `coalesce((SELECT n.title_key FROM wanted_locales CROSS JOIN translated_titles n
    ON n.id = number * ${LOCALES_PER_PRODUCT} + wanted_locales.id LIMIT 1), '')`;

/** As the three statements on the shop's own words, in the words of one language: {@link NEAR_WORDS_SQL} and so on. */
export const TRANSLATED_NEAR_WORDS_SQL = `SELECT w.word AS term, 1 AS products FROM (
    SELECT rowid AS id FROM translated_word_parts WHERE translated_word_parts MATCH ?1
    ORDER BY rank LIMIT ${MAX_NEAR_WORDS * 4})
  c CROSS JOIN translated_words w ON w.id = c.id WHERE w.language = ?2`;
export const TRANSLATED_SAME_BEGINNING_SQL = `SELECT word AS term, 1 AS products FROM translated_words
  WHERE language = ?3 AND word >= ?1 AND word < ?2 LIMIT ${MAX_SAME_BEGINNING}`;
export const TRANSLATED_KNOWN_WORDS_SQL = `SELECT w.word AS term, 1 AS products FROM json_each(?1) j
  CROSS JOIN translated_words w ON w.language = ?2 AND w.word = j.value`;
