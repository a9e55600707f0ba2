import type { Market } from "#pricing";
import { Field, Notice, useSpeech } from "#web";

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
        label={useSpeech().say("shell.place")}
        value={market.marketId}
        options={markets.map((one) => ({ value: one.marketId, label: nameOf(one) }))}
      />
      <button class="button button-quiet" type="submit">
        {useSpeech().say("shell.change")}
      </button>
    </form>
  );

/** Said once after the market changed: every price below is another one. */
export const MarketChanged = ({ market }: { readonly market: Market }) => (
  <Notice tone="wait" role="status">
    <p>{useSpeech().say("cart.market", { market: market.name, currency: market.currency })}</p>
  </Notice>
);
