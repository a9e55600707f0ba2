import { compareText } from "#kernel";
import type { OrderDraft } from "../contract.ts";

/** One claim on a voucher object: a use of a coupon (amount 0), or money of a gift card or credit. */
export type VoucherClaim = {
  readonly voucherId: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly customer: string;
};

/** The buyer as per-customer limits count: the same person however the address is typed. */
const customerOf = (email: string): string => email.trim().normalize("NFC").toLowerCase();

/**
 * What a draft claims of vouchers, in canonical order, after its stock. Uses of one coupon on several lines are one
 * claim; amounts of one gift card are added up.
 */
export function voucherClaims(draft: OrderDraft): VoucherClaim[] {
  const amounts = new Map<string, number>();
  for (const { voucherId } of draft.discounts) if (voucherId !== undefined) amounts.set(voucherId, 0);
  for (const { voucherId, amountMinor } of draft.tenders)
    amounts.set(voucherId, (amounts.get(voucherId) ?? 0) + amountMinor);
  const base = { currency: draft.currency, customer: customerOf(draft.email) };
  return [...amounts]
    .map(([voucherId, amountMinor]) => ({ voucherId, amountMinor, ...base }))
    .sort((a, b) => compareText(a.voucherId, b.voucherId));
}

/** What gift cards and credit pay of a draft. */
export const tendersMinor = (draft: OrderDraft): number =>
  draft.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
