import { invariant } from "#kernel";
import type { VariantInput } from "../contract.ts";

/** What a list shows and sorts by, worked out from the variants when a product is saved. */
export type ListingPrices = {
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  /** Former price of the cheapest variant, when that one is reduced: it stands beside `priceMinMinor`. */
  readonly compareAtMinor?: number;
  readonly variantCount: number;
  /** Colours that can be chosen; 0 for a product without such an option. */
  readonly colourCount: number;
};

/** What merchants call the option of a colour, in the languages of the shop and of common exports. */
const COLOUR_OPTIONS = new Set(
  "colour colours color colors farbe couleur colore color kleur kulor farg farve vari ink اللون".split(" "),
);

/** Projects the variants of a product by its options; there is at least one. */
export function projectListing(
  variants: readonly Pick<VariantInput, "priceMinor" | "compareAtMinor" | "optionValues">[],
  options: readonly string[],
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
    colourCount: countColours(variants, options),
  };
}

function countColours(
  variants: readonly Pick<VariantInput, "optionValues">[],
  options: readonly string[],
): number {
  const place = options.findIndex((name) => COLOUR_OPTIONS.has(foldText(name)));
  return place < 0 ? 0 : new Set(variants.map(({ optionValues }) => optionValues[place] ?? "")).size;
}

/** Folds text for sorting and for comparing words: small letters without marks. */
export const foldText = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .trim();
