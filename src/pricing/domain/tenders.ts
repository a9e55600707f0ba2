import { invariant } from "#kernel";

/** Money of a card or credit that may pay for this order, in minor units of the order's currency. */
export type Fund = {
  readonly voucherId: string;
  readonly kind: "gift_card" | "store_credit";
  readonly label: string;
  readonly availableMinor: number;
};

/** What one of them pays. */
export type AppliedTender = {
  readonly voucherId: string;
  readonly kind: Fund["kind"];
  readonly label: string;
  readonly amountMinor: number;
};

/** Pays a total from funds, in the order given, until nothing is left of either. A fund that pays nothing is left out. */
export function applyFunds(totalMinor: number, funds: readonly Fund[]): readonly AppliedTender[] {
  let leftMinor = totalMinor;
  const tenders: AppliedTender[] = [];
  for (const { availableMinor, ...fund } of funds) {
    invariant(Number.isSafeInteger(availableMinor) && availableMinor >= 0, "a fund holds whole minor units");
    const amountMinor = Math.min(availableMinor, leftMinor);
    if (amountMinor === 0) continue;
    tenders.push({ ...fund, amountMinor });
    leftMinor -= amountMinor;
  }
  return tenders;
}
