import type { Context } from "hono";
import { prefixOf, type Market, type MarketView } from "#pricing";
import { HOME_PLACE, type ShopPlace } from "#web";
import { localeIn, marketOfCart } from "../app/reading-locale.ts";

/**
 * Shows the page of a request in the market of a cart: its links lead there, its prices are of there, in the shopper's
 * own language where the market speaks it. The page has one address, so it is nowhere else.
 */
export function standInCart(
  c: Context,
  markets: readonly Market[],
  marketId: string | undefined,
): Market | undefined {
  const market = marketOfCart(markets, marketId);
  if (!market) return undefined;
  const before = (c.get("place") as ShopPlace | undefined) ?? HOME_PLACE;
  const view: MarketView = { market, locale: localeIn(market, before.locale) };
  const prefix = prefixOf(view);
  c.set("marketView", view);
  c.set("place", {
    ...before,
    marketId: market.marketId,
    locale: view.locale,
    pricesIncludeTax: market.pricesIncludeTax,
    prefix: prefix === "" ? "" : `/${prefix}`,
  } satisfies ShopPlace);
  return market;
}
