import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What staff write for the shop, one document each: `home`, `page:about`. */
export const contentDocuments = sqliteTable(
  "content_documents",
  {
    key: text("key").primaryKey(),
    /** JSON: the blocks of the home page, or a page of text. */
    document: text("document").notNull(),
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  () => [
    check("content_documents_json", sql`json_valid(document)`),
    check("content_documents_version", sql`version >= 1 AND updated_at_ms >= 0`),
  ],
);
