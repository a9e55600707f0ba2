import { refuse, type CartId, type Result } from "#kernel";
import type { CartRefusal, CartTerms, CartView, IdempotencyTag } from "#cart";
import type { SellableVariant } from "#catalog";
import { priceFor } from "#pricing";
import type { CallContext } from "#platform";
import { priceBasket, type Basket, type LineNotice } from "./price-basket.ts";
import { localeOfCart, namedIn } from "./reading-locale.ts";
import { MAX_PRICED_AT_ONCE } from "../limits.ts";
import type { CheckoutPorts, PriceRequest, PriceTruth } from "./ports.ts";

/** A cart with what it costs now. */
export type PricedCart = { readonly cart: CartView; readonly basket: Basket };

export type ShoppingRefusal =
  | CartRefusal
  /** Nothing is sold under this id or SKU. */
  | { readonly code: "variant_unknown" }
  /** The product is not for sale at the moment. */
  | { readonly code: "variant_not_for_sale" }
  /** A cart holds goods of one currency. */
  | { readonly code: "currency_mismatch"; readonly cartCurrency: string; readonly variantCurrency: string };

/** Reads a cart and prices it at what holds now. Changes nothing. */
export async function viewCart(
  ports: CheckoutPorts,
  cartId: CartId,
): Promise<Result<PricedCart, CartRefusal>> {
  const cart = await ports.carts.getByName(cartId).view();
  return cart.ok ? { ok: true, value: await price(ports, cart.value) } : cart;
}

/**
 * The cart as its page shows it: lines that ask for more than there is are lowered to it, and prices count as seen
 * afterwards. Every change is told in the line's notices, so nothing vanishes silently.
 */
export async function settleCart(
  ports: CheckoutPorts,
  cartId: CartId,
  call: CallContext,
): Promise<Result<PricedCart, CartRefusal>> {
  const cart = ports.carts.getByName(cartId);
  const before = await viewCart(ports, cartId);
  if (!before.ok) return before;
  const lowered = new Map<string, LineNotice>();
  for (const line of before.value.basket.lines) {
    const few = line.notices.find((notice) => notice.code === "few_left");
    if (!few) continue;
    const done = await cart.setQuantity(
      {
        lineId: line.lineId,
        quantity: few.available,
        expectedVersion: before.value.cart.version + lowered.size,
      },
      undefined,
      call,
    );
    // Another tab was faster: what it left is shown on the next view.
    if (!done.ok) break;
    lowered.set(line.lineId, { code: "quantity_lowered", from: line.quantity, to: few.available });
  }
  const after = lowered.size === 0 ? before : await viewCart(ports, cartId);
  if (!after.ok) return after;
  await rememberPrices(ports, cartId, after.value.basket);
  const lines = after.value.basket.lines.map((line) => {
    const notice = lowered.get(line.lineId);
    return notice ? { ...line, notices: [notice, ...line.notices] } : line;
  });
  return { ok: true, value: { cart: after.value.cart, basket: { ...after.value.basket, lines } } };
}

/** Lets the prices that were just shown count as seen; no call when they were seen already. */
export async function rememberPrices(ports: CheckoutPorts, cartId: CartId, basket: Basket): Promise<void> {
  const changed = basket.lines.flatMap((line) =>
    line.variant && line.variant.priceMinor !== line.seenUnitPriceMinor
      ? [{ lineId: line.lineId, unitPriceMinor: line.variant.priceMinor }]
      : [],
  );
  if (changed.length > 0) await ports.carts.getByName(cartId).markSeen(changed);
}

/** What to add: a variant, by its id or by its SKU. */
export type WhatToAdd = { readonly variantId: string } | { readonly sku: string };

export type AddToCart = {
  readonly cartId: CartId;
  readonly what: WhatToAdd;
  readonly quantity: number;
  readonly expectedVersion?: number;
  readonly tag?: IdempotencyTag;
};

/** Adds units to a cart. Safe to repeat with a tag. Stock is not asked: the order asks the truth, the page shows a hint. */
export async function addToCart(
  ports: CheckoutPorts,
  input: AddToCart,
  call: CallContext,
): Promise<Result<CartView, ShoppingRefusal>> {
  const known = ports.known.cart(input.cartId, input.expectedVersion);
  if (known) {
    const added = await addTo(ports, { ...input, cart: known, expectedVersion: known.version }, call);
    if (added.ok) return ports.known.learnCart(added);
  }
  const view = await ports.carts.getByName(input.cartId).view();
  return view.ok ? ports.known.learnCart(await addTo(ports, { ...input, cart: view.value }, call)) : view;
}

/** Adds to a cart as it was seen; names the version when it may be another by now. */
async function addTo(
  ports: CheckoutPorts,
  { cart, ...input }: AddToCart & { readonly cart: CartView },
  call: CallContext,
): Promise<Result<CartView, ShoppingRefusal>> {
  // Read with the prices of the whole cart, which the answer needs anyway: one round trip instead of two.
  const wanted = await pricesOf(ports, cart);
  const sold = await findVariant(ports, input.what, wanted);
  const variant = sold && (await priceAdded(ports, cart, { variant: sold, quantity: input.quantity }));
  if (!variant) return refuse({ code: "variant_unknown" });
  if (variant.productStatus !== "active") return refuse({ code: "variant_not_for_sale" });
  if (variant.currency !== cart.currency) {
    return refuse({
      code: "currency_mismatch",
      cartCurrency: cart.currency,
      variantCurrency: variant.currency,
    });
  }
  return ports.carts.getByName(input.cartId).addLine(
    {
      lineId: ports.names.mintLineId(),
      variantId: variant.variantId,
      quantity: input.quantity,
      unitPriceMinor: variant.priceMinor,
      ...(input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion }),
    },
    input.tag,
    call,
  );
}

/** A variant at what it costs in this cart once it is added: more units may reach a lower step. */
async function priceAdded(
  ports: CheckoutPorts,
  cart: CartView,
  { variant, quantity }: { readonly variant: SellableVariant; readonly quantity: number },
): Promise<SellableVariant> {
  const wanted = await pricesOf(ports, cart);
  const variantIds = [...new Set([variant.variantId, ...wanted.variantIds])].slice(0, MAX_PRICED_AT_ONCE);
  // The same question as before: no second round trip.
  const { terms } = await ports.prices.read({ ...wanted, variantIds });
  const line = cart.lines.find((row) => row.variantId === variant.variantId);
  return priceFor(variant, (line?.quantity ?? 0) + quantity, terms) ?? variant;
}

/** The variant that is meant; `undefined` when nothing is sold under that name. `beside` is read with it. */
export async function findVariant(
  ports: CheckoutPorts,
  what: WhatToAdd,
  beside: PriceRequest = {
    variantIds: [],
    country: ports.shop.country,
    ...namedIn(ports.shop.locale, ports.shop),
  },
): Promise<SellableVariant | undefined> {
  if ("sku" in what) return ports.prices.variantOfSku(what.sku, beside);
  const variantIds = [what.variantId, ...beside.variantIds].slice(0, MAX_PRICED_AT_ONCE);
  const { variants } = await ports.prices.read({ ...beside, variantIds });
  return variants.find((variant) => variant.variantId === what.variantId);
}

/** What is asked of the prices for a cart, or for one that is about to be. */
export const pricesOf = async (
  ports: CheckoutPorts,
  cart: CartTerms & Pick<CartView, "lines" | "codes" | "country">,
): Promise<PriceRequest> => ({
  ...termsOf(cart),
  ...namedIn(await localeOfCart(ports, cart.marketId), ports.shop),
  variantIds: cart.lines.map((line) => line.variantId),
  country: cart.country,
  voucherIds: cart.codes.map((code) => code.voucherId),
});

/** The market and buyer of a cart or checkout, as prices are asked for. */
export const termsOf = ({ marketId, customerId }: CartTerms): CartTerms => ({
  ...(marketId === undefined ? {} : { marketId }),
  ...(customerId === undefined ? {} : { customerId }),
});

/** An empty basket costs nothing anywhere. */
const NO_TRUTH: PriceTruth = { variants: [], taxRates: [], methods: [] };

export type ChangeLine = {
  readonly cartId: CartId;
  readonly lineId: string;
  /** 0 removes the line. */
  readonly quantity: number;
  readonly expectedVersion?: number;
  readonly tag?: IdempotencyTag;
};

/** Sets a line's quantity. Safe to repeat. */
export const changeLine = (
  ports: CheckoutPorts,
  input: ChangeLine,
  call: CallContext,
): Promise<Result<CartView, CartRefusal>> =>
  ports.carts.getByName(input.cartId).setQuantity(
    {
      lineId: input.lineId,
      quantity: input.quantity,
      ...(input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion }),
    },
    input.tag,
    call,
  );

/** Prices a cart at what holds now. */
export async function price(ports: CheckoutPorts, cart: CartView): Promise<PricedCart> {
  const isEmpty = cart.lines.length === 0 && cart.codes.length === 0;
  const truth = isEmpty ? NO_TRUTH : await ports.prices.read(await pricesOf(ports, cart));
  const at = ports.now();
  const { lines, codes, currency, country } = cart;
  const request = { lines, currency, country, entered: { codes, at }, purpose: "cart" as const };
  return { cart, basket: priceBasket(request, truth, ports.wallClock(at)) };
}
