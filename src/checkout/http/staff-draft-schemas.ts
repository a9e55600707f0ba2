import * as z from "zod";
import { toIso } from "#kernel";
import { moneySchema } from "#web";
import { MAX_EMAIL_CHARACTERS } from "../limits.ts";
import type { PricedStaffDraft, StaffDraft } from "../app/staff-draft.ts";
import { addressBody } from "./schemas.ts";

/** Lines of a draft: what one D1 statement reads. */
const MAX_DRAFT_LINES = 50;
const MAX_DRAFT_QUANTITY = 10_000;
const MAX_AMOUNT_MINOR = 10_000_000_000;
const MAX_NOTE_CHARACTERS = 2_000;

const amount = z.int().min(0).max(MAX_AMOUNT_MINOR);

/** What staff write; everything but the lines may come later. */
export const staffDraftBody = z.strictObject({
  market: z.exactOptional(
    z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, "Send the key of a market, such as ch.")
      .describe(
        "Whose prices and tax hold; absent: that of the country if it has the currency, else the default one.",
      ),
  ),
  customerId: z.exactOptional(
    z
      .string()
      .regex(/^cus_[a-z0-9]{26,64}$/, "Send the id of a customer.")
      .describe("Their prices and their tax hold."),
  ),
  customerGroup: z.exactOptional(
    z.string().trim().min(1).max(60).describe("Whose prices the buyer gets; absent: everybody's."),
  ),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "Send an ISO 4217 code, such as EUR.")
    .describe("The market's."),
  country: z.string().regex(/^[A-Z]{2}$/, "Send an ISO 3166-1 alpha-2 code, such as DE."),
  email: z.exactOptional(z.string().max(MAX_EMAIL_CHARACTERS)),
  address: z.exactOptional(addressBody),
  deliveryMethodId: z.exactOptional(z.string().min(1).max(80)),
  lines: z
    .array(
      z.strictObject({
        id: z.exactOptional(z.string().regex(/^lin_[a-z0-9]{1,40}$/, "Send an id that the draft has given.")),
        variantId: z.string().min(1).max(80),
        quantity: z.int().min(1).max(MAX_DRAFT_QUANTITY),
        unitPriceMinor: z.exactOptional(
          amount.describe("A price that was agreed to; else the one that holds."),
        ),
      }),
    )
    .max(MAX_DRAFT_LINES),
  discount: z.exactOptional(
    z
      .strictObject({ label: z.string().trim().min(1).max(80), amountMinor: amount })
      .describe("Taken off the goods."),
  ),
  note: z.exactOptional(z.string().max(MAX_NOTE_CHARACTERS)),
});

export const placeDraftBody = z.strictObject({
  payment: z.discriminatedUnion("kind", [
    z
      .strictObject({ kind: z.literal("link"), provider: z.exactOptional(z.string().min(1).max(40)) })
      .describe("The buyer gets a link to the provider's page."),
    z.strictObject({ kind: z.literal("manual"), method: z.enum(["bank_transfer", "cash_on_delivery"]) }),
  ]),
});

export const staffDraftAnswer = z
  .object({
    id: z.string(),
    status: z.enum(["open", "placing", "placed", "cancelled"]),
    version: z.int(),
    market: z.string().optional().describe("Absent: the default market."),
    customerId: z.string().optional(),
    customerGroup: z.string().optional(),
    currency: z.string(),
    country: z.string(),
    email: z.string().optional(),
    address: z.looseObject({}).optional(),
    deliveryMethodId: z.string().optional(),
    note: z.string().optional(),
    orderId: z.string().optional(),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    lines: z.array(
      z.object({
        id: z.string(),
        variantId: z.string(),
        sku: z.string(),
        title: z.string(),
        variantTitle: z.string(),
        quantity: z.int(),
        unitPrice: moneySchema,
        discount: moneySchema,
        total: moneySchema,
      }),
    ),
    unknownLineIds: z
      .array(z.string())
      .describe("Lines whose variant is not sold any more; not in the totals."),
    missing: z
      .array(z.enum(["lines", "email", "address", "delivery"]))
      .describe("What it lacks to become an order."),
    items: moneySchema,
    discount: moneySchema,
    delivery: moneySchema,
    tax: moneySchema,
    isTaxAdded: z.boolean().describe("True: prices are without tax, and it stands on top of them."),
    total: moneySchema,
  })
  .meta({ id: "StaffDraft" });

export const staffDraftListAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      status: z.enum(["open", "placing", "placed", "cancelled"]),
      version: z.int(),
      email: z.string().optional(),
      orderId: z.string().optional(),
      lineCount: z.int(),
      updatedAt: z.string(),
    }),
  ),
  nextCursor: z.string().optional(),
});

/** A draft as the API shows it. */
export function renderStaffDraft({ draft, order, unknownLineIds, missing }: PricedStaffDraft) {
  const { document } = draft;
  const money = (amountMinor: number) => ({ currency: document.currency, amountMinor });
  return {
    id: draft.draftId,
    status: draft.status,
    version: draft.version,
    ...(document.marketId === undefined ? {} : { market: document.marketId }),
    ...(document.customerId === undefined ? {} : { customerId: document.customerId }),
    ...(document.customerGroup === undefined ? {} : { customerGroup: document.customerGroup }),
    currency: document.currency,
    country: document.country,
    ...(document.email === undefined ? {} : { email: document.email }),
    ...(document.address === undefined ? {} : { address: document.address }),
    ...(document.deliveryMethodId === undefined ? {} : { deliveryMethodId: document.deliveryMethodId }),
    ...(document.note === undefined ? {} : { note: document.note }),
    ...(draft.orderId === undefined ? {} : { orderId: draft.orderId }),
    createdBy: draft.createdBy,
    createdAt: toIso(draft.createdAt),
    updatedAt: toIso(draft.updatedAt),
    lines: order.lines.map((line) => ({
      id: line.lineId,
      variantId: line.variantId,
      sku: line.sku,
      title: line.title,
      variantTitle: line.variantTitle,
      quantity: line.quantity,
      unitPrice: money(line.unitPriceMinor),
      discount: money(line.discountMinor),
      total: money(line.totalMinor),
    })),
    unknownLineIds,
    missing,
    items: money(order.itemsMinor),
    discount: money(order.discountMinor),
    delivery: money(order.deliveryMinor),
    tax: money(order.taxMinor),
    isTaxAdded: order.isTaxAdded === true,
    total: money(order.totalMinor),
  };
}

export const renderDraftRow = ({ draftId, status, version, document, orderId, updatedAt }: StaffDraft) => ({
  id: draftId,
  status,
  version,
  ...(document.email === undefined ? {} : { email: document.email }),
  ...(orderId === undefined ? {} : { orderId }),
  lineCount: document.lines.length,
  updatedAt: toIso(updatedAt),
});
