import { compareText } from "#kernel";
import { speaksTo, type PriceContext, type PriceList } from "./price-list.ts";

/** A price that a list offers for one variant, from a quantity on, in the currency of the question. */
export type PriceCandidate = {
  readonly list: PriceList;
  readonly minQuantity: number;
  readonly amountMinor: number;
  readonly compareAtMinor?: number;
};

/** How many conditions a list names: the one that knows more about the buyer wins over the general one. */
const specificityOf = ({ marketId, customerGroup, channel }: PriceList): number =>
  [marketId, customerGroup, channel].filter((condition) => condition !== undefined).length;

/**
 * The candidate that is charged; `undefined` when none applies and the base price holds. A list speaks with one voice:
 * of its prices the one with the largest quantity that is reached. Among lists, in this order: the higher priority, the
 * more conditions (market, group, channel), the lower amount, the smaller list id. Total and deterministic: the order of
 * the candidates changes nothing.
 */
export function resolvePrice(
  context: PriceContext & { readonly quantity: number },
  candidates: readonly PriceCandidate[],
): PriceCandidate | undefined {
  const voices = new Map<string, PriceCandidate>();
  for (const candidate of candidates) {
    if (candidate.minQuantity > context.quantity || !speaksTo(candidate.list, context)) continue;
    const said = voices.get(candidate.list.listId);
    if (!said || candidate.minQuantity > said.minQuantity) voices.set(candidate.list.listId, candidate);
  }
  return [...voices.values()].sort(inOrder)[0];
}

const inOrder = (a: PriceCandidate, b: PriceCandidate): number =>
  b.list.priority - a.list.priority ||
  specificityOf(b.list) - specificityOf(a.list) ||
  a.amountMinor - b.amountMinor ||
  compareText(a.list.listId, b.list.listId);
