import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Buyers about whom staff have noted something: their group, their tax. Nobody else has a row. */
export const customers = sqliteTable(
  "customers",
  {
    id: text("id").primaryKey(),
    /** In lower case. */
    email: text("email").notNull(),
    /** Absent: everybody's prices. */
    customerGroup: text("customer_group"),
    taxStatus: text("tax_status").notNull(),
    taxId: text("tax_id"),
    note: text("note").notNull(),
    /** Raised by a new personal link; links and cookies of an older one are nobody's. */
    linkVersion: integer("link_version").notNull(),
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    uniqueIndex("customers_email").on(table.email),
    index("customers_group").on(table.customerGroup, table.email),
    check("customers_tax", sql`tax_status IN ('taxed', 'business', 'exempt')`),
    check("customers_tax_id", sql`tax_status = 'taxed' OR tax_id IS NOT NULL`),
    check("customers_version", sql`version >= 1 AND link_version >= 1`),
  ],
);
