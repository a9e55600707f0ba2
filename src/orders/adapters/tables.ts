import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Copies of the order objects for lists and search, at most seconds old; applied by (id, version). */
export const orders = sqliteTable(
  "orders",
  {
    id: text("id").primaryKey(),
    number: text("number").notNull(),
    status: text("status").notNull(),
    /** Lower case; the view keeps it as it was typed. */
    email: text("email").notNull(),
    customerName: text("customer_name").notNull(),
    /** The name as staff search it: lower case in every script. */
    searchName: text("search_name").notNull().default(""),
    country: text("country").notNull(),
    currency: text("currency").notNull(),
    totalMinor: integer("total_minor").notNull(),
    itemCount: integer("item_count").notNull(),
    paymentStatus: text("payment_status").notNull(),
    placedAtMs: integer("placed_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
    /** Sequence of the last event that was applied. */
    version: integer("version").notNull(),
    /** `OrderView` as JSON. */
    view: text("view").notNull(),
    /** When the sweep last compared this row with its object. */
    checkedAtMs: integer("checked_at_ms").notNull().default(0),
    refundedMinor: integer("refunded_minor").notNull().default(0),
    /** Returns that are neither declined nor closed. */
    openReturns: integer("open_returns").notNull().default(0),
    /** 1 while an edit is under way. */
    hasOpenEdit: integer("has_open_edit").notNull().default(0),
  },
  (table) => [
    index("orders_number_placed").on(table.number, table.placedAtMs),
    index("orders_placed").on(table.placedAtMs, table.id),
    index("orders_status_placed").on(table.status, table.placedAtMs, table.id),
    index("orders_payment_placed").on(table.paymentStatus, table.placedAtMs, table.id),
    index("orders_email").on(table.email, table.placedAtMs),
    index("orders_search_name").on(table.searchName, table.placedAtMs),
    index("orders_open_checked")
      .on(table.checkedAtMs)
      .where(sql`status NOT IN ('delivered', 'closed', 'cancelled')`),
    index("orders_open_returns")
      .on(table.placedAtMs, table.id)
      .where(sql`open_returns > 0`),
    check("orders_money", sql`total_minor >= 0`),
    check("orders_counts", sql`item_count >= 0 AND version >= 1`),
    check("orders_times", sql`placed_at_ms >= 0 AND updated_at_ms >= 0`),
    check("orders_view", sql`json_valid(view)`),
  ],
);

/** The staff's tags of an order, for lists; triggers of the migration keep them to the view in `orders`. */
export const orderTags = sqliteTable(
  "order_tags",
  {
    orderId: text("order_id").notNull(),
    tag: text("tag").notNull(),
    /** Of the order, so that its newest come first. */
    placedAtMs: integer("placed_at_ms").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.tag] }),
    index("order_tags_tag").on(table.tag, table.placedAtMs, table.orderId),
  ],
);

export const orderLines = sqliteTable(
  "order_lines",
  {
    orderId: text("order_id").notNull(),
    lineId: text("line_id").notNull(),
    sku: text("sku").notNull(),
    title: text("title").notNull(),
    quantity: integer("quantity").notNull(),
    totalMinor: integer("total_minor").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.lineId] }),
    index("order_lines_sku").on(table.sku, table.orderId),
    check("order_lines_amounts", sql`quantity >= 1 AND total_minor >= 0`),
  ],
);

export const orderEvents = sqliteTable(
  "order_events",
  {
    orderId: text("order_id").notNull(),
    sequence: integer("sequence").notNull(),
    type: text("type").notNull(),
    occurredAtMs: integer("occurred_at_ms").notNull(),
    note: text("note"),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.sequence] }),
    check("order_events_sequence", sql`sequence >= 1 AND occurred_at_ms >= 0`),
  ],
);
