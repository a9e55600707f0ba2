import * as z from "zod";
import type { EventEnvelope } from "#platform";
import { epochMs } from "#kernel";
import { VOUCHER_CHANGED, type VoucherTerms, type VoucherView } from "../contract.ts";

const count = z.int().min(0);
const instant = z.int().min(0).transform(epochMs);
const names = z.array(z.string().min(1));

const coupon = z.object({
  kind: z.literal("coupon"),
  code: z.string().min(1),
  note: z.string(),
  benefit: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("percent"), ppm: count }),
    z.object({ kind: z.literal("fixed"), amountMinor: count }),
    z.object({ kind: z.literal("free_delivery") }),
  ]),
  isDisabled: z.boolean(),
  isCombinable: z.boolean(),
  maxUses: z.exactOptional(count),
  maxUsesPerCustomer: z.exactOptional(count),
  validFrom: z.exactOptional(instant),
  validUntil: z.exactOptional(instant),
  minimumMinor: z.exactOptional(count),
  currencies: names,
  countries: names,
  productHandles: names,
  collectionHandles: names,
});
const account = {
  note: z.string(),
  currency: z.string().length(3),
  hint: z.string(),
  isDisabled: z.boolean(),
  validUntil: z.exactOptional(instant),
};

const terms = z.discriminatedUnion("kind", [
  coupon,
  z.object({ kind: z.literal("gift_card"), ...account }),
  z.object({
    kind: z.literal("store_credit"),
    ...account,
    customer: z.string().min(1),
    codeHash: z.string().min(1),
  }),
]) satisfies z.ZodType<VoucherTerms>;

/** A voucher's newest state, version 1. It must be of the voucher that the envelope names. */
export const voucherEventSchema = z
  .looseObject({
    id: z.string().min(1).max(400),
    type: z.literal(VOUCHER_CHANGED),
    aggregate: z.looseObject({ kind: z.literal("voucher"), id: z.string().min(1) }),
    sequence: z.int().min(1),
    occurredAt: z.iso.datetime(),
    version: z.literal(1),
    data: z.object({
      voucherId: z.string().min(1),
      terms,
      usedCount: count,
      held: count,
      balanceMinor: count,
      version: z.int().min(1),
      updatedAt: instant,
    }),
    traceparent: z.string().max(200),
  })
  .refine(
    (event) => event.aggregate.id === event.data.voucherId && event.sequence === event.data.version,
    "the state is of the aggregate",
  ) satisfies z.ZodType<EventEnvelope<typeof VOUCHER_CHANGED, VoucherView>>;
