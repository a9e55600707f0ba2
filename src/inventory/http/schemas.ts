import * as z from "zod";
import {
  MAX_BUNDLE_COMPONENTS,
  MAX_ID_CHARACTERS,
  MAX_LOCATION_CHARACTERS,
  MAX_QUANTITY,
  MAX_REASON_CHARACTERS,
  MAX_SKU_CHARACTERS,
  MAX_TRANSFER_LINES,
} from "../domain/limits.ts";

/** Wire schemas of stock: they validate, and the OpenAPI document is made from them. */

const day = z.iso.date();
const limit = z.int().min(0).max(MAX_QUANTITY);
const units = z.int().min(1).max(MAX_QUANTITY);
const id = z.string().trim().min(1).max(MAX_ID_CHARACTERS);
export const sku = z.string().trim().min(1).max(MAX_SKU_CHARACTERS);
const reason = z.string().trim().min(1).max(MAX_REASON_CHARACTERS);
const note = z.string().trim().max(MAX_REASON_CHARACTERS);
const LOCATION_SENTENCE = `Use up to ${MAX_LOCATION_CHARACTERS} small letters, digits and hyphens.`;
export const locationCode = z
  .string()
  .max(MAX_LOCATION_CHARACTERS, LOCATION_SENTENCE)
  .regex(/^[a-z0-9][a-z0-9-]*$/, LOCATION_SENTENCE)
  .describe("Code of a location, such as `main`.");

export const skuParam = z.object({ sku });
export const locationParam = z.object({ code: locationCode });
export const transferParam = z.object({ transferId: id });

export const policySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("deny") }),
    z.strictObject({ kind: z.literal("backorder"), limit, expectedAt: z.exactOptional(day) }),
    z.strictObject({ kind: z.literal("preorder"), limit, expectedAt: day }),
    z.strictObject({ kind: z.literal("untracked") }),
  ])
  .meta({ id: "SellingPolicy" });

export const adjustmentSchema = z.strictObject({
  adjustmentId: z.exactOptional(
    id.describe("The same id applies once. Without it, the Idempotency-Key is used."),
  ),
  kind: z.enum(["received", "counted", "adjusted", "returned", "damaged", "repaired", "scrapped"]),
  quantity: z.int().describe("For `counted` the units found; for `adjusted` a signed change; else units."),
  reason,
  reference: z.exactOptional(note),
  location: z.exactOptional(locationCode),
  condition: z.exactOptional(z.enum(["sellable", "damaged"]).describe("With `returned`.")),
  announcementId: z.exactOptional(id.describe("With `received`: the announcement that it fulfils.")),
  expectedVersion: z.exactOptional(z.int().min(0).describe("Like If-Match.")),
});

export const safetySchema = z.strictObject({ quantity: limit });
export const incomingSchema = z.strictObject({
  location: z.exactOptional(locationCode),
  quantity: limit.describe("All units of the announcement; 0 withdraws it."),
  expectedAt: day,
  reference: z.exactOptional(note),
});

const counts = {
  onHand: z.int(),
  held: z.int(),
  damaged: z.int(),
  safety: z.int(),
  incoming: z.int(),
  inTransit: z.int(),
  available: z.int(),
};
export const levelSchema = z
  .object({
    sku: z.string(),
    ...counts,
    orderable: z.int().describe("The part of `available` at locations that serve orders."),
    policy: policySchema,
    locations: z.array(z.object({ location: z.string(), ...counts, servesOrders: z.boolean() })),
    arrangement: z.int(),
    shards: z.exactOptional(z.int()).describe("Shards that sell a share of the units now; absent if never."),
    version: z.int(),
  })
  .meta({ id: "StockLevel" });

const counted = z.object({ change: z.int(), after: z.int() });
export const entrySchema = z
  .object({
    sequence: z.int(),
    kind: z.string(),
    location: z.string(),
    onHandChange: z.int(),
    heldChange: z.int(),
    onHandAfter: z.int(),
    heldAfter: z.int(),
    others: z
      .looseObject({ damaged: counted, safety: counted, incoming: counted, inTransit: counted })
      .partial()
      .optional(),
    reason: z.string(),
    actor: z.string(),
    reference: z.string(),
    occurredAt: z.iso.datetime(),
  })
  .meta({ id: "JournalEntry" });

const allocation = z.object({ location: z.string(), quantity: z.int() });
const holdSchema = z
  .object({
    orderId: z.string(),
    part: z.int().describe("0 for the order as it was placed, n for its n-th edit."),
    quantity: z.int(),
    status: z.string(),
    expiresAt: z.iso.datetime().describe("When the order is asked what became of it."),
    backordered: z.int(),
    allocations: z.array(allocation),
  })
  .meta({ id: "Hold" });
export const holdListSchema = z.object({ items: z.array(holdSchema), nextCursor: z.string().optional() });

export const openSchema = z
  .object({
    holds: z.array(holdSchema),
    incoming: z.array(
      z.object({
        announcementId: z.string(),
        location: z.string(),
        quantity: z.int().describe("Still to come."),
        received: z.int().describe("Has come; with `quantity` all units of the announcement."),
        expectedAt: z.string(),
        reference: z.string().optional(),
      }),
    ),
    transfers: z.array(
      z.object({
        transferId: z.string(),
        from: z.string(),
        to: z.string(),
        quantity: z.int(),
        received: z.int(),
        lost: z.int(),
        returned: z.int(),
        isCancelled: z.boolean(),
      }),
    ),
  })
  .meta({ id: "OpenStock" });

const MAX_NAME_CHARACTERS = 80;
const MAX_ADDRESS_CHARACTERS = 400;
const MAX_PRIORITY = 1_000;
export const locationInput = z.strictObject({
  name: z.string().trim().min(1).max(MAX_NAME_CHARACTERS),
  address: z.string().trim().max(MAX_ADDRESS_CHARACTERS),
  priority: z.int().min(0).max(MAX_PRIORITY).describe("Orders are served from the smallest first."),
  isActive: z.boolean(),
  shipsOrders: z.boolean(),
});
export const locationSchema = z
  .object({ code: z.string(), ...locationInput.shape, version: z.int(), updatedAt: z.iso.datetime() })
  .meta({ id: "Location" });

export const transferInput = z.strictObject({
  from: locationCode,
  to: locationCode,
  note: z.exactOptional(note),
  lines: z
    .array(z.strictObject({ sku, quantity: units }))
    .min(1)
    .max(MAX_TRANSFER_LINES),
});
const receiptLine = z
  .strictObject({ sku, received: z.exactOptional(limit), lost: z.exactOptional(limit) })
  .refine((line) => (line.received ?? 0) + (line.lost ?? 0) > 0, "Say how many arrived or are lost.");
export const receiptInput = z.strictObject({ lines: z.array(receiptLine).min(1).max(MAX_TRANSFER_LINES) });

const transferHead = {
  transferId: z.string(),
  from: z.string(),
  to: z.string(),
  note: z.string(),
  status: z.enum(["pending", "in_transit", "received", "cancelled"]),
  isCancelled: z.boolean(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};
export const transferSchema = z
  .object({
    ...transferHead,
    lines: z.array(
      z.object({
        sku: z.string(),
        quantity: z.int(),
        dispatched: z.int(),
        received: z.int(),
        lost: z.int(),
        returned: z.int(),
        refusal: z.string().optional(),
      }),
    ),
  })
  .meta({ id: "StockTransfer" });
export const transferListSchema = z.object({
  items: z.array(z.object({ ...transferHead, units: z.int(), onTheWay: z.int() })),
  nextCursor: z.string().optional(),
});

export const bundleInput = z.strictObject({
  components: z
    .array(z.strictObject({ sku, quantity: units }))
    .max(MAX_BUNDLE_COMPONENTS)
    .describe("What one unit is made of; none ends the bundle."),
});
export const bundleSchema = z
  .object({ sku: z.string(), components: z.array(z.object({ sku: z.string(), quantity: z.int() })) })
  .meta({ id: "Bundle" });
