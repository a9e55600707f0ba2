import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What the stock objects last told of each SKU, at most seconds old. Never decides a sale: the stock object does.
 * Written by the projector only, through the catalogue's `applyStockChanges`.
 */
export const stockLevels = sqliteTable(
  "stock_levels",
  {
    sku: text("sku").primaryKey(),
    onHand: integer("on_hand").notNull(),
    held: integer("held").notNull(),
    /** `on_hand − held`; negative only after a count or a backorder. */
    available: integer("available").notNull(),
    /** `SellingPolicy` as JSON. */
    policy: text("policy").notNull(),
    /** Of the stock object: a late message with a lower one changes nothing. */
    version: integer("version").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
    /** 0 in stock, 1 low, 2 backorder, 3 preorder, 4 sold out: the shoppers' bucket, worked out when the level is written. */
    availabilityRank: integer("availability_rank").notNull(),
    /** Units that a new order may take; NULL when the SKU is not counted. */
    availableUnits: integer("available_units"),
    /** YYYY-MM-DD, with backorder and preorder. */
    expectedAt: text("expected_at"),
  },
  (table) => [
    index("stock_levels_availability").on(table.availabilityRank, table.sku),
    check("stock_levels_held", sql`held >= 0`),
    check("stock_levels_available", sql`available = on_hand - held`),
    check("stock_levels_policy", sql`json_valid(policy)`),
    check("stock_levels_version", sql`version >= 0 AND updated_at_ms >= 0`),
    check("stock_levels_rank", sql`availability_rank BETWEEN 0 AND 4`),
    check("stock_levels_units", sql`available_units IS NULL OR available_units >= 0`),
  ],
);
