import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Settings of the shop: one JSON value per key. */
export const settings = sqliteTable(
  "settings",
  { key: text("key").primaryKey(), value: text("value").notNull() },
  () => [check("settings_value", sql`json_valid(value)`)],
);

/**
 * Versions of what staff save as one document over several rows: the facets, the taxes of a country. A save over another
 * version than the one that was read breaks the check, and its whole transaction with it (`saveVersioned`).
 */
export const documentVersions = sqliteTable(
  "document_versions",
  {
    name: text("name").primaryKey(),
    version: integer("version").notNull(),
    /** What the last writer had read. */
    readVersion: integer("read_version").notNull(),
  },
  () => [check("document_versions_read", sql`version = read_version + 1`)],
);
