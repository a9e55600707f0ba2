import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { collections, products } from "./tables.ts";

/** Tables around products and collections: where they are sold, what goes with them, what they are called elsewhere, where they were, and what changed. */

/** Channels that a product is sold on. The shop itself is `web`. */
export const productChannels = sqliteTable(
  "product_channels",
  {
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    channel: text("channel").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.productNumber, table.channel] }),
    index("product_channels_channel").on(table.channel, table.productNumber),
  ],
);

/** Relations from one product to another, in the merchant's order. */
export const productRelations = sqliteTable(
  "product_relations",
  {
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    kind: text("kind").notNull(),
    position: integer("position").notNull(),
    relatedNumber: integer("related_number")
      .notNull()
      .references(() => products.number),
  },
  (table) => [
    primaryKey({ columns: [table.productNumber, table.kind, table.position] }),
    index("product_relations_related").on(table.relatedNumber),
    check(
      "product_relations_kind",
      sql`kind IN ('accessory', 'part_of_set', 'replacement', 'goes_with') AND position >= 0`,
    ),
    check("product_relations_others", sql`product_number <> related_number`),
  ],
);

/** Products that a rule would take and that somebody left out. */
export const collectionExclusions = sqliteTable(
  "collection_exclusions",
  {
    collectionId: text("collection_id")
      .notNull()
      .references(() => collections.id),
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.productNumber] }),
    index("collection_exclusions_product").on(table.productNumber),
  ],
);

/** Products whose collections by rule must be worked out again; triggers write it, saving and a cron empty it. */
export const placementDue = sqliteTable("placement_due", {
  productNumber: integer("product_number").primaryKey(),
});

/** Handles that collections had before: they redirect for ever. */
export const collectionSlugHistory = sqliteTable(
  "collection_slug_history",
  {
    handle: text("handle").primaryKey(),
    collectionId: text("collection_id")
      .notNull()
      .references(() => collections.id),
    movedAtMs: integer("moved_at_ms").notNull(),
  },
  (table) => [
    index("collection_slug_history_collection").on(table.collectionId),
    check("collection_slug_history_time", sql`moved_at_ms >= 0`),
  ],
);

/**
 * Texts of one thing in one language. `entity_key` is the product's number, the collection's id or the type's key, as
 * text; `fields` is a JSON object from field to text, with only the fields that are translated; `variant_titles` what a
 * product's variants are called then, a JSON object by their ids, kept by saving.
 */
export const translations = sqliteTable(
  "translations",
  {
    entity: text("entity").notNull(),
    entityKey: text("entity_key").notNull(),
    locale: text("locale").notNull(),
    fields: text("fields").notNull(),
    variantTitles: text("variant_titles"),
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.entity, table.entityKey, table.locale] }),
    index("translations_locale").on(table.locale, table.entity, table.entityKey),
    check("translations_entity", sql`entity IN ('product', 'collection', 'product_type')`),
    check("translations_fields", sql`json_valid(fields) AND version >= 1 AND updated_at_ms >= 0`),
  ],
);

/** What a word of options, kinds and filters is called in a language, once for the whole shop. */
export const sharedWords = sqliteTable(
  "shared_words",
  {
    locale: text("locale").notNull(),
    /** In the shop's own language; capitals do not matter. */
    own: text("own").notNull(),
    text: text("text").notNull(),
  },
  (table) => [primaryKey({ columns: [table.locale, table.own] })],
);

/** Languages whose shared words changed, and how far the names of variants have followed; emptied by saving and a cron. */
export const wordWork = sqliteTable("word_work", {
  locale: text("locale").primaryKey(),
  doneLocale: text("done_locale").notNull(),
  doneKey: text("done_key").notNull(),
});

/** Handles that products had before: they redirect for ever. */
export const slugHistory = sqliteTable(
  "slug_history",
  {
    handle: text("handle").primaryKey(),
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    movedAtMs: integer("moved_at_ms").notNull(),
  },
  (table) => [
    index("slug_history_product").on(table.productNumber),
    check("slug_history_time", sql`moved_at_ms >= 0`),
  ],
);

/**
 * The change feed: one row per product with the number of its latest change. Triggers keep it on every write of a
 * product and on joining and leaving a collection, so no code path can forget it. A deleted product stays in it.
 */
export const catalogChanges = sqliteTable(
  "catalog_changes",
  {
    productNumber: integer("product_number").primaryKey(),
    /** Grows with every change of any product; two changes never share one. */
    sequence: integer("sequence").notNull(),
  },
  (table) => [
    uniqueIndex("catalog_changes_sequence").on(table.sequence),
    check("catalog_changes_positive", sql`sequence > 0`),
  ],
);

/** Pictures that staff have uploaded; the files lie in R2 under the same names. */
export const mediaFiles = sqliteTable(
  "media_files",
  {
    /** Digest of the bytes and an ending: a name never gets other bytes. */
    name: text("name").primaryKey(),
    contentType: text("content_type").notNull(),
    bytes: integer("bytes").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    alt: text("alt").notNull(),
    focalX: integer("focal_x").notNull(),
    focalY: integer("focal_y").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [
    index("media_files_newest").on(table.createdAtMs, table.name),
    check("media_files_sizes", sql`width > 0 AND height > 0 AND bytes > 0`),
    check("media_files_focal", sql`focal_x BETWEEN 0 AND 100 AND focal_y BETWEEN 0 AND 100`),
    check("media_files_time", sql`created_at_ms >= 0`),
  ],
);
