import type { Market } from "#pricing";
import type { CheckoutPorts, PriceRequest, ShopSettings } from "./ports.ts";

/** The language of a market that is closest to the one that the shopper reads. */
export function localeIn(market: Market, wanted: string): string {
  const language = wanted.split("-", 1)[0];
  return (
    market.locales.find((locale) => locale === wanted) ??
    market.locales.find((locale) => locale.split("-", 1)[0] === language) ??
    market.defaultLocale
  );
}

/** The market of a cart; the default one when it names none, or one that there is not any more. */
export const marketOfCart = (markets: readonly Market[], marketId: string | undefined): Market | undefined =>
  markets.find((market) => market.marketId === marketId) ?? markets.find((market) => market.isDefault);

/** The language that a cart's pages, its order and its mails are in: the shopper's own where its market speaks it. */
export async function localeOfCart(
  { markets, shop }: Pick<CheckoutPorts, "markets" | "shop">,
  marketId: string | undefined,
): Promise<string> {
  const market = marketId === undefined ? undefined : marketOfCart(await markets(), marketId);
  return market ? localeIn(market, shop.locale) : shop.locale;
}

/** How prices are asked for so that goods are named in a language; nothing for the shop's own. */
export const namedIn = (
  locale: string,
  { ownLocale }: Pick<ShopSettings, "ownLocale">,
): Pick<PriceRequest, "locale"> => (locale === ownLocale ? {} : { locale });
