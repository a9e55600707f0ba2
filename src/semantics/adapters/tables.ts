import { sql } from "drizzle-orm";
import { blob, check, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Tables of meaning; the migration adds STRICT by hand. All of it can be made again from the catalogue. */

/** The one row: which model is in use, and how far the work with it is. */
export const semanticState = sqliteTable(
  "semantic_state",
  {
    id: integer("id").primaryKey(),
    version: integer("version").notNull(),
    stage: text("stage").notNull(),
    cell: integer("cell").notNull(),
    number: integer("number").notNull(),
    sequence: integer("sequence").notNull(),
    changed: integer("changed").notNull(),
    trained: integer("trained").notNull(),
    trainedAtMs: integer("trained_at_ms").notNull(),
    /** Nobody else works on it until then. */
    claimedUntilMs: integer("claimed_until_ms").notNull(),
  },
  () => [
    check("semantic_state_one", sql`id = 1`),
    check("semantic_state_stage", sql`stage IN ('placing', 'pairing', 'following')`),
  ],
);

/** Middles of the cells of a model, one direction after the other. */
export const semanticCells = sqliteTable("semantic_cells", {
  version: integer("version").primaryKey(),
  directions: blob("directions").notNull(),
});

/** Where the terms of a model point. */
export const semanticTerms = sqliteTable(
  "semantic_terms",
  {
    version: integer("version").notNull(),
    term: text("term").notNull(),
    direction: blob("direction").notNull(),
    force: real("force").notNull(),
    products: integer("products").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.version, table.term] }),
    check("semantic_terms_values", sql`length(direction) = 64 AND force > 0 AND products > 0`),
  ],
);

/** Where products point, by the model of that version. */
export const semanticVectors = sqliteTable(
  "semantic_vectors",
  {
    number: integer("number").primaryKey(),
    version: integer("version").notNull(),
    cell: integer("cell").notNull(),
    direction: blob("direction").notNull(),
  },
  (table) => [
    index("semantic_vectors_cell").on(table.version, table.cell, table.number),
    check("semantic_vectors_values", sql`length(direction) = 64 AND cell >= 0`),
  ],
);
