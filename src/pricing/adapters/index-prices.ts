import type { IndexedProduct } from "#catalog";
import type { D1Reader } from "#platform";
import { marketBaseMinor, type Market } from "../domain/market.ts";

const RANGE = "c.product_number, c.price_min_minor, c.price_max_minor, c.compare_at_minor";

/** What cards of another market cost, for the same products as the index of lists reads, along the primary key. */
export const INDEX_PRICES_SQL = {
  /** Products from a number on. */
  page: `SELECT ${RANGE} FROM (SELECT number FROM products WHERE number > ?1 ORDER BY number LIMIT ?2) p
    CROSS JOIN product_prices c ON c.product_number = p.number AND c.market_id = ?3 LIMIT ?2`,
  /** Products that changed after a place of the change feed. */
  changes: `SELECT ${RANGE} FROM (SELECT product_number FROM catalog_changes WHERE sequence > ?1 ORDER BY sequence LIMIT ?2) f
    CROSS JOIN product_prices c ON c.product_number = f.product_number AND c.market_id = ?3 LIMIT ?2`,
} as const;

/** The prices of a page or of changes in a market, to be read together with their products. */
export const indexPricesRead = (
  db: Pick<D1Reader, "prepare">,
  of: keyof typeof INDEX_PRICES_SQL,
  { after, limit, marketId }: { readonly after: number; readonly limit: number; readonly marketId: string },
): D1PreparedStatement => db.prepare(INDEX_PRICES_SQL[of]).bind(after, limit, marketId);

type RangeRow = {
  readonly product_number: number;
  readonly price_min_minor: number;
  readonly price_max_minor: number;
  readonly compare_at_minor: number | null;
};

/**
 * Puts a market's prices in place of the default market's, as its cards show them: what is not worked out yet stands at the
 * base price of the market, and is not reduced. `results` are rows of {@link indexPricesRead}.
 */
export function pricedInMarket(
  results: readonly unknown[],
  market: Market,
  shopCurrency: string,
): (product: IndexedProduct) => IndexedProduct {
  const rows = new Map((results as readonly RangeRow[]).map((row) => [row.product_number, row]));
  const base = (amountMinor: number): number => marketBaseMinor(amountMinor, market, shopCurrency);
  return (product) => {
    const row = rows.get(product.number);
    return {
      ...product,
      priceMinMinor: row?.price_min_minor ?? base(product.priceMinMinor),
      priceMaxMinor: row?.price_max_minor ?? base(product.priceMaxMinor),
      isReduced: (row?.compare_at_minor ?? null) !== null,
    };
  };
}
