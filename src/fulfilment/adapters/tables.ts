import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Parcels by their own id, which follows from the order and the number of parcel: a repeat changes nothing. */
export const parcels = sqliteTable(
  "parcels",
  {
    parcelId: text("parcel_id").primaryKey(),
    orderId: text("order_id").notNull(),
    shipmentId: text("shipment_id").notNull(),
    carrier: text("carrier").notNull(),
    trackingNumber: text("tracking_number").notNull(),
    status: text("status").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("parcels_order").on(table.orderId),
    uniqueIndex("parcels_tracking_number").on(table.trackingNumber),
    index("parcels_created").on(table.createdAtMs, table.parcelId),
    index("parcels_status_created").on(table.status, table.createdAtMs, table.parcelId),
    check(
      "parcels_status_known",
      sql`status IN ('label_created', 'in_transit', 'out_for_delivery', 'delivered', 'delayed')`,
    ),
    check("parcels_times", sql`created_at_ms >= 0 AND updated_at_ms >= 0`),
  ],
);

/** Messages that a queue gave up on, kept with the reason until a person has them replayed. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: text("id").primaryKey(),
    queue: text("queue").notNull(),
    body: text("body").notNull(),
    reason: text("reason").notNull(),
    /** The last time: the id is made from the message, so a message that fails again keeps its row. */
    receivedAtMs: integer("received_at_ms").notNull(),
    /** How often it came here, at least. */
    times: integer("times").notNull().default(1),
    replayedAtMs: integer("replayed_at_ms"),
  },
  (table) => [
    index("dead_letters_received").on(table.receivedAtMs, table.id),
    index("dead_letters_open")
      .on(table.receivedAtMs, table.id)
      .where(sql`replayed_at_ms IS NULL`),
    check("dead_letters_times", sql`received_at_ms >= 0 AND (replayed_at_ms IS NULL OR replayed_at_ms >= 0)`),
  ],
);
