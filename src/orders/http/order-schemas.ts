import * as z from "zod";
import { moneySchema } from "#web";

/** What a buyer asks to send back; the id makes a repeat harmless. */
export const buyerReturnBody = z.strictObject({
  returnId: z.string().regex(/^[\w-]{1,60}$/, "Use up to 60 letters, digits, hyphens and underscores."),
  wish: z.enum(["refund", "exchange"]).default("refund"),
  reason: z.string().trim().min(1, "Say why.").max(500),
  lines: z
    .array(z.strictObject({ lineId: z.string().min(1).max(200), quantity: z.int().min(1).max(100_000) }))
    .min(1)
    .max(100),
});

/** Longest reason for a cancellation, in characters. */
const MAX_REASON_CHARACTERS = 200;

export const cancelBody = z.strictObject({
  reason: z
    .string()
    .trim()
    .max(MAX_REASON_CHARACTERS, `Shorten this to ${MAX_REASON_CHARACTERS} characters.`)
    .optional(),
});

export const addressAnswer = z.object({
  fullName: z.string(),
  company: z.string().optional(),
  line1: z.string(),
  line2: z.string().optional(),
  district: z.string().optional(),
  city: z.string(),
  region: z.string().optional(),
  postalCode: z.string().optional(),
  country: z.string(),
  phone: z.string().optional(),
});

export const lineAnswer = z.object({
  id: z.string(),
  variantId: z.string(),
  sku: z.string(),
  productHandle: z.string(),
  title: z.string(),
  variantTitle: z.string(),
  shopTitle: z.string().optional().describe("In the shop's own language, where the buyer read another."),
  shopVariantTitle: z.string().optional(),
  imageUrl: z.string().optional(),
  quantity: z.int(),
  unitPrice: moneySchema,
  discount: moneySchema.describe("The line's share of the discounts."),
  total: moneySchema.describe("After discounts."),
  tax: moneySchema,
  taxRatePpm: z.int(),
});

export const orderAnswer = z
  .object({
    id: z.string(),
    number: z.string(),
    status: z.string(),
    version: z.int(),
    placedAt: z.string(),
    updatedAt: z.string(),
    email: z.string(),
    address: addressAnswer,
    currency: z.string(),
    lines: z.array(lineAnswer),
    items: moneySchema.describe("Before discounts."),
    discounts: z.array(z.object({ label: z.string(), amount: moneySchema })),
    discount: moneySchema,
    delivery: z.object({
      id: z.string(),
      name: z.string(),
      carrier: z.string(),
      price: moneySchema,
      earliestDate: z.string(),
      latestDate: z.string(),
    }),
    tax: moneySchema,
    total: moneySchema,
    tenders: z
      .array(z.object({ kind: z.string(), label: z.string(), amount: moneySchema }))
      .describe("What gift cards and credits pay of the total."),
    due: moneySchema.describe("What the payment provider is asked for."),
    payment: z.object({
      status: z.string(),
      cardLast4: z.string().optional(),
      redirectUrl: z.string().optional().describe("Where the buyer pays, while that is open."),
      instructions: z.string().optional().describe("Where a transfer goes, while it is awaited."),
      transferReference: z.string().optional().describe("What the buyer writes on the transfer."),
      expiresAt: z.string().optional().describe("Until when the units are kept for this payment."),
      captured: moneySchema,
      refunded: moneySchema,
      refundPending: moneySchema,
    }),
    refunds: z.array(
      z.object({ id: z.string(), amount: moneySchema, status: z.string(), requestedAt: z.string() }),
    ),
    returns: z.array(
      z.object({
        id: z.string(),
        status: z.string(),
        wish: z.string(),
        reason: z.string(),
        lines: z.array(
          z.object({
            lineId: z.string(),
            quantity: z.int(),
            restocked: z.int(),
            scrapped: z.int(),
          }),
        ),
        value: moneySchema,
        declineReason: z.string().optional(),
        requestedAt: z.string(),
      }),
    ),
    parcels: z.array(
      z.object({
        id: z.string(),
        carrier: z.string(),
        trackingNumber: z.string(),
        status: z.string(),
        lines: z.array(z.object({ lineId: z.string(), quantity: z.int() })),
      }),
    ),
    shortages: z.array(
      z.object({ sku: z.string(), requested: z.int(), available: z.int(), lineIds: z.array(z.string()) }),
    ),
    timeline: z.array(z.object({ sequence: z.int(), type: z.string(), occurredAt: z.string() })),
    cancelReason: z.string().optional(),
  })
  .meta({ id: "Order" });
