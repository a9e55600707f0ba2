import { ok, type CartId, type Result } from "#kernel";
import type { CartOpening, CartView, CheckoutOpening, CheckoutView, NewLine } from "#cart";
import type { CallContext } from "#platform";
import { price } from "./cart-use-cases.ts";
import { prepareOpening, type DetailsInput, type DetailsRefusal } from "./checkout-use-cases.ts";
import {
  cartIdFor,
  firstLines,
  termsFor,
  type OpenCartInput,
  type OpeningRefusal,
  type OpeningTerms,
} from "./open-cart.ts";
import type { CheckoutPorts } from "./ports.ts";

export type OpenAtCheckout = OpenCartInput & { readonly details?: DetailsInput };

type Opening = CartOpening & { readonly checkout: CheckoutOpening };
type Refusal = OpeningRefusal | DetailsRefusal;

/**
 * For whoever buys something at once: opens a cart with these lines and its checkout with these details, in one write or
 * not at all. Goods that are sold out stay in the cart, as with any checkout. Repeating with the same key gives the same
 * checkout; another body under that key is refused.
 */
export async function openAtCheckout(
  ports: CheckoutPorts,
  { keyed, ...asked }: OpenAtCheckout,
  call: CallContext,
): Promise<Result<CheckoutView, Refusal>> {
  const cartId = await cartIdFor(ports, keyed);
  const { lines = [], details, ...where } = asked;
  const terms = termsFor(ports, where);
  const object = ports.carts.getByName(cartId);
  const hash = keyed ? { requestHash: keyed.requestHash } : {};
  const prepared = await prepare(ports, { cartId, terms, lines, ...(details ? { details } : {}) });
  if (prepared.ok)
    return ports.known.learnCheckout(await object.openAtCheckout({ ...prepared.value, ...hash }, call));
  if (!keyed) return prepared;
  // A repeat gets its checkout, also when something of it cannot be had any more; without lines nothing new is opened.
  const opened = await object.openAtCheckout({ ...terms, ...hash, checkout: {} }, call);
  return opened.ok || opened.refusal.code === "idempotency_key_reused" ? opened : prepared;
}

type Wished = Pick<OpenAtCheckout, "details"> & {
  readonly cartId: CartId;
  readonly terms: OpeningTerms;
  readonly lines: NonNullable<OpenAtCheckout["lines"]>;
};

/** What the cart and its checkout begin with, priced at what holds now; or all that is wrong with it. */
async function prepare(
  ports: CheckoutPorts,
  { cartId, terms, lines: wished, details }: Wished,
): Promise<Result<Opening, Refusal>> {
  const lines = await firstLines(ports, terms, wished);
  if (!lines.ok) return lines;
  const priced = await price(ports, newCart(ports, { cartId, ...terms, lines: lines.value }));
  const checkout = await prepareOpening(ports, priced, {
    showsTotal: true,
    ...(details ? { details } : {}),
  });
  return checkout.ok ? ok({ ...terms, lines: lines.value, checkout: checkout.value }) : checkout;
}

/** The cart as it will be, for its price. */
function newCart(
  ports: CheckoutPorts,
  { lines, ...rest }: OpeningTerms & { readonly cartId: CartId; readonly lines: readonly NewLine[] },
): CartView {
  const now = ports.now();
  return {
    ...rest,
    version: lines.length,
    lines: lines.map(({ unitPriceMinor, ...line }) => ({ ...line, seenUnitPriceMinor: unitPriceMinor })),
    codes: [],
    createdAt: now,
    updatedAt: now,
  };
}
