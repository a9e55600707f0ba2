import * as z from "zod";
import {
  MAX_BOUGHT_TOGETHER,
  MAX_EVENTS_PER_MESSAGE,
  MAX_QUERY_CHARACTERS,
  MAX_VIEWED_BEFORE,
} from "./domain/limits.ts";

// What shoppers did, as it travels through the queue. Nothing in it says who: no address, no cookie, no session.

const handle = z.string().min(1).max(255);
const query = z.string().min(1).max(MAX_QUERY_CHARACTERS);

export const shopperEventSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("view"),
      handle,
      after: z.array(handle).max(MAX_VIEWED_BEFORE).default([]).describe("Seen before in the same visit."),
    }),
    z.strictObject({ kind: z.literal("cart"), handle }),
    z.strictObject({
      kind: z.literal("search"),
      query,
      isMiss: z.boolean().describe("Nothing was found, or only something else."),
    }),
    z.strictObject({ kind: z.literal("click"), query, handle }),
  ])
  .meta({ id: "ShopperEvent" });

/** One thing that a shopper did. */
export type ShopperEvent = z.infer<typeof shopperEventSchema>;

export const shopperEventsSchema = z
  .strictObject({ events: z.array(shopperEventSchema).min(1).max(MAX_EVENTS_PER_MESSAGE) })
  .meta({ id: "ShopperEvents" });

const envelope = {
  /** Counted once, however often it comes. */
  id: z.string().min(1).max(100),
  occurredAtMs: z.int().min(0),
  traceparent: z.string(),
};

/** A message of the queue of shopper events. */
export const learnMessageSchema = z.discriminatedUnion("kind", [
  z.object({
    ...envelope,
    kind: z.literal("visit"),
    events: z.array(shopperEventSchema).min(1).max(MAX_EVENTS_PER_MESSAGE),
  }),
  z.object({
    ...envelope,
    kind: z.literal("order"),
    productIds: z.array(z.string().max(64)).min(1).max(MAX_BOUGHT_TOGETHER),
  }),
]);

/** What the shop learns from: one page's events, or the products of a confirmed order. */
export type LearnMessage = z.infer<typeof learnMessageSchema>;
