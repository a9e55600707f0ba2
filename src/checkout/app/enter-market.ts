import { ok, refuse, type CartId, type Result } from "#kernel";
import type { CartRefusal, CartView } from "#cart";
import type { CallContext } from "#platform";
import { priceFor, type Market } from "#pricing";
import type { CheckoutPorts } from "./ports.ts";

export type MarketRefusal =
  | CartRefusal
  | { readonly code: "market_unknown" }
  /** A personal link that is not, or not any more, anybody's. */
  | { readonly code: "customer_unknown" };

/** What a new cart is opened with in a market. */
export const openingTerms = (market: Market, shopCountry: string) => ({
  marketId: market.marketId,
  currency: market.currency,
  country: market.countries[0] ?? shopCountry,
});

export type EnterMarket = {
  readonly cartId: CartId;
  /** Absent: the market that it is in. */
  readonly marketId?: string;
  /** A buyer who has shown their personal link; absent: whose it was. */
  readonly customerId?: string;
  readonly expectedVersion?: number;
};

/**
 * Moves a cart to another market, or gives it to a buyer whom staff know: its lines are priced anew, and its country
 * becomes one of the market. The page that shows it says so. What it is already changes nothing. Refuses
 * `market_unknown`, and `checkout_closed` while an order is being placed.
 */
export async function enterMarket(
  ports: CheckoutPorts,
  input: EnterMarket,
  call: CallContext,
): Promise<Result<CartView, MarketRefusal>> {
  const object = ports.carts.getByName(input.cartId);
  const cart = await object.view();
  if (!cart.ok) return cart;
  const markets = await ports.markets();
  const wanted = input.marketId ?? cart.value.marketId;
  const market = markets.find((one) => (wanted === undefined ? one.isDefault : one.marketId === wanted));
  if (!market) return refuse({ code: "market_unknown" });
  const customerId = input.customerId ?? cart.value.customerId;
  const buyer = customerId === undefined ? {} : { customerId };
  const country = countryIn(market, markets, { shop: ports.shop.country, now: cart.value.country });
  const { terms, variants } = await ports.prices.read({
    marketId: market.marketId,
    ...buyer,
    country,
    variantIds: cart.value.lines.map((line) => line.variantId),
  });
  const prices = cart.value.lines.flatMap((line) => {
    const variant = variants.find((row) => row.variantId === line.variantId);
    const priced = variant && priceFor(variant, line.quantity, terms);
    return priced ? [{ lineId: line.lineId, unitPriceMinor: priced.priceMinor }] : [];
  });
  const moved = await object.setMarket(
    {
      marketId: market.marketId,
      ...buyer,
      currency: market.currency,
      country,
      prices,
      ...(input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion }),
    },
    call,
  );
  return moved.ok ? ok(moved.value) : moved;
}

/** The cart's own country where the market has it; else the market's first, or the shop's. */
function countryIn(
  market: Market,
  markets: readonly Market[],
  country: { readonly shop: string; readonly now: string },
): string {
  const isOurs = market.isDefault
    ? !markets.some((one) => one.countries.includes(country.now))
    : market.countries.includes(country.now);
  return isOurs ? country.now : (market.countries[0] ?? country.shop);
}
