import { MAX_CODES } from "#cart";
import { MAX_TYPED_CHARACTERS } from "#vouchers";
import { Field, Icon, useSpeech } from "#web";
import type { PricedCart } from "../app/cart-use-cases.ts";
import { codeSentence } from "./words.ts";

/** Name of the field for a code. */
export const CODE_FIELD = "code";

export type CartCodesProps = {
  readonly priced: PricedCart;
  /** What was typed and why it was not taken. */
  readonly typed?: string | undefined;
  readonly error?: string | undefined;
};

/**
 * Coupons, gift cards and credits of a cart: each as it stands now, and a field for one more, folded away: an open one
 * sends people off to hunt for codes.
 */
export const CartCodes = ({ priced, typed, error }: CartCodesProps) => {
  const { basket, cart } = priced;
  const speech = useSpeech();
  const { say } = speech;
  return (
    <section class="codes" aria-label={say("code.label")}>
      {basket.codes.length > 0 && (
        <ul class="codes-list">
          {basket.codes.map(({ voucherId, label, status }) => {
            const sentence = codeSentence(speech, status, cart.currency);
            return (
              <li>
                <form class="code-head" action="/cart/codes/remove" method="post">
                  <input type="hidden" name="voucherId" value={voucherId} />
                  <span>
                    <bdi>{label}</bdi>
                    {sentence === undefined && (
                      <span class="hint">
                        {" "}
                        <Icon name="check" /> {say("code.applies")}
                      </span>
                    )}
                  </span>
                  <button class="button-link" type="submit">
                    {say("shell.remove")} <span class="visually-hidden">{label}</span>
                  </button>
                </form>
                {sentence !== undefined && <p class="cart-notice cart-notice-wait">{sentence}</p>}
              </li>
            );
          })}
        </ul>
      )}
      {basket.codes.length < MAX_CODES && (
        <details class="checkout-extra" open={error !== undefined}>
          <summary>{say("code.ask")}</summary>
          <form class="code-form" action="/cart/codes" method="post" novalidate>
            <Field
              name={CODE_FIELD}
              label={say("code.field")}
              value={typed}
              error={error}
              maxLength={MAX_TYPED_CHARACTERS}
              autocomplete="off"
              autocapitalize="characters"
            />
            <button class="button button-quiet" type="submit">
              {say("shell.apply")}
            </button>
          </form>
        </details>
      )}
    </section>
  );
};
