import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Mails as they were sent. The id is made from the event and the template, so a repeated event sends nothing. */
export const mails = sqliteTable(
  "mails",
  {
    id: text("id").primaryKey(),
    orderId: text("order_id").notNull(),
    template: text("template").notNull(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    html: text("html").notNull(),
    text: text("text").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
  },
  (table) => [
    index("mails_created").on(table.createdAtMs, table.id),
    index("mails_order").on(table.orderId, table.createdAtMs),
    check("mails_time", sql`created_at_ms >= 0`),
  ],
);
