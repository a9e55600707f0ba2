import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Orders to be that staff write; the truth about them until an order object takes over. */
export const staffDrafts = sqliteTable(
  "staff_drafts",
  {
    id: text("id").primaryKey(),
    status: text("status").notNull(),
    version: integer("version").notNull(),
    /** JSON of the document. */
    document: text("document").notNull(),
    cartId: text("cart_id").notNull(),
    checkoutId: text("checkout_id").notNull(),
    orderId: text("order_id"),
    createdBy: text("created_by").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("staff_drafts_updated").on(table.updatedAtMs, table.id),
    index("staff_drafts_status").on(table.status, table.updatedAtMs, table.id),
    check("staff_drafts_status_word", sql`status IN ('open', 'placing', 'placed', 'cancelled')`),
    check("staff_drafts_version", sql`version >= 1`),
  ],
);
