import { prefixOf, type Market, type MarketView } from "#pricing";
import type { ShopPlace } from "#web";

/** The market of a cart; the default one when it names none, or one that there is not any more. */
export const marketOfCart = (markets: readonly Market[], marketId: string | undefined): Market | undefined =>
  markets.find((market) => market.marketId === marketId) ?? markets.find((market) => market.isDefault);

/** Where a private page of that cart is read. It has one address, so it is nowhere else. */
export function placeOf(view: MarketView): ShopPlace {
  const prefix = prefixOf(view);
  return {
    marketId: view.market.marketId,
    locale: view.locale,
    pricesIncludeTax: view.market.pricesIncludeTax,
    prefix: prefix === "" ? "" : `/${prefix}`,
    elsewhere: [],
  };
}
