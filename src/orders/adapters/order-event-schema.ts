import {
  isId,
  type CartId,
  type CheckoutId,
  type EpochMs,
  type OrderId,
  type ParcelId,
  type ShipmentId,
} from "#kernel";
import type { EventEnvelope } from "#platform";
import * as z from "zod";
import type { OrderEventData, OrderView } from "../contract.ts";

/**
 * Reads order events from a queue. Unknown members are kept: a newer producer may say more than this reader knows, and
 * the stored copy of the view must not lose it.
 */
const text = z.string().max(2_000);
const count = z.int().min(0);
const minor = z.int();
const instant = z.custom<EpochMs>(
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
  "an instant in milliseconds",
);
const optional = z.exactOptional;

const address = z.looseObject({
  fullName: text,
  company: optional(text),
  line1: text,
  line2: optional(text),
  district: optional(text),
  city: text,
  region: optional(text),
  postalCode: optional(text),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: optional(text),
});

const line = z.looseObject({
  lineId: text,
  variantId: text,
  productId: text,
  productHandle: text,
  sku: text,
  title: text,
  variantTitle: text,
  imageUrl: optional(text),
  quantity: z.int().min(1),
  unitPriceMinor: minor,
  discountMinor: minor,
  totalMinor: minor,
  taxRatePpm: count,
  taxMinor: minor,
  weightGrams: count,
  requiresShipping: z.boolean(),
  components: optional(z.array(z.looseObject({ sku: text, quantity: z.int().min(1) }))),
});

const draft = z.looseObject({
  checkoutId: z.custom<CheckoutId>((value) => typeof value === "string"),
  cartId: z.custom<CartId>((value) => typeof value === "string"),
  email: text,
  address,
  locale: text,
  currency: z.string().regex(/^[A-Z]{3}$/),
  lines: z.array(line),
  delivery: z.looseObject({
    methodId: text,
    name: text,
    carrier: text,
    priceMinor: minor,
    taxMinor: minor,
    earliestDate: text,
    latestDate: text,
  }),
  discounts: z.array(z.looseObject({ voucherId: optional(text), label: text, amountMinor: minor })),
  tenders: z.array(
    z.looseObject({
      voucherId: text,
      kind: z.enum(["gift_card", "store_credit"]),
      label: text,
      amountMinor: minor,
    }),
  ),
  itemsMinor: minor,
  discountMinor: minor,
  deliveryMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  dueMinor: minor,
});

const shortage = z.looseObject({ sku: text, requested: count, available: z.int(), lineIds: z.array(text) });

const parcel = z.looseObject({
  parcelId: z.custom<ParcelId>((value) => isId("pcl", value)),
  shipmentId: z.custom<ShipmentId>((value) => isId("shp", value)),
  carrier: text,
  trackingNumber: text,
  status: z.enum(["label_created", "in_transit", "out_for_delivery", "delivered", "delayed"]),
  lines: z.array(z.looseObject({ lineId: text, quantity: z.int().min(1) })),
});

/** A word of a closed union that this reader passes on without acting on it, so that a newer word is no poison. */
const word = <T extends string>() =>
  z.custom<T>((value) => typeof value === "string" && /^[a-z][a-z0-9_.]{0,63}$/.test(value));

const payment = z.looseObject({
  provider: text,
  status: word<OrderView["payment"]["status"]>(),
  reference: optional(text),
  cardLast4: optional(text),
  redirectUrl: optional(z.string().max(4_000)),
  expiresAt: optional(instant),
  authorisedMinor: minor,
  capturedMinor: minor,
  refundedMinor: minor,
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
