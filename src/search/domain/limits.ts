/** Every bound of search. Lengths are in UTF-16 units unless the name says otherwise. */

/** A query is cut here; nobody types more, and each further word costs an index walk. */
export const MAX_QUERY_CHARACTERS = 200;
export const MAX_QUERY_WORDS = 8;

/**
 * Candidates of one search, per list: products that many people look at, products named by the words, and products
 * that have the words anywhere. Each list is the beginning of an index walk, so a word that every product has costs as
 * much as a rare one; together they bound what is ranked.
 */
export const MAX_POPULAR_CANDIDATES = 100;
export const MAX_NAMED_CANDIDATES = 200;
export const MAX_OTHER_CANDIDATES = 150;
/** Products with one SKU or barcode that are put first. */
export const MAX_EXACT_CANDIDATES = 50;
export const MAX_CANDIDATES =
  MAX_POPULAR_CANDIDATES + MAX_NAMED_CANDIDATES + MAX_OTHER_CANDIDATES + MAX_EXACT_CANDIDATES;
/** Words of the title that the ranking compares one by one. */
export const RANKED_WORDS = 4;

/** Products on the popular list: a search of it stays cheap, and a shop has few bestsellers. */
export const MAX_POPULAR_PRODUCTS = 1_000;

/** Known words that the last, unfinished word is completed to; the most frequent ones of those looked at. */
export const MAX_COMPLETIONS = 24;
export const MAX_COMPLETIONS_LOOKED_AT = 100;
/** Shorter beginnings are looked up as they are in the index of beginnings, longer ones are completed. */
export const MIN_COMPLETED_LETTERS = 4;

/** Known words that share the most groups of three letters with a mistyped one, and are compared with it. */
export const MAX_NEAR_WORDS = 40;
/** Known words with the same beginning: for short words, where one mistake leaves no group of three letters. */
export const MAX_SAME_BEGINNING = 100;
/** A longer word is not corrected. */
export const MAX_CORRECTED_LETTERS = 40;

/** Items of one page of results. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 24;

/** Groups of words with one meaning. All of them are read at once on the staff's page. */
export const MAX_SYNONYM_GROUPS = 500;
/** Terms of one group; a term is one word or a phrase of a few. */
export const MAX_SYNONYM_TERMS = 20;
export const MAX_SYNONYM_CHARACTERS = 60;
export const MAX_SYNONYM_WORDS = 3;
