import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
