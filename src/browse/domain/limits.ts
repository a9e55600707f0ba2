/** Every bound of filtered lists. */

/** Products of one index: about 200 bytes each in memory, so 60 MB at most of an object's 128. */
export const MAX_INDEXED_PRODUCTS = 300_000;
/** Terms (facet values and collections) that one product is filed under; what comes after is left out. */
export const MAX_TERMS_PER_PRODUCT = 400;
/** Different terms of one index: words of people, so a bound against a feed that writes a number into every tag. */
export const MAX_TERMS = 200_000;
/** Facets that staff can define. */
export const MAX_FACETS = 30;
/** Sources of one facet: spellings of an option's name. */
export const MAX_FACET_SOURCES = 8;
/** Facets of one answer: nobody reads more; the first by the merchant's order, else those that tell most products apart. */
export const MAX_SHOWN_FACETS = 12;
/**
 * Values of one facet in one answer, the most frequent ones. Twelve facets of so many are some 10 KB of a page, packed; a
 * hundred each would make the filters larger than the goods, and the page too large to be kept.
 */
export const MAX_SHOWN_VALUES = 30;
/** Facets that one request filters by, and values of each. */
export const MAX_FILTERS = 12;
export const MAX_VALUES_PER_FILTER = 20;
export const MAX_FACET_KEY_CHARACTERS = 40;
export const MAX_FACET_LABEL_CHARACTERS = 80;
/** A value's slug in an address. */
export const MAX_VALUE_SLUG_CHARACTERS = 80;
/** Numbers that a search hands over to be filtered: as many as it ranks. */
export const MAX_AMONG = 1_000;
/** Products on one page of a list. */
export const MAX_LISTED = 100;

/** Sets of products that are kept as bits, per index: 12.5 KB each at 100,000 products. */
export const MAX_KEPT_SETS = 256;
/** Collections whose unfiltered counts are kept up with each change. */
export const MAX_KEPT_COUNTS = 32;
/** Answers that are kept until something changes. */
export const MAX_KEPT_ANSWERS = 200;

/** Rows of one read while building: about 1 KB each, far below D1's 100 MB an answer. */
export const BUILD_PAGE_ROWS = 1_000;
/** Changed products of one read while following. */
export const CHANGE_PAGE_ROWS = 500;
/** Reads of changes that one request waits for; more are caught up behind it. */
export const MAX_CHANGE_PAGES = 8;
/** An answer is never older than this plus one read: the page cache adds at most five seconds less than its own promise. */
export const REFRESH_AFTER_MS = 1_000;
/** A request waits for a first build this long; a small shop is there by then. */
export const BUILD_PATIENCE_MS = 2_000;
/** What a client is told while an index is being built. */
export const RETRY_AFTER_SECONDS = 5;
/** Bytes of one row of a kept copy: below the 2 MB that a row may have. */
export const SNAPSHOT_CHUNK_BYTES = 1_000_000;
/** A copy is written anew when so many products changed since the last one, or after the time below. */
export const SNAPSHOT_AFTER_CHANGES = 5_000;
export const SNAPSHOT_AFTER_MS = 10 * 60_000;
/** Products that one comparison with the database reads. */
export const AUDIT_PAGE_ROWS = 1_000;
/** One page is compared with the database at most this often while the index is asked: 100,000 products in under an hour. */
export const AUDIT_AFTER_MS = 30_000;
/** Rounds of following after which an index that was told to reach a change gives up; each takes many pages of changes. */
export const MAX_REACH_ROUNDS = 5;
