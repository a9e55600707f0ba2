import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One row per export: a copy of its object's word, for the list. */
export const catalogExports = sqliteTable(
  "catalog_exports",
  {
    id: text("id").primaryKey(),
    format: text("format").notNull(),
    prefix: text("prefix").notNull(),
    status: text("status").notNull(),
    productCount: integer("product_count").notNull(),
    bytes: integer("bytes").notNull(),
    isExpired: integer("is_expired").notNull(),
    version: integer("version").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    finishedAtMs: integer("finished_at_ms"),
  },
  (table) => [
    index("catalog_exports_created").on(table.createdAtMs, table.id),
    check("catalog_exports_format", sql`format IN ('jsonl', 'shopify-csv', 'google')`),
    check(
      "catalog_exports_numbers",
      sql`product_count >= 0 AND bytes >= 0 AND is_expired IN (0, 1) AND version >= 1 AND created_at_ms >= 0`,
    ),
  ],
);

/** What stands at the public address of each feed. One statement puts a new build there, so nobody reads half of two. */
export const merchantFeeds = sqliteTable(
  "merchant_feeds",
  {
    /** First part of the market's and language's paths; empty for the default one. */
    prefix: text("prefix").primaryKey(),
    generation: integer("generation").notNull(),
    /** The build before: whoever began to read it may end. */
    previousGeneration: integer("previous_generation").notNull(),
    digest: text("digest").notNull(),
    productCount: integer("product_count").notNull(),
    chunkCount: integer("chunk_count").notNull(),
    bytes: integer("bytes").notNull(),
    /** What it was made from. */
    sequence: integer("sequence").notNull(),
    priceVersion: integer("price_version").notNull(),
    builtAtMs: integer("built_at_ms").notNull(),
    checkedAtMs: integer("checked_at_ms").notNull(),
  },
  () => [
    check(
      "merchant_feeds_numbers",
      sql`generation >= 1 AND previous_generation >= 0 AND product_count >= 0 AND chunk_count >= 0 AND bytes >= 0`,
    ),
    check("merchant_feeds_times", sql`built_at_ms >= 0 AND checked_at_ms >= built_at_ms`),
  ],
);
