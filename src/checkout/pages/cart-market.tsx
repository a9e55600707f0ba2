import type { Market } from "#pricing";
import { Field, Notice } from "#web";

export type CartMarketProps = {
  readonly markets: readonly Market[];
  /** The cart's. */
  readonly market: Market;
};

const nameOf = ({ name, currency }: Market): string => `${name}, ${currency}`;

/** In which market the cart is priced, and the way to another one; nothing where there is only one. */
export const CartMarket = ({ markets, market }: CartMarketProps) =>
  markets.length < 2 ? null : (
    <form class="cart-market" action="/cart/market" method="post">
      <Field
        name="market"
        label="Country and currency"
        value={market.marketId}
        options={markets.map((one) => ({ value: one.marketId, label: nameOf(one) }))}
      />
      <button class="button button-quiet" type="submit">
        Change
      </button>
    </form>
  );

/** Said once after the market changed: every price below is another one. */
export const MarketChanged = ({ market }: { readonly market: Market }) => (
  <Notice tone="wait" role="status">
    <p>
      Your cart is now priced for {market.name}, in {market.currency}. Look at the prices before you check
      out.
    </p>
  </Notice>
);
