import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Tables of the catalogue's products and collections. Everything that a listing sorts by or shows is projected into
 * `products` when something changes, and the sort keys once more into `collection_products`, so that each listing is one
 * indexed scan.
 * The migration adds by hand: STRICT, the triggers that keep the copies, and the full-text index.
 */
export const productTypes = sqliteTable(
  "product_types",
  {
    key: text("key").primaryKey(),
    name: text("name").notNull(),
    /** A JSON list of attribute definitions, in the order they are shown. */
    attributes: text("attributes").notNull(),
    contentHash: text("content_hash").notNull(),
    version: integer("version").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  () => [
    check("product_types_json", sql`json_valid(attributes)`),
    check("product_types_times", sql`created_at_ms >= 0 AND updated_at_ms >= created_at_ms AND version >= 1`),
  ],
);

export const products = sqliteTable(
  "products",
  {
    /** Row id, in order of creation: the last part of every sort key, and the row id in the full-text index. */
    number: integer("number").primaryKey(),
    id: text("id").notNull(),
    handle: text("handle").notNull(),
    title: text("title").notNull(),
    /** Folded for sorting. */
    titleKey: text("title_key").notNull(),
    status: text("status").notNull(),
    vendor: text("vendor").notNull(),
    productType: text("product_type").notNull(),
    descriptionHtml: text("description_html").notNull(),
    tags: text("tags").notNull(),
    options: text("options").notNull(),
    attributes: text("attributes").notNull(),
    /** Key of its product type; without one it has free facts only. */
    typeKey: text("type_key").references(() => productTypes.key),
    /** A JSON object: values by the attribute keys of its type, checked on saving. */
    typedValues: text("typed_values").notNull().default("{}"),
    seoTitle: text("seo_title"),
    seoDescription: text("seo_description"),
    currency: text("currency").notNull(),
    publishedAtMs: integer("published_at_ms").notNull(),
    /** From when, and until when, the shop shows it; nothing is no bound. */
    publishAtMs: integer("publish_at_ms"),
    unpublishAtMs: integer("unpublish_at_ms"),
    /**
     * Active, within its dates and on the web channel: what every list and the search index go by. Written by saving and,
     * when `listing_change_at_ms` has come, by a cron, so that no query compares with the clock.
     */
    isListed: integer("is_listed").notNull().default(0),
    listingChangeAtMs: integer("listing_change_at_ms"),
    featuredPosition: integer("featured_position").notNull(),
    /** How much it is looked at and bought lately, in steps of half a doubling, so that it changes seldom; 0 is not at all. */
    popularity: integer("popularity").notNull().default(0),
    priceMinMinor: integer("price_min_minor").notNull(),
    priceMaxMinor: integer("price_max_minor").notNull(),
    compareAtMinor: integer("compare_at_minor"),
    /** 0 in stock, 1 low, 2 backorder, 3 preorder, 4 sold out: the best of the variants. */
    availabilityRank: integer("availability_rank").notNull(),
    isSoldOut: integer("is_sold_out").generatedAlwaysAs(sql`(availability_rank = 4)`, { mode: "virtual" }),
    expectedAt: text("expected_at"),
    picture: text("picture"),
    secondPicture: text("second_picture"),
    variantCount: integer("variant_count").notNull(),
    /** Colours that can be chosen, for the card; 0 without such an option. */
    colourCount: integer("colour_count").notNull().default(0),
    /** SHA-256 of what was saved: saving the same again changes nothing. */
    contentHash: text("content_hash").notNull(),
    version: integer("version").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("products_id").on(table.id),
    uniqueIndex("products_handle").on(table.handle),
    index("products_featured")
      .on(table.isSoldOut, table.featuredPosition, table.number)
      .where(sql`is_listed = 1`),
    index("products_popular")
      .on(table.popularity, table.number)
      .where(sql`is_listed = 1`),
    index("products_newest")
      .on(table.publishedAtMs, table.number)
      .where(sql`is_listed = 1`),
    index("products_price")
      .on(table.priceMinMinor, table.number)
      .where(sql`is_listed = 1`),
    index("products_title")
      .on(table.titleKey, table.number)
      .where(sql`is_listed = 1`),
    index("products_listing_change")
      .on(table.listingChangeAtMs)
      .where(sql`listing_change_at_ms IS NOT NULL`),
    index("products_type")
      .on(table.typeKey, table.number)
      .where(sql`type_key IS NOT NULL`),
    index("products_updated").on(table.updatedAtMs, table.number),
    // All that the ranking of a search reads, apart from the long texts.
    index("products_ranking")
      .on(table.number, table.isSoldOut, table.titleKey, table.publishedAtMs, table.priceMinMinor)
      .where(sql`is_listed = 1`),
    index("products_status_updated").on(table.status, table.updatedAtMs, table.number),
    check("products_status_known", sql`status IN ('draft', 'active', 'archived')`),
    check("products_prices", sql`price_min_minor >= 0 AND price_max_minor >= price_min_minor`),
    check("products_compare_at", sql`compare_at_minor IS NULL OR compare_at_minor > 0`),
    check("products_rank", sql`availability_rank BETWEEN 0 AND 4`),
    check("products_counts", sql`variant_count >= 1 AND version >= 1 AND featured_position >= 1`),
    check(
      "products_times",
      sql`published_at_ms >= 0 AND created_at_ms >= 0 AND updated_at_ms >= created_at_ms`,
    ),
    check("products_json", sql`json_valid(tags) AND json_valid(options) AND json_valid(attributes)`),
    check("products_currency", sql`length(currency) = 3`),
    check("products_listed", sql`is_listed IN (0, 1) AND (is_listed = 0 OR status = 'active')`),
    check("products_typed_values", sql`json_valid(typed_values)`),
  ],
);

export const variants = sqliteTable(
  "variants",
  {
    id: text("id").primaryKey(),
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    position: integer("position").notNull(),
    /** Several variants may share a SKU: they are the same article and the same stock. */
    sku: text("sku").notNull(),
    barcode: text("barcode"),
    optionValues: text("option_values").notNull(),
    title: text("title").notNull(),
    priceMinor: integer("price_minor").notNull(),
    compareAtMinor: integer("compare_at_minor"),
    lowest30DaysMinor: integer("lowest_30_days_minor"),
    weightGrams: integer("weight_grams").notNull(),
    taxClass: text("tax_class").notNull(),
    requiresShipping: integer("requires_shipping").notNull(),
    mediaId: text("media_id"),
  },
  (table) => [
    index("variants_product").on(table.productNumber, table.position),
    index("variants_sku").on(table.sku),
    index("variants_sku_any_case").on(sql`sku COLLATE NOCASE`),
    index("variants_barcode")
      .on(table.barcode)
      .where(sql`barcode IS NOT NULL`),
    check(
      "variants_prices",
      sql`price_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > price_minor)`,
    ),
    check("variants_lowest", sql`lowest_30_days_minor IS NULL OR lowest_30_days_minor >= 0`),
    check("variants_amounts", sql`weight_grams >= 0 AND position >= 0`),
    check("variants_tax_class", sql`tax_class IN ('standard', 'reduced', 'zero')`),
    check("variants_shipping", sql`requires_shipping IN (0, 1)`),
    check("variants_json", sql`json_valid(option_values)`),
    check("variants_sku_length", sql`length(sku) BETWEEN 1 AND 64`),
  ],
);

export const media = sqliteTable(
  "media",
  {
    id: text("id").primaryKey(),
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    position: integer("position").notNull(),
    url: text("url").notNull(),
    alt: text("alt").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    /** In per cent; null: the middle. */
    focalX: integer("focal_x"),
    focalY: integer("focal_y"),
  },
  (table) => [
    index("media_product").on(table.productNumber, table.position),
    index("media_url").on(table.url),
    check("media_sizes", sql`width > 0 AND height > 0 AND position >= 0`),
  ],
);

export const collections = sqliteTable(
  "collections",
  {
    id: text("id").primaryKey(),
    handle: text("handle").notNull(),
    title: text("title").notNull(),
    descriptionHtml: text("description_html").notNull(),
    picture: text("picture"),
    position: integer("position").notNull(),
    seoTitle: text("seo_title"),
    seoDescription: text("seo_description"),
    /** A JSON object, `{ match, conditions }`; without one the collection is kept by hand. */
    rule: text("rule"),
    /** A changed rule has been applied to the products up to this number; nothing when it has reached the last. */
    ruleCursor: integer("rule_cursor"),
    /** Members that grew too old for the rule have left up to this instant. */
    ruleAgedAtMs: integer("rule_aged_at_ms"),
    /** Listed products in it; kept by triggers. */
    productCount: integer("product_count").notNull().default(0),
    contentHash: text("content_hash").notNull(),
    version: integer("version").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("collections_handle").on(table.handle),
    index("collections_position").on(table.position, table.id),
    index("collections_rule")
      .on(table.id)
      .where(sql`rule IS NOT NULL`),
    index("collections_rule_cursor")
      .on(table.ruleCursor)
      .where(sql`rule_cursor IS NOT NULL`),
    check("collections_rule_json", sql`rule IS NULL OR json_valid(rule)`),
    check(
      "collections_rule_cursor_kept",
      sql`rule_cursor IS NULL OR (rule IS NOT NULL AND rule_cursor >= 0)`,
    ),
    check("collections_counts", sql`product_count >= 0 AND position >= 0 AND version >= 1`),
    check("collections_times", sql`created_at_ms >= 0 AND updated_at_ms >= created_at_ms`),
  ],
);

/**
 * Membership, with a copy of each product's sort keys (kept by a trigger). A member that somebody picked stays when the
 * rule changes, and may have a place of its own.
 */
export const collectionProducts = sqliteTable(
  "collection_products",
  {
    collectionId: text("collection_id")
      .notNull()
      .references(() => collections.id),
    productNumber: integer("product_number")
      .notNull()
      .references(() => products.number),
    isListed: integer("is_listed").notNull(),
    isSoldOut: integer("is_sold_out").notNull(),
    /** 1 when it was picked by hand rather than by the rule. */
    isPicked: integer("is_picked").notNull().default(0),
    /** Place among the picked ones; nothing for one without a place of its own. */
    pickPosition: integer("pick_position"),
    /** What the featured order goes by: picked places come first (they are below zero here), then the shop's order. */
    featuredPosition: integer("featured_position").notNull(),
    popularity: integer("popularity").notNull().default(0),
    publishedAtMs: integer("published_at_ms").notNull(),
    priceMinMinor: integer("price_min_minor").notNull(),
    titleKey: text("title_key").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.productNumber] }),
    index("collection_products_product").on(table.productNumber),
    index("collection_products_featured")
      .on(table.collectionId, table.isSoldOut, table.featuredPosition, table.productNumber)
      .where(sql`is_listed = 1`),
    index("collection_products_popular")
      .on(table.collectionId, table.popularity, table.productNumber)
      .where(sql`is_listed = 1`),
    index("collection_products_newest")
      .on(table.collectionId, table.publishedAtMs, table.productNumber)
      .where(sql`is_listed = 1`),
    index("collection_products_price")
      .on(table.collectionId, table.priceMinMinor, table.productNumber)
      .where(sql`is_listed = 1`),
    index("collection_products_title")
      .on(table.collectionId, table.titleKey, table.productNumber)
      .where(sql`is_listed = 1`),
    check(
      "collection_products_flags",
      sql`is_listed IN (0, 1) AND is_sold_out IN (0, 1) AND is_picked IN (0, 1)`,
    ),
    check("collection_products_pick", sql`pick_position IS NULL OR (pick_position >= 0 AND is_picked = 1)`),
  ],
);
