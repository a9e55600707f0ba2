import * as z from "zod";
import { toIso } from "#kernel";
import { moneySchema } from "#web";
import type { OrderSummary } from "../app/ports.ts";

/** What a list of orders may be asked for. */
export const listQuery = z.object({
  status: z.string().max(30).optional(),
  tag: z.string().trim().min(1).max(80).optional(),
  returns: z.literal("open").optional().describe("Only orders with a return that is not over."),
  q: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe("Beginning of a number, e-mail address or name, or a whole id."),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** A row of the staff list as it travels. */
export const summarySchema = z
  .object({
    id: z.string(),
    number: z.string(),
    status: z.string(),
    paymentStatus: z.string(),
    email: z.string(),
    customerName: z.string(),
    country: z.string(),
    total: moneySchema,
    itemCount: z.int(),
    placedAt: z.iso.datetime(),
    refunded: moneySchema,
    openReturns: z.int(),
    hasOpenEdit: z.boolean(),
  })
  .meta({ id: "OrderSummary" });
export const listSchema = z.object({ items: z.array(summarySchema), nextCursor: z.string().optional() });
/** One line of a booking as it travels. */
export const postingSchema = z
  .object({
    sequence: z.int(),
    account: z.string(),
    debit: moneySchema,
    credit: moneySchema,
    reference: z.string(),
    occurredAt: z.iso.datetime(),
  })
  .meta({ id: "LedgerEntry" });

/** A row as it travels. */
export const renderSummary = (row: OrderSummary) => ({
  id: row.orderId,
  number: row.orderNumber,
  status: row.status,
  paymentStatus: row.paymentStatus,
  email: row.email,
  customerName: row.customerName,
  country: row.country,
  total: { currency: row.currency, amountMinor: row.totalMinor },
  itemCount: row.itemCount,
  placedAt: toIso(row.placedAt),
  refunded: { currency: row.currency, amountMinor: row.refundedMinor },
  openReturns: row.openReturns,
  hasOpenEdit: row.hasOpenEdit,
});
