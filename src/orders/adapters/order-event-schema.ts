import { isId, type OrderId, type ParcelId, type ShipmentId } from "#kernel";
import type { EventEnvelope } from "#platform";
import * as z from "zod";
import type { OrderEventData, OrderView } from "../contract.ts";
import { deskSchemas } from "./order-desk-schema.ts";
import { count, draft, instant, minor, optional, shortage, text, word } from "./order-draft-schema.ts";

/**
 * Reads order events from a queue. Unknown members are kept: a newer producer may say more than this reader knows, and
 * the stored copy of the view must not lose it.
 */
const parcel = z.looseObject({
  parcelId: z.custom<ParcelId>((value) => isId("pcl", value)),
  shipmentId: z.custom<ShipmentId>((value) => isId("shp", value)),
  carrier: text,
  trackingNumber: text,
  status: z.enum(["label_created", "in_transit", "out_for_delivery", "delivered", "delayed"]),
  lines: z.array(z.looseObject({ lineId: text, quantity: z.int().min(1) })),
});

const payment = z.looseObject({
  provider: text,
  status: word<OrderView["payment"]["status"]>(),
  reference: optional(text),
  cardLast4: optional(text),
  redirectUrl: optional(z.string().max(4_000)),
  instructions: optional(z.string().max(4_000)),
  expiresAt: optional(instant),
  authorisedMinor: minor,
  capturedMinor: minor,
  vouchersMinor: minor,
  refundedMinor: minor,
  refundPendingMinor: minor,
  refundableMinor: minor,
  legs: z.array(
    z.looseObject({
      part: count,
      provider: text,
      reference: text,
      capturedMinor: minor,
      refundedMinor: minor,
    }),
  ),
  declineReason: optional(word<NonNullable<OrderView["payment"]["declineReason"]>>()),
});

/** An order's view, as every order event carries it. */
export const orderViewSchema = z.looseObject({
  orderId: z.custom<OrderId>((value) => isId("ord", value), "an order id"),
  orderNumber: text,
  status: word<OrderView["status"]>(),
  draft,
  placedAt: instant,
  updatedAt: instant,
  version: z.int().min(1),
  payment,
  parcels: z.array(parcel),
  shortages: z.array(shortage),
  timeline: z.array(
    z.looseObject({
      sequence: z.int().min(1),
      type: word<OrderView["timeline"][number]["type"]>(),
      occurredAt: instant,
      note: optional(text),
    }),
  ),
  cancelReason: optional(text),
  attentionReason: optional(text),
  deliveredAt: optional(instant),
  ...deskSchemas,
}) satisfies z.ZodType<OrderView>;

/** An order event, version 1. The view must be of the order that the envelope names. */
export const orderEventSchema = z
  .looseObject({
    id: z.string().min(1).max(200),
    type: z.string().regex(/^order\.[a-z_]+$/),
    aggregate: z.looseObject({ kind: z.literal("order"), id: z.string() }),
    sequence: z.int().min(1),
    occurredAt: text,
    version: z.literal(1),
    data: z.looseObject({ order: orderViewSchema, linkKey: optional(z.string().max(200)) }),
    traceparent: z.string().max(200),
  })
  .refine(
    (event) => event.aggregate.id === event.data.order.orderId,
    "the view is of the aggregate",
  ) satisfies z.ZodType<EventEnvelope<string, OrderEventData>>;

export type OrderEventMessage = EventEnvelope<string, OrderEventData>;
