import * as z from "zod";
import { epochMs, toIso } from "#kernel";
import type { CouponTerms, VoucherJournalEntry, VoucherView } from "../contract.ts";
import {
  MAX_AMOUNT_MINOR,
  MAX_JOURNAL_PAGE,
  MAX_NOTE_CHARACTERS,
  MAX_SCOPE_ENTRIES,
  MAX_USES,
  MAX_VOUCHER_PAGE,
} from "../domain/limits.ts";

/** Wire schemas of the staff's API. Bodies are strict: an unknown member is a mistake that its sender should hear of. */

const instant = z.iso.datetime({ offset: true }).transform((text) => epochMs(Date.parse(text)));
const amount = z.int().min(1).max(MAX_AMOUNT_MINOR);
const note = z.string().max(MAX_NOTE_CHARACTERS);
const uses = z.int().min(1).max(MAX_USES);
const currency = z.string().regex(/^[A-Z]{3}$/, "Send an ISO 4217 code, such as EUR.");
const handles = z.array(z.string().min(1).max(200)).max(MAX_SCOPE_ENTRIES).default([]);

export const couponBody = z.strictObject({
  note: note.default("").describe("For staff."),
  benefit: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("percent"),
      ppm: z.int().min(1).max(1_000_000).describe("Parts per million: 100000 is 10 %."),
    }),
    z.strictObject({ kind: z.literal("fixed"), amountMinor: amount }),
    z.strictObject({ kind: z.literal("free_delivery") }),
  ]),
  isDisabled: z.boolean().default(false),
  isCombinable: z.boolean().default(false),
  maxUses: uses.optional(),
  maxUsesPerCustomer: uses.optional(),
  validFrom: instant.optional(),
  validUntil: instant.optional().describe("Exclusive."),
  minimumMinor: amount.optional().describe("Of the goods that count, before discounts."),
  currencies: z.array(currency).max(MAX_SCOPE_ENTRIES).default([]).describe("Empty: every currency."),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "Send an ISO 3166-1 alpha-2 code, such as DE."))
    .max(MAX_SCOPE_ENTRIES)
    .default([])
    .describe("Empty: every country."),
  productHandles: handles.describe("Goods that count; empty together with collectionHandles: all goods."),
  collectionHandles: handles,
});

export const issueBody = z.strictObject({
  currency,
  amountMinor: amount,
  note: note.default(""),
  validUntil: instant.optional(),
  code: z.string().min(1).max(64).optional().describe("A code that was printed elsewhere, of 20 characters."),
});
export const creditBody = issueBody.extend({ email: z.email().max(254) });

export const changeBody = z
  .strictObject({
    note: note.optional(),
    isDisabled: z.boolean().optional(),
    validUntil: instant.nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, "Send at least one member.");

export const adjustmentBody = z.strictObject({
  adjustmentId: z.string().min(1).max(200).optional().describe("The same id applies once."),
  amountMinor: z
    .int()
    .min(-MAX_AMOUNT_MINOR)
    .max(MAX_AMOUNT_MINOR)
    .refine((value) => value !== 0, "Send an amount other than 0."),
  reason: z.string().min(1).max(MAX_NOTE_CHARACTERS),
  expectedVersion: z.int().min(1).optional(),
});

export const listQuery = z.object({
  search: z
    .string()
    .max(120)
    .optional()
    .describe("Beginning of a code, a card's last characters, or an address."),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_VOUCHER_PAGE).default(50),
});
export const journalQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "Use the nextCursor of the page before.")
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_JOURNAL_PAGE).default(50),
});
export const codeParam = z.object({
  code: z.string().regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/, "Use capital letters, digits and single hyphens."),
});
export const idParam = z.object({ id: z.string().regex(/^[0-9a-z]{32}$/, "Use the id of a voucher.") });

export const voucherAnswer = z
  .looseObject({
    id: z.string(),
    kind: z.enum(["coupon", "gift_card", "store_credit"]),
    usedCount: z.int(),
    held: z.int().describe("What unfinished orders hold: uses of a coupon, minor units of a card or credit."),
    balanceMinor: z.int(),
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .describe("With the members of its terms.")
  .meta({ id: "Voucher" });
export const issuedAnswer = voucherAnswer.extend({
  code: z.string().describe("Told this once; it is stored nowhere."),
});
export const voucherListAnswer = z.object({
  items: z.array(voucherAnswer),
  nextCursor: z.string().optional(),
});
const entryAnswer = z
  .looseObject({
    sequence: z.int(),
    kind: z.string(),
    reason: z.string(),
    actor: z.string(),
    reference: z.string(),
  })
  .meta({ id: "VoucherJournalEntry" });
export const journalAnswer = z.object({ items: z.array(entryAnswer), nextCursor: z.string().optional() });

/** A voucher on the wire: its terms beside its numbers, instants as text, no hash of a code. */
export function renderVoucher({ voucherId, terms, updatedAt, ...numbers }: VoucherView) {
  const { validFrom, ...rest } = { validFrom: undefined, ...terms };
  const shown = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "codeHash"));
  return {
    id: voucherId.slice(voucherId.indexOf(":") + 1),
    ...shown,
    kind: terms.kind,
    ...(validFrom === undefined ? {} : { validFrom: toIso(validFrom) }),
    ...(terms.validUntil === undefined ? {} : { validUntil: toIso(terms.validUntil) }),
    ...numbers,
    updatedAt: toIso(updatedAt),
  };
}

export const renderEntry = (entry: VoucherJournalEntry) => ({
  ...entry,
  occurredAt: toIso(entry.occurredAt),
});

/** Terms from a body whose optional members may be absent. */
export function toCouponTerms(code: string, body: z.output<typeof couponBody>): CouponTerms {
  const { maxUses, maxUsesPerCustomer, validFrom, validUntil, minimumMinor, ...rest } = body;
  return {
    kind: "coupon",
    code,
    ...rest,
    ...(maxUses === undefined ? {} : { maxUses }),
    ...(maxUsesPerCustomer === undefined ? {} : { maxUsesPerCustomer }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
    ...(minimumMinor === undefined ? {} : { minimumMinor }),
  };
}
