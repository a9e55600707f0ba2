import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The facets that staff have defined; none: the catalogue itself says which there are. Written as one list. */
export const facets = sqliteTable(
  "facets",
  {
    /** Part of addresses: `filter.{key}`. */
    key: text("key").primaryKey(),
    label: text("label").notNull(),
    sources: text("sources").notNull(),
    position: integer("position").notNull(),
    isActive: integer("is_active").notNull(),
    valueOrder: text("value_order").notNull(),
  },
  (table) => [
    index("facets_position").on(table.position, table.key),
    check("facets_sources", sql`json_valid(sources)`),
    check("facets_flags", sql`is_active IN (0, 1) AND position >= 0`),
    check("facets_order", sql`value_order IN ('count', 'natural')`),
  ],
);
