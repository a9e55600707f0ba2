import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Ways to deliver, as the merchant sets them up; see `DeliveryMethod`. */
export const deliveryMethods = sqliteTable(
  "delivery_methods",
  {
    methodId: text("method_id").primaryKey(),
    name: text("name").notNull(),
    carrier: text("carrier").notNull(),
    /** JSON list of ISO 3166-1 alpha-2 codes. */
    countries: text("countries").notNull(),
    currency: text("currency").notNull(),
    priceMinor: integer("price_minor").notNull(),
    freeFromMinor: integer("free_from_minor"),
    /** Working days after dispatch. */
    minDays: integer("min_days").notNull(),
    maxDays: integer("max_days").notNull(),
    cutoffHour: integer("cutoff_hour").notNull(),
    position: integer("position").notNull(),
    isActive: integer("is_active").notNull(),
    /** JSON list of `PostcodeZone`; only the admin API writes it. */
    postcodeZones: text("postcode_zones").notNull().default("[]"),
  },
  (table) => [
    index("delivery_methods_active").on(table.isActive, table.position, table.methodId),
    check(
      "delivery_methods_money",
      sql`price_minor >= 0 AND (free_from_minor IS NULL OR free_from_minor >= 0)`,
    ),
    check("delivery_methods_days", sql`min_days >= 0 AND max_days >= min_days`),
    check("delivery_methods_hour", sql`cutoff_hour BETWEEN 0 AND 23`),
    check("delivery_methods_position", sql`position >= 0`),
    check("delivery_methods_flag", sql`is_active IN (0, 1)`),
    check("delivery_methods_countries", sql`json_valid(countries)`),
    check("delivery_methods_currency", sql`length(currency) = 3`),
  ],
);
