import * as z from "zod";
import { moneySchema } from "#web";
import {
  MAX_COMMAND_ID_CHARACTERS,
  MAX_NOTE_CHARACTERS,
  MAX_REASON_CHARACTERS,
  MAX_TAG_CHARACTERS,
} from "../domain/limits.ts";
import { addressAnswer, lineAnswer, orderAnswer } from "./order-schemas.ts";

/** Bodies that staff and systems send about an order, and the order as they see it. */

const MAX_LINES = 100;
const id = z
  .string()
  .regex(/^[\w-]+$/, "Use letters, digits, hyphens and underscores.")
  .max(MAX_COMMAND_ID_CHARACTERS)
  .describe("Made by the caller: the same id again changes nothing.");
/** As money is written everywhere, and nothing beside it. */
const moneyBody = z.strictObject(moneySchema.shape);
const reason = z.string().trim().min(1).max(MAX_REASON_CHARACTERS);
const quantity = z.int().min(1).max(100_000);
const lineId = z.string().min(1).max(200);
const from = z
  .enum(["payment", "vouchers", "outside"])
  .optional()
  .describe("Which money goes back first; outside: given back by hand and only noted.");

export const staffCancelBody = z.strictObject({ reason: reason.optional() });
export const refundBody = z.strictObject({ refundId: id, amount: moneyBody, reason, from });
export const settlementBody = z.strictObject({
  reference: z.string().trim().min(1).max(200),
  part: z.int().min(0).max(1_000).optional(),
});
export const flagBody = z.strictObject({
  code: z.string().max(64),
  reference: z.string().max(200),
});

const addressBody = z.strictObject({
  fullName: z.string().trim().min(1).max(200),
  company: z.string().trim().max(200).optional(),
  line1: z.string().trim().min(1).max(200),
  line2: z.string().trim().max(200).optional(),
  district: z.string().trim().max(200).optional(),
  city: z.string().trim().min(1).max(200),
  region: z.string().trim().max(200).optional(),
  postalCode: z.string().trim().max(20).optional(),
  country: z.string().regex(/^[A-Z]{2}$/, "Two capitals, ISO 3166-1."),
  phone: z.string().trim().max(40).optional(),
});

export const editBody = z.strictObject({
  editId: id,
  reason,
  quantities: z
    .array(z.strictObject({ lineId, quantity: z.int().min(0).max(100_000) }))
    .max(MAX_LINES)
    .optional()
    .describe("New quantities by line; 0 takes a line away."),
  added: z
    .array(z.strictObject({ variantId: z.string().min(1).max(100), quantity }))
    .max(MAX_LINES)
    .optional()
    .describe("Goods to add, at today's price."),
  address: addressBody.optional(),
  deliveryMethodId: z.string().min(1).max(100).optional(),
  payment: z
    .union([
      z.strictObject({ kind: z.literal("link") }),
      z.strictObject({ kind: z.literal("bank_transfer") }),
    ])
    .optional()
    .describe("How a difference is paid: by a link that the buyer opens, or by bank transfer."),
  exchangeReturnId: id.optional().describe("Set the worth of this return against the difference."),
});
export const abandonBody = z.strictObject({ reason });

export const returnBody = z.strictObject({
  returnId: id,
  wish: z.enum(["refund", "exchange"]).default("refund"),
  reason,
  lines: z.array(z.strictObject({ lineId, quantity })).min(1).max(MAX_LINES),
});
export const declineBody = z.strictObject({ reason });
export const receiptBody = z.strictObject({
  receiptId: id,
  lines: z
    .array(z.strictObject({ lineId, quantity, condition: z.enum(["restock", "scrap"]) }))
    .min(1)
    .max(MAX_LINES),
});
export const closeReturnBody = z.strictObject({ refund: moneyBody.optional(), from });

export const noteBody = z.strictObject({
  noteId: id,
  text: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS),
});
export const tagsBody = z.strictObject({ tags: z.array(z.string().max(MAX_TAG_CHARACTERS * 2)).max(50) });

export const eventsQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "Use the nextCursor of the page before.")
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});
export const eventsAnswer = z.object({
  items: z.array(
    z.object({
      sequence: z.int(),
      type: z.string(),
      version: z.int(),
      occurredAt: z.iso.datetime(),
      actor: z.string(),
      data: z.unknown(),
    }),
  ),
  nextCursor: z.string().optional(),
});

const skuQuantity = z.object({ sku: z.string(), quantity: z.int() });
export const previewAnswer = z
  .object({
    version: z.int(),
    difference: moneySchema,
    credit: moneySchema,
    due: moneySchema,
    refund: moneySchema,
    total: moneySchema,
    addedUnits: z.array(skuQuantity),
    removedUnits: z.array(skuQuantity),
    isAddressChanged: z.boolean(),
    isDeliveryChanged: z.boolean(),
  })
  .meta({ id: "OrderEditPreview" });

/** An order with what only staff see. */
export const staffOrderAnswer = orderAnswer
  .extend({
    attentionReason: z.string().optional(),
    refundable: moneySchema,
    paidByVouchers: moneySchema,
    actions: z.record(z.string(), z.boolean()),
    edit: z
      .object({
        id: z.string(),
        part: z.int(),
        stage: z.string(),
        reason: z.string(),
        lines: z.array(lineAnswer),
        address: addressAnswer,
        difference: moneySchema,
        credit: moneySchema,
        due: moneySchema,
        paymentStatus: z.string(),
        redirectUrl: z.string().optional(),
        instructions: z.string().optional().describe("Where a transfer of the difference goes."),
      })
      .optional(),
    edits: z.array(
      z.object({
        id: z.string(),
        part: z.int(),
        outcome: z.string(),
        reason: z.string(),
        difference: moneySchema,
        endedAt: z.string(),
      }),
    ),
    notes: z.array(z.object({ id: z.string(), text: z.string(), author: z.string(), writtenAt: z.string() })),
    tags: z.array(z.string()),
    attention: z.array(z.object({ code: z.string(), reference: z.string(), raisedAt: z.string() })),
  })
  .meta({ id: "StaffOrder" });
