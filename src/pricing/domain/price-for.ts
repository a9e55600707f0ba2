import type { Market } from "./market.ts";
import { includedTaxMinor } from "#kernel";
import { stepFor } from "./price-ladder.ts";
import type { TaxClass, TaxRate } from "./tax-table.ts";

/** A step of a variant's price as it was worked out for one market and group. */
export type ResolvedPrice = {
  readonly variantId: string;
  /** Empty for everybody. */
  readonly customerGroup: string;
  readonly minQuantity: number;
  readonly amountMinor: number;
  readonly compareAtMinor?: number;
  readonly lowest30DaysMinor?: number;
  readonly listId?: string;
  /** The variant's own price that it was worked out from. */
  readonly baseMinor: number;
  readonly validUntilMs?: number;
};

/** The market that prices are asked for in, and what was worked out for it. */
export type PriceTerms = {
  readonly market: Market;
  /** For everybody and for at most one group, of every variant that is asked about. */
  readonly prices: readonly ResolvedPrice[];
  /** For a buyer who is relieved of tax: the rates whose tax comes off prices that contain it. */
  readonly taxOff?: readonly TaxRate[];
};

type Priced = {
  readonly variantId: string;
  readonly currency: string;
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  readonly lowest30DaysMinor?: number;
  readonly taxClass?: TaxClass;
};

/** The steps of a variant, ascending: those of the group where it has some, else those for everybody. */
export function stepsOf(variantId: string, prices: readonly ResolvedPrice[]): readonly ResolvedPrice[] {
  const rows = prices.filter((price) => price.variantId === variantId);
  const own = rows.filter((price) => price.customerGroup !== "");
  return [...(own.length > 0 ? own : rows)].sort((a, b) => a.minQuantity - b.minQuantity);
}

/**
 * A variant with what one unit costs when this many are bought: the one way from a resolved price to a shown or charged
 * one. Without rows the default market asks for the variant's own price; another market does not sell it (`undefined`).
 */
export function priceFor<V extends Priced>(
  variant: V,
  quantity: number,
  terms: PriceTerms | undefined,
): V | undefined {
  if (!terms) return variant;
  const step = stepFor(stepsOf(variant.variantId, terms.prices), quantity);
  if (!step) return terms.market.isDefault ? withoutTax(variant, terms) : undefined;
  const { compareAtMinor: _own, ...rest } = variant;
  const priced = {
    ...rest,
    currency: terms.market.currency,
    priceMinor: step.amountMinor,
    ...(step.compareAtMinor === undefined ? {} : { compareAtMinor: step.compareAtMinor }),
    ...(step.lowest30DaysMinor === undefined ? {} : { lowest30DaysMinor: step.lowest30DaysMinor }),
    // The spread of a generic type loses what was left out of it; everything else is the variant's own.
  } as unknown as V;
  return withoutTax(priced, terms);
}

/** The price that a buyer pays who is relieved of tax, where prices contain it. */
function withoutTax<V extends Priced>(variant: V, { market, taxOff }: PriceTerms): V {
  if (!taxOff || !market.pricesIncludeTax) return variant;
  const ratePpm = taxOff.find(({ taxClass }) => taxClass === variant.taxClass)?.ratePpm ?? 0;
  const off = (amountMinor: number): number => amountMinor - includedTaxMinor(amountMinor, ratePpm);
  const { compareAtMinor, lowest30DaysMinor } = variant;
  return {
    ...variant,
    priceMinor: off(variant.priceMinor),
    ...(compareAtMinor === undefined ? {} : { compareAtMinor: off(compareAtMinor) }),
    ...(lowest30DaysMinor === undefined ? {} : { lowest30DaysMinor: off(lowest30DaysMinor) }),
  };
}

/**
 * Variants whose price must be worked out again before it is shown or charged: worked out from another price than the
 * variant has now, past the instant until which it holds, or not worked out yet in a market that needs it.
 */
export const staleVariants = (
  variants: readonly Pick<Priced, "variantId" | "priceMinor">[],
  { market, prices }: PriceTerms,
  atMs: number,
): readonly string[] =>
  variants
    .filter(({ variantId, priceMinor }) => {
      const rows = prices.filter((price) => price.variantId === variantId);
      if (rows.length === 0) return !market.isDefault;
      return rows.some(
        (row) => row.baseMinor !== priceMinor || (row.validUntilMs ?? Number.MAX_SAFE_INTEGER) <= atMs,
      );
    })
    .map(({ variantId }) => variantId);
