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
  MAX_POPULAR_CANDIDATES +
  // Once in the shop's own words and once in the reader's.
  2 * (MAX_NAMED_CANDIDATES + MAX_OTHER_CANDIDATES) +
  MAX_EXACT_CANDIDATES;
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

/**
 * Best hits that are put in order of meaning; the others stay as the words rank them. A page and a third of it: each is a whole
 * card that is read, and what stands further down is rarely what was meant.
 */
export const ORDERED_BY_MEANING = 32;
/** How much more a hit counts that means just what the query means. */
export const MEANING_WEIGHT = 0.5;
/** Milliseconds that a search waits for what its hits mean; after them it answers without. */
export const MEANING_LIMIT_MS = 100;
/** Letters that a spelling may lie further away when it fits the other words of the query wholly, and another not at all. */
export const MEANING_IN_LETTERS = 1.5;
/** Spellings of one word that are compared with the rest of the query. */
export const MAX_JUDGED_SPELLINGS = 12;
/** Fewer hits than that, and the search asks whether something else was meant. */
export const FEW_HITS = 3;

/** Items of one page of results. */
export const MAX_PAGE_SIZE = 100;
export const DEFAULT_PAGE_SIZE = 24;

/** Groups of words with one meaning. All of them are read at once on the staff's page. */
export const MAX_SYNONYM_GROUPS = 500;
/** Terms of one group; a term is one word or a phrase of a few. */
export const MAX_SYNONYM_TERMS = 20;
export const MAX_SYNONYM_CHARACTERS = 60;
export const MAX_SYNONYM_WORDS = 3;

/** Events of one beacon: a page sends what happened on it. */
export const MAX_EVENTS_PER_MESSAGE = 10;
/** Bytes of a beacon. */
export const MAX_EVENTS_BYTES = 4 * 1024;
/** Products seen before in the same visit that a view names: each makes a pair. */
export const MAX_VIEWED_BEFORE = 4;
/** Different products of one order that are paired with each other; a larger order says little about any two. */
export const MAX_BOUGHT_TOGETHER = 12;
/** Best pairs of one kind that a product keeps. */
export const MAX_PAIRS_PER_PRODUCT = 40;
/** Products alike that a product keeps; pages show some of them. */
export const MAX_ALIKE_PER_PRODUCT = 8;
/** Characters of a query that is counted; nobody asks for longer ones twice. */
export const MAX_COUNTED_QUERY_CHARACTERS = 60;
/** Different queries that are counted in one day. */
export const MAX_QUERIES_PER_DAY = 5_000;
/** Queries that the search field can suggest. */
export const MAX_PHRASES = 20_000;
/** Searches after which a query is suggested to others: one person's words stay with that person. */
export const MIN_SUGGESTED_SEARCHES = 3;
/** Days that counts of queries are kept. */
export const QUERY_DAYS_KEPT = 180;
/** Days that a counted event is remembered: its queue forgets it after four, an order's object repeats it until it is heard. */
export const SEEN_DAYS_KEPT = 60;
/** Rows that one run of the cron takes out of one table, and words that it counts anew. */
export const MAX_FORGOTTEN_PER_RUN = 5_000;
export const WORDS_COUNTED_PER_RUN = 2_000;
/** Products whose popularity one run tells the lists of. */
export const MAX_POPULARITY_PER_RUN = 500;
/** Products that join or leave the popular list in one run: each is seven statements of the thousand that D1 gives a run. */
export const MAX_POPULAR_CHANGES_PER_RUN = 40;

/** Suggestions below the search field. */
export const MAX_SUGGESTED_PHRASES = 5;
export const MAX_SUGGESTED_PRODUCTS = 3;
/** Queries with the same beginning that are looked at for them. */
export const MAX_PHRASES_LOOKED_AT = 200;

/** What others look for and at, shown to whoever has found nothing; and popular products that are looked at for it. */
export const MAX_HELP_PHRASES = 8;
export const MAX_HELP_PRODUCTS = 4;
export const MAX_POPULAR_LOOKED_AT = 50;

/** Products that are recommended at once. */
export const MAX_RECOMMENDED = 12;
/** Products of a cart that recommendations are made for. */
export const MAX_RECOMMENDED_FOR = 20;
/** Members of a collection that are looked at for what is popular in it. */
export const MAX_SAME_COLLECTION = 24;

/** Queries of each list of the staff's report, and the days that it looks back. */
export const MAX_REPORT_ROWS = 30;
export const REPORT_DAYS = 30;
