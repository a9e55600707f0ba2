import { invariant } from "#kernel";
import type { VariantInput } from "../contract.ts";

/** What a list shows and sorts by, worked out from the variants when a product is saved. */
export type ListingPrices = {
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  /** Former price of the cheapest variant, when that one is reduced: it stands beside `priceMinMinor`. */
  readonly compareAtMinor?: number;
  readonly variantCount: number;
};

/** Projects the variants of a product; there is at least one. */
export function projectListing(
  variants: readonly Pick<VariantInput, "priceMinor" | "compareAtMinor">[],
): ListingPrices {
  invariant(variants.length > 0, "a product has at least one variant");
  const prices = variants.map(({ priceMinor }) => priceMinor);
  const priceMinMinor = Math.min(...prices);
  const compareAt = variants
    .filter(({ priceMinor }) => priceMinor === priceMinMinor)
    .flatMap(({ compareAtMinor }) => (compareAtMinor === undefined ? [] : [compareAtMinor]));
  return {
    priceMinMinor,
    priceMaxMinor: Math.max(...prices),
    ...(compareAt.length === 0 ? {} : { compareAtMinor: Math.max(...compareAt) }),
    variantCount: variants.length,
  };
}

/** Folds text for sorting and for comparing words: small letters without marks. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .trim();
