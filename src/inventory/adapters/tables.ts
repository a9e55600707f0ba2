import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

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
    damaged: integer("damaged").notNull().default(0),
    safety: integer("safety").notNull().default(0),
    incoming: integer("incoming").notNull().default(0),
    inTransit: integer("in_transit").notNull().default(0),
    /** `on_hand − held − safety`; negative only after a count, a raised safety or a backorder. */
    available: integer("available").notNull(),
    /** The part of `available` at locations that serve orders. */
    orderable: integer("orderable").notNull().default(0),
    /** Revision of the arrangement of locations that the stock object goes by. */
    arrangement: integer("arrangement").notNull().default(0),
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
    index("stock_levels_arrangement").on(table.arrangement, table.sku),
    check(
      "stock_levels_counts",
      sql`held >= 0 AND damaged >= 0 AND safety >= 0 AND incoming >= 0 AND in_transit >= 0`,
    ),
    check("stock_levels_available", sql`available = on_hand - held - safety`),
    check("stock_levels_policy", sql`json_valid(policy)`),
    check("stock_levels_version", sql`version >= 0 AND updated_at_ms >= 0`),
    check("stock_levels_rank", sql`availability_rank BETWEEN 0 AND 4`),
    check("stock_levels_units", sql`available_units IS NULL OR available_units >= 0`),
  ],
);

/** The same by location; rows of nothing are kept, so that a list shows where a SKU may lie. Written by the projector. */
export const locationLevels = sqliteTable(
  "stock_location_levels",
  {
    sku: text("sku").notNull(),
    location: text("location").notNull(),
    onHand: integer("on_hand").notNull(),
    held: integer("held").notNull(),
    damaged: integer("damaged").notNull(),
    safety: integer("safety").notNull(),
    incoming: integer("incoming").notNull(),
    inTransit: integer("in_transit").notNull(),
    version: integer("version").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sku, table.location] }),
    index("stock_location_levels_location").on(table.location, table.sku),
    check(
      "stock_location_levels_counts",
      sql`held >= 0 AND damaged >= 0 AND safety >= 0 AND incoming >= 0 AND in_transit >= 0 AND version >= 0`,
    ),
  ],
);

/** Where units can lie. The truth of a location's name, address and place in the order; units are the stock objects'. */
export const locations = sqliteTable(
  "locations",
  {
    code: text("code").primaryKey(),
    name: text("name").notNull(),
    /** As it is written on a label, line by line. */
    address: text("address").notNull(),
    /** Orders are served from the smallest first. */
    priority: integer("priority").notNull(),
    isActive: integer("is_active").notNull(),
    /** Whether orders of the shop are served from here, while active. */
    shipsOrders: integer("ships_orders").notNull(),
    /** From 1, raised by every edit. */
    version: integer("version").notNull(),
    /** Edits that changed which orders it serves; the sum over all locations is the revision of their arrangement. */
    arrangementChanges: integer("arrangement_changes").notNull().default(1),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  () => [
    check("locations_code", sql`length(code) BETWEEN 1 AND 32`),
    check("locations_flags", sql`is_active IN (0, 1) AND ships_orders IN (0, 1)`),
    check("locations_numbers", sql`priority >= 0 AND version >= 1 AND updated_at_ms >= 0`),
  ],
);

/** A document that moves several SKUs from one location to another. Its lines are commands to the stock objects. */
export const transfers = sqliteTable(
  "stock_transfers",
  {
    id: text("id").primaryKey(),
    fromLocation: text("from_location").notNull(),
    toLocation: text("to_location").notNull(),
    note: text("note").notNull(),
    /** SHA-256 of what was asked for: the same id with other lines is refused. */
    requestHash: text("request_hash").notNull(),
    isCancelled: integer("is_cancelled").notNull(),
    createdBy: text("created_by").notNull(),
    createdAtMs: integer("created_at_ms").notNull(),
    updatedAtMs: integer("updated_at_ms").notNull(),
  },
  (table) => [
    index("stock_transfers_created").on(table.createdAtMs, table.id),
    check("stock_transfers_ends", sql`from_location <> to_location AND is_cancelled IN (0, 1)`),
    check("stock_transfers_times", sql`created_at_ms >= 0 AND updated_at_ms >= created_at_ms`),
  ],
);

/** What the stock objects last answered for each line; the status of a transfer is derived from its lines. */
export const transferLines = sqliteTable(
  "stock_transfer_lines",
  {
    transferId: text("transfer_id").notNull(),
    sku: text("sku").notNull(),
    quantity: integer("quantity").notNull(),
    dispatched: integer("dispatched").notNull(),
    received: integer("received").notNull(),
    lost: integer("lost").notNull(),
    returned: integer("returned").notNull(),
    /** Why the stock object would not dispatch it; NULL otherwise. */
    refusal: text("refusal"),
  },
  (table) => [
    primaryKey({ columns: [table.transferId, table.sku] }),
    check("stock_transfer_lines_quantity", sql`quantity >= 1 AND dispatched IN (0, quantity)`),
    check(
      "stock_transfer_lines_units",
      sql`received >= 0 AND lost >= 0 AND returned >= 0 AND received + lost + returned <= dispatched`,
    ),
  ],
);

/** What one unit of a bundle is made of; a SKU with rows here has no stock of its own. */
export const bundleComponents = sqliteTable(
  "bundle_components",
  {
    bundleSku: text("bundle_sku").notNull(),
    componentSku: text("component_sku").notNull(),
    quantity: integer("quantity").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bundleSku, table.componentSku] }),
    index("bundle_components_component").on(table.componentSku, table.bundleSku),
    check("bundle_components_other", sql`bundle_sku <> component_sku AND quantity >= 1`),
  ],
);

/** SKUs that more asked for than can be served at once; read with the prices, so that a line costs no query of its own. */
export const rushes = sqliteTable(
  "stock_rushes",
  {
    sku: text("sku").primaryKey(),
    /** Until then buyers go through the SKU's line; a time that has passed means that there is none. */
    lineOpenUntilMs: integer("line_open_until_ms").notNull(),
    /** Shards that new orders ask first; 0 when there are none. As of the level's version beside it. */
    shards: integer("shards").notNull().default(0),
    shardsVersion: integer("shards_version").notNull().default(0),
  },
  () => [check("stock_rushes_until", sql`line_open_until_ms >= 0`)],
);
