import { sql } from "drizzle-orm";
import { check, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Settings of the shop: one JSON value per key. */
export const settings = sqliteTable(
  "settings",
  { key: text("key").primaryKey(), value: text("value").notNull() },
  () => [check("settings_value", sql`json_valid(value)`)],
);
