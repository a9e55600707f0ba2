import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/**
 * Tables of search. The migration adds by hand: STRICT, the full-text tables (`product_names`, `popular_names`,
 * `search_word_parts`; `translated_names`, `translated_search`, `translated_word_parts`) and the triggers that keep the parts of words.
 */

/** Words of titles, types, vendors, tags, options and descriptions, folded: what beginnings are completed and typing mistakes mended with. */
export const searchWords = sqliteTable(
  "search_words",
  {
    id: integer("id").primaryKey(),
    word: text("word").notNull(),
    /** Products that have it, counted anew now and then; 1 until then. */
    products: integer("products").notNull().default(1),
  },
  (table) => [
    uniqueIndex("search_words_word").on(table.word),
    check("search_words_count", sql`products >= 0`),
  ],
);

/** Locales whose translations are searched; the number is part of a row's id in the translated index. */
export const searchLocales = sqliteTable(
  "search_locales",
  { id: integer("id").primaryKey(), locale: text("locale").notNull() },
  (table) => [
    uniqueIndex("search_locales_locale").on(table.locale),
    check("search_locales_number", sql`id BETWEEN 1 AND 127`),
  ],
);

/** Folded titles of products by the id of the translated index: the product's number times 128 plus the locale's. */
export const translatedTitles = sqliteTable("translated_titles", {
  id: integer("id").primaryKey(),
  titleKey: text("title_key").notNull(),
});

/** Words of translations by language, folded, as `search_words` has the shop's own; never forgotten. */
export const translatedWords = sqliteTable(
  "translated_words",
  {
    id: integer("id").primaryKey(),
    language: text("language").notNull(),
    word: text("word").notNull(),
  },
  (table) => [uniqueIndex("translated_words_word").on(table.language, table.word)],
);

/** What staff wrote. */
export const synonymGroups = sqliteTable(
  "synonym_groups",
  {
    id: text("id").primaryKey(),
    /** `same` or `one_way`. */
    kind: text("kind").notNull(),
    terms: text("terms").notNull(),
    firstTerm: text("first_term").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("synonym_groups_first").on(table.firstTerm, table.id),
    check("synonym_groups_kind", sql`kind IN ('same', 'one_way')`),
    check("synonym_groups_terms", sql`json_valid(terms)`),
  ],
);

/** The same, worked out: for each term the full-text expression of its alternatives. Written anew with every save. */
export const searchSynonyms = sqliteTable("search_synonyms", {
  term: text("term").primaryKey(),
  alternatives: text("alternatives").notNull(),
});

/** How much a product is looked at, put into carts and bought; see `domain/popularity.ts` for the unit. */
export const productPopularity = sqliteTable(
  "product_popularity",
  {
    productNumber: integer("product_number").primaryKey(),
    score: real("score").notNull(),
    /** 1 when its words are in `popular_names`. */
    isPopular: integer("is_popular").notNull().default(0),
    /** 1 until lists have been told of the score. */
    isDue: integer("is_due").notNull().default(1),
  },
  (table) => [
    index("product_popularity_score").on(table.score, table.productNumber),
    index("product_popularity_popular")
      .on(table.productNumber)
      .where(sql`is_popular = 1`),
    index("product_popularity_due")
      .on(table.productNumber)
      .where(sql`is_due = 1`),
    check("product_popularity_values", sql`score >= 0 AND is_popular IN (0, 1)`),
  ],
);

/** What has been counted: an event that comes twice is counted once. Forgotten when its queue has long forgotten it, too. */
export const shopperEventsSeen = sqliteTable(
  "shopper_events_seen",
  {
    eventId: text("event_id").primaryKey(),
    /** The one transaction that may count it. */
    run: text("run").notNull(),
    seenAtMs: integer("seen_at_ms").notNull(),
  },
  (table) => [index("shopper_events_seen_at").on(table.seenAtMs)],
);

/** Searches per day, for the staff's report. Nothing in it says who searched. */
export const searchQueries = sqliteTable(
  "search_queries",
  {
    /** Whole days since 1970, UTC. */
    day: integer("day").notNull(),
    /** Folded words. */
    query: text("query").notNull(),
    searches: integer("searches").notNull().default(0),
    /** Searches that found nothing, or only something else. */
    misses: integer("misses").notNull().default(0),
    clicks: integer("clicks").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.day, table.query] }),
    check("search_queries_counts", sql`searches >= 0 AND misses >= 0 AND clicks >= 0 AND day > 0`),
  ],
);

/** Queries that find something, by how much they are asked lately: what the search field suggests. */
export const searchPhrases = sqliteTable(
  "search_phrases",
  {
    phrase: text("phrase").primaryKey(),
    /** Unit of `domain/popularity.ts`. */
    score: real("score").notNull(),
    searches: integer("searches").notNull(),
  },
  (table) => [
    index("search_phrases_score").on(table.score),
    check("search_phrases_values", sql`score >= 0 AND searches >= 0`),
  ],
);

/** Products that go together, as seen from one of them: at most some dozens each. */
export const productPairs = sqliteTable(
  "product_pairs",
  {
    productNumber: integer("product_number").notNull(),
    /** `bought` in one order, `viewed` in one visit, `alike` in words. */
    kind: text("kind").notNull(),
    otherNumber: integer("other_number").notNull(),
    score: real("score").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.productNumber, table.kind, table.otherNumber] }),
    index("product_pairs_best").on(table.productNumber, table.kind, table.score, table.otherNumber),
    check("product_pairs_kind", sql`kind IN ('bought', 'viewed', 'alike')`),
    check("product_pairs_values", sql`score >= 0 AND product_number <> other_number`),
  ],
);
