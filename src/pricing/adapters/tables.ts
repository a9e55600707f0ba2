import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Value added tax by country and class, in parts per million; prices contain it. */
export const taxRates = sqliteTable(
  "tax_rates",
  {
    /** ISO 3166-1 alpha-2. */
    country: text("country").notNull(),
    taxClass: text("tax_class").notNull(),
    ratePpm: integer("rate_ppm").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.country, table.taxClass] }),
    check("tax_rates_country", sql`length(country) = 2`),
    check("tax_rates_class", sql`tax_class IN ('standard', 'reduced', 'zero')`),
    check("tax_rates_rate", sql`rate_ppm BETWEEN 0 AND 1000000`),
  ],
);

/** Where the shop sells. The migration adds by hand that the default market is never lost. */
export const markets = sqliteTable(
  "markets",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    currency: text("currency").notNull(),
    /** JSON list of ISO 3166-1 alpha-2. */
    countries: text("countries").notNull(),
    defaultLocale: text("default_locale").notNull(),
    /** JSON list of BCP 47. */
    locales: text("locales").notNull(),
    pricesIncludeTax: integer("prices_include_tax").notNull(),
    roundingStepMinor: integer("rounding_step_minor").notNull(),
    roundingEndingMinor: integer("rounding_ending_minor").notNull(),
    exchangeRatePpm: integer("exchange_rate_ppm").notNull(),
    pathPrefix: text("path_prefix").notNull(),
    isDefault: integer("is_default").notNull(),
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("markets_default")
      .on(table.isDefault)
      .where(sql`is_default = 1`),
    uniqueIndex("markets_prefix").on(table.pathPrefix),
    check("markets_currency", sql`length(currency) = 3`),
    check("markets_json", sql`json_valid(countries) AND json_valid(locales)`),
    check("markets_flags", sql`prices_include_tax IN (0, 1) AND is_default IN (0, 1)`),
    check("markets_plain_path", sql`(path_prefix = '') = (is_default = 1)`),
    check(
      "markets_rounding",
      sql`rounding_step_minor >= 1 AND rounding_ending_minor BETWEEN 0 AND rounding_step_minor - 1`,
    ),
    check("markets_rate", sql`exchange_rate_ppm > 0 AND version >= 1`),
  ],
);

export const priceLists = sqliteTable(
  "price_lists",
  {
    id: text("id").primaryKey(),
    title: text("title").notNull(),
    kind: text("kind").notNull(),
    status: text("status").notNull(),
    priority: integer("priority").notNull(),
    marketId: text("market_id"),
    customerGroup: text("customer_group"),
    channel: text("channel"),
    currency: text("currency"),
    startsAtMs: integer("starts_at_ms"),
    endsAtMs: integer("ends_at_ms"),
    percentOffPpm: integer("percent_off_ppm"),
    /** Whose products the percentage is taken off; absent: all. Its id, because handles change. */
    collectionId: text("collection_id"),
    /** 1 while the resolved prices count it in; the cron compares it with the clock. */
    isApplied: integer("is_applied").notNull(),
    entryCount: integer("entry_count").notNull(),
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("price_lists_status").on(table.status, table.id),
    index("price_lists_collection")
      .on(table.collectionId)
      .where(sql`collection_id IS NOT NULL`),
    check("price_lists_words", sql`kind IN ('sale', 'price') AND status IN ('draft', 'active', 'archived')`),
    check("price_lists_priority", sql`priority BETWEEN -1000 AND 1000`),
    check("price_lists_period", sql`starts_at_ms IS NULL OR ends_at_ms IS NULL OR starts_at_ms < ends_at_ms`),
    check("price_lists_percent", sql`percent_off_ppm IS NULL OR percent_off_ppm BETWEEN 0 AND 1000000`),
    check("price_lists_numbers", sql`is_applied IN (0, 1) AND entry_count >= 0 AND version >= 1`),
  ],
);

/** Prices of single variants in a list, from a quantity on. */
export const priceListEntries = sqliteTable(
  "price_list_entries",
  {
    variantId: text("variant_id").notNull(),
    listId: text("list_id").notNull(),
    minQuantity: integer("min_quantity").notNull(),
    amountMinor: integer("amount_minor"),
    compareAtMinor: integer("compare_at_minor"),
    percentOffPpm: integer("percent_off_ppm"),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.listId, table.minQuantity] }),
    index("price_list_entries_list").on(table.listId, table.variantId, table.minQuantity),
    check("price_list_entries_quantity", sql`min_quantity >= 1`),
    check("price_list_entries_one_price", sql`(amount_minor IS NULL) <> (percent_off_ppm IS NULL)`),
    check(
      "price_list_entries_amounts",
      sql`amount_minor >= 0 AND (compare_at_minor IS NULL OR compare_at_minor > amount_minor)`,
    ),
    check("price_list_entries_percent", sql`percent_off_ppm BETWEEN 0 AND 1000000`),
  ],
);

/**
 * What a variant costs, worked out when something changed: one indexed lookup for whoever shows or charges it. The
 * default market has rows only where a list speaks; elsewhere its price is the variant's own.
 */
export const resolvedPrices = sqliteTable(
  "resolved_prices",
  {
    variantId: text("variant_id").notNull(),
    marketId: text("market_id").notNull(),
    /** Empty for everybody. */
    customerGroup: text("customer_group").notNull(),
    minQuantity: integer("min_quantity").notNull(),
    amountMinor: integer("amount_minor").notNull(),
    compareAtMinor: integer("compare_at_minor"),
    lowest30DaysMinor: integer("lowest_30_days_minor"),
    reducedSinceMs: integer("reduced_since_ms"),
    listId: text("list_id"),
    /** The variant's own price that this was worked out from: another one makes the row stale. */
    baseMinor: integer("base_minor").notNull(),
    /** From here on the row is stale; absent when no list begins or ends. */
    validUntilMs: integer("valid_until_ms"),
    productNumber: integer("product_number").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.marketId, table.customerGroup, table.minQuantity] }),
    index("resolved_prices_product").on(table.productNumber),
    check("resolved_prices_amounts", sql`amount_minor >= 0 AND base_minor >= 0 AND min_quantity >= 1`),
    check("resolved_prices_compare", sql`compare_at_minor IS NULL OR compare_at_minor > amount_minor`),
  ],
);

/** What one unit cost and since when, for the lowest price of 30 days. */
export const priceHistory = sqliteTable(
  "price_history",
  {
    variantId: text("variant_id").notNull(),
    marketId: text("market_id").notNull(),
    customerGroup: text("customer_group").notNull(),
    fromMs: integer("from_ms").notNull(),
    amountMinor: integer("amount_minor").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.variantId, table.marketId, table.customerGroup, table.fromMs] }),
    check("price_history_amount", sql`amount_minor >= 0 AND from_ms >= 0`),
  ],
);

/** What cards show in a market that is not the default one. */
export const productPrices = sqliteTable(
  "product_prices",
  {
    productNumber: integer("product_number").notNull(),
    marketId: text("market_id").notNull(),
    priceMinMinor: integer("price_min_minor").notNull(),
    priceMaxMinor: integer("price_max_minor").notNull(),
    compareAtMinor: integer("compare_at_minor"),
  },
  (table) => [
    primaryKey({ columns: [table.productNumber, table.marketId] }),
    check("product_prices_range", sql`price_min_minor >= 0 AND price_max_minor >= price_min_minor`),
  ],
);

/**
 * Products whose prices wait to be worked out again; a trigger on variants fills it in the transaction of the edit. The
 * sequence tells a product that was queued once more while it was worked on.
 */
export const priceWork = sqliteTable("price_work", {
  productNumber: integer("product_number").primaryKey(),
  sequence: integer("sequence").notNull(),
});

/** One row: the version of all lists and markets, and how far a walk over the whole catalogue has come. */
export const priceState = sqliteTable(
  "price_state",
  {
    id: integer("id").primaryKey(),
    /** Raised whenever a list or market changes. */
    version: integer("version").notNull(),
    /** What a writer of resolved prices had read; a trigger refuses another one than `version`. */
    checkedVersion: integer("checked_version").notNull(),
    /** Number of the last product of the walk; absent when none is under way. */
    sweepAfter: integer("sweep_after"),
  },
  () => [check("price_state_one", sql`id = 1`)],
);

/** Rates of regions, and rates that begin at an instant; they go before the country's row in `tax_rates`. */
export const taxRules = sqliteTable(
  "tax_rules",
  {
    country: text("country").notNull(),
    /** Code of a state or province; empty for the whole country. */
    region: text("region").notNull(),
    taxClass: text("tax_class").notNull(),
    validFromMs: integer("valid_from_ms").notNull(),
    ratePpm: integer("rate_ppm").notNull(),
    taxesDelivery: integer("taxes_delivery").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.country, table.region, table.taxClass, table.validFromMs] }),
    check("tax_rules_country", sql`length(country) = 2`),
    check("tax_rules_class", sql`tax_class IN ('standard', 'reduced', 'zero')`),
    check("tax_rules_rate", sql`rate_ppm BETWEEN 0 AND 1000000 AND valid_from_ms >= 0`),
    check("tax_rules_delivery", sql`taxes_delivery IN (0, 1)`),
  ],
);
