import * as z from "zod";
import type { EpochMs } from "#kernel";
import type { EventEnvelope } from "#platform";
import { STOCK_CHANGED, type SellingPolicy, type StockChanged } from "../contract.ts";

const units = z.int();
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const policy = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("deny") }),
  z.object({ kind: z.literal("backorder"), limit: units.min(0), expectedAt: z.exactOptional(day) }),
  z.object({ kind: z.literal("preorder"), limit: units.min(0), expectedAt: day }),
  z.object({ kind: z.literal("untracked") }),
]) satisfies z.ZodType<SellingPolicy>;

const code = z.string().min(1).max(64);
const counts = {
  onHand: units,
  held: units.min(0),
  damaged: units.min(0),
  safety: units.min(0),
  incoming: units.min(0),
  inTransit: units.min(0),
  available: units,
};
const location = z.object({ location: code, ...counts, servesOrders: z.boolean() });
const level = z.object({
  sku: z.string().min(1),
  ...counts,
  orderable: units,
  policy,
  locations: z.array(location).max(100),
  arrangement: units.min(0),
  shards: z.exactOptional(units.min(0)),
  rush: z.exactOptional(
    z.object({
      lineOpenUntil: z.custom<EpochMs>((value) => Number.isSafeInteger(value) && Number(value) >= 0),
    }),
  ),
});

/** A stock object's newest level, version 1. The level must be of the SKU that the envelope names. */
export const stockEventSchema = z
  .looseObject({
    id: z.string().min(1).max(400),
    type: z.literal(STOCK_CHANGED),
    aggregate: z.looseObject({ kind: z.literal("stock"), id: z.string().min(1) }),
    sequence: z.int().min(1),
    occurredAt: z.iso.datetime(),
    version: z.literal(1),
    data: level,
    traceparent: z.string().max(200),
  })
  .refine(
    (event) => event.aggregate.id === event.data.sku,
    "the level is of the aggregate",
  ) satisfies z.ZodType<EventEnvelope<typeof STOCK_CHANGED, StockChanged>>;
