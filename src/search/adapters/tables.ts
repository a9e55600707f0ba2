import { sql } from "drizzle-orm";
import { check, index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Tables of search. The migration adds by hand: STRICT, the full-text tables (`product_names`, `popular_names`,
 * `search_word_parts`) and the triggers that keep the parts of words.
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
  },
  (table) => [
    index("product_popularity_score").on(table.score, table.productNumber),
    index("product_popularity_popular")
      .on(table.productNumber)
      .where(sql`is_popular = 1`),
    check("product_popularity_values", sql`score >= 0 AND is_popular IN (0, 1)`),
  ],
);
