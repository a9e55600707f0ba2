import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** How tables of other systems become products, by name. */
export const importMappings = sqliteTable(
  "import_mappings",
  {
    name: text("name").primaryKey(),
    version: integer("version").notNull(),
    body: text("body").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  () => [
    check("import_mappings_version", sql`version >= 1`),
    check("import_mappings_body", sql`json_valid(body)`),
    check("import_mappings_time", sql`updated_at_ms >= 0`),
  ],
);

/** One row per import of a file, with counts that add up to the file's products. */
export const imports = sqliteTable(
  "imports",
  {
    id: text("id").primaryKey(),
    fileName: text("file_name").notNull(),
    /** SHA-256 of the bytes. */
    fileHash: text("file_hash").notNull(),
    policy: text("policy").notNull(),
    status: text("status").notNull(),
    rowCount: integer("row_count").notNull().default(0),
    productCount: integer("product_count").notNull().default(0),
    createdCount: integer("created_count").notNull().default(0),
    changedCount: integer("changed_count").notNull().default(0),
    sameCount: integer("same_count").notNull().default(0),
    refusedCount: integer("refused_count").notNull().default(0),
    errorCount: integer("error_count").notNull().default(0),
    createdAtMs: integer("created_at_ms").notNull(),
    finishedAtMs: integer("finished_at_ms"),
  },
  (table) => [
    index("imports_created").on(table.createdAtMs, table.id),
    index("imports_file").on(table.fileHash),
    check("imports_policy", sql`policy IN ('reject-all', 'reject-failed-rows')`),
    check(
      "imports_counts",
      sql`row_count >= 0 AND product_count >= 0 AND created_count >= 0 AND changed_count >= 0 AND same_count >= 0 AND refused_count >= 0 AND error_count >= 0`,
    ),
    check(
      "imports_times",
      sql`created_at_ms >= 0 AND (finished_at_ms IS NULL OR finished_at_ms >= created_at_ms)`,
    ),
  ],
);
