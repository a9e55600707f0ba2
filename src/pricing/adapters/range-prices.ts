import type { D1Reader } from "#platform";
import { marketBaseMinor, type Market } from "../domain/market.ts";
import { priceFor, staleVariants, type ResolvedPrice } from "../domain/price-for.ts";
import { readRows, RESOLVED_COLUMNS, type ResolvedRow } from "./resolved-read.ts";

/** Rows of one question: five hundred products of two hundred and fifty variants. */
const MAX_ROWS = 125_000;
/** Variants that are worked out anew for one page; what is left is shown at what it will be. */
const MAX_REFRESHED = 500;
/** Variants that one call works out. */
const REFRESHED_AT_ONCE = 100;

/** What one unit costs everybody in a market, for products in a row; along the index of products. */
export const RANGE_PRICES_SQL = `SELECT ${RESOLVED_COLUMNS} FROM resolved_prices r
  WHERE r.product_number BETWEEN ?1 AND ?2 AND r.market_id = ?3 AND r.customer_group = '' AND r.min_quantity = 1
  LIMIT ${MAX_ROWS}`;

export type RangePriceOptions = {
  readonly db: D1Reader;
  readonly market: Market;
  readonly shopCurrency: string;
  /** Works prices out again that are stale. */
  readonly refresh: (variantIds: readonly string[]) => Promise<void>;
  readonly now: () => number;
};

type Priced = { readonly variantId: string; readonly priceMinor: number; readonly compareAtMinor?: number };
export type MarketPrice = {
  readonly currency: string;
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
};

/**
 * Prices of the variants of products from `first` to `last`, as the market's pages show them: what is stale is worked out
 * first, and what cannot be is at the base price of the market.
 */
export async function rangePrices(
  options: RangePriceOptions,
  range: { readonly first: number; readonly last: number; readonly variants: readonly Priced[] },
): Promise<(variant: Priced) => MarketPrice> {
  const { market, shopCurrency } = options;
  let prices = await read(options, range);
  const stale = staleOf(options, range.variants, prices).slice(0, MAX_REFRESHED);
  for (let at = 0; at < stale.length; at += REFRESHED_AT_ONCE)
    await options.refresh(stale.slice(at, at + REFRESHED_AT_ONCE));
  if (stale.length > 0) prices = await read(options, range);
  const stillStale = new Set(staleOf(options, range.variants, prices));
  return (variant) => {
    const priced = stillStale.has(variant.variantId)
      ? undefined
      : priceFor({ ...variant, currency: shopCurrency }, 1, {
          market,
          prices: prices.get(variant.variantId) ?? [],
        });
    if (!priced)
      return {
        currency: market.currency,
        priceMinor: marketBaseMinor(variant.priceMinor, market, shopCurrency),
      };
    const { currency, priceMinor, compareAtMinor } = priced;
    return { currency, priceMinor, ...(compareAtMinor === undefined ? {} : { compareAtMinor }) };
  };
}

type ByVariant = ReadonlyMap<string, readonly ResolvedPrice[]>;

async function read(
  { db, market }: RangePriceOptions,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<ByVariant> {
  const { results } = await db
    .prepare(RANGE_PRICES_SQL)
    .bind(first, last, market.marketId)
    .all<ResolvedRow>();
  return Map.groupBy(readRows(results), ({ variantId }) => variantId);
}

const staleOf = (
  { market, now }: RangePriceOptions,
  variants: readonly Priced[],
  prices: ByVariant,
): readonly string[] => {
  const at = now();
  return variants.flatMap((variant) =>
    staleVariants([variant], { market, prices: prices.get(variant.variantId) ?? [] }, at),
  );
};
