import { refuse, type CartId, type CheckoutId, type Result } from "#kernel";
import {
  cartIdOfCheckout,
  type CartRefusal,
  type CartView,
  type CheckoutDetails,
  type CheckoutOpening,
  type CheckoutView,
  type IdempotencyTag,
} from "#cart";
import type { CallContext } from "#platform";
import { parseAddress, type AddressInput, type FieldMistake } from "../domain/address.ts";
import { parseCountry } from "../domain/countries.ts";
import { EMAIL_SENTENCE, parseEmail } from "../domain/email.ts";
import { price, rememberPrices, viewCart, type PricedCart } from "./cart-use-cases.ts";
import {
  basketOf,
  priceCheckout,
  quoteAfter,
  quotedOf,
  readTruth,
  type Priceable,
  type PricedCheckout,
} from "./price-checkout.ts";
import type { CheckoutPorts } from "./ports.ts";

/** The details that a buyer gives, as text; what is absent stays as it was. */
export type DetailsInput = {
  readonly email?: string;
  readonly wantsNews?: boolean;
  readonly country?: string;
  readonly address?: AddressInput;
  readonly deliveryMethodId?: string;
};

export type DetailsRefusal =
  CartRefusal | { readonly code: "invalid_details"; readonly mistakes: readonly FieldMistake[] };

export type OpenCheckout = {
  readonly cartId: CartId;
  readonly cartVersion?: number;
  readonly tag?: IdempotencyTag;
  /** The answer shows the total: it is remembered as seen in the same write. */
  readonly showsTotal?: boolean;
  /** What the buyer has given already. */
  readonly details?: DetailsInput;
};

/**
 * Opens the cart's checkout with every line that can be had now; the others stay in the cart. With details it is as if
 * {@link changeDetails} followed, in the same write: mistakes in them open nothing.
 */
export async function openCheckout(
  ports: CheckoutPorts,
  input: OpenCheckout,
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  const known = isPlaceKnown(input.details) ? ports.known.cart(input.cartId, input.cartVersion) : undefined;
  if (known) {
    const opened = await openFrom(
      ports,
      { ...input, ...(await price(ports, known)), cartVersion: known.version },
      call,
    );
    if (opened.ok) return ports.known.learnCheckout(opened);
  }
  const priced = await viewCart(ports, input.cartId);
  if (!priced.ok) return priced;
  const { version } = priced.value.cart;
  if (input.cartVersion !== undefined && input.cartVersion !== version)
    return refuse({ code: "version_conflict", version });
  return ports.known.learnCheckout(await openFrom(ports, { ...input, ...priced.value }, call));
}

/** The country is no part of a cart's version: what depends on it and does not name it needs the cart as it is now. */
const isPlaceKnown = (details: DetailsInput | undefined): boolean =>
  details === undefined || details.country !== undefined;

/** Opens the checkout of a cart as it was seen; names the version when it may be another by now. */
async function openFrom(
  ports: CheckoutPorts,
  { cart, basket, ...input }: OpenCheckout & PricedCart,
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  const { cartVersion: expectedVersion, tag } = input;
  const opening = await prepareOpening(ports, { cart, basket }, input);
  if (!opening.ok) return opening;
  return ports.carts.getByName(cart.cartId).openCheckout(tag, call, {
    ...opening.value,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
  });
}

/** What the checkout of a cart is opened with: the lines that can be had, the details, and the total that is shown. */
export async function prepareOpening(
  ports: CheckoutPorts,
  { cart, basket }: PricedCart,
  { details, showsTotal = false }: Pick<OpenCheckout, "details" | "showsTotal">,
): Promise<Result<CheckoutOpening, DetailsRefusal>> {
  const exceptLineIds = basket.lines.filter((line) => !line.isCounted).map((line) => line.lineId);
  const lines = cart.lines.filter((line) => !exceptLineIds.includes(line.lineId));
  const patch = await readOpening(ports, { ...cart, lines }, details);
  if (patch && !patch.ok) return patch;
  // A checkout that is open already may know an address, which makes another total.
  const isNew = cart.checkoutId === undefined;
  const quoted =
    showsTotal && isNew ? await quoteAfter(ports, { ...cart, lines, ...patch?.value }) : undefined;
  const opening = {
    exceptLineIds,
    ...(quoted ? { quoted } : {}),
    ...(patch ? { details: patch.value } : {}),
  };
  return { ok: true, value: opening };
}

/** The details that come with an opening; nothing when there are none. */
async function readOpening(
  ports: CheckoutPorts,
  cart: CartView,
  details: DetailsInput | undefined,
): Promise<Result<CheckoutDetails, DetailsRefusal> | undefined> {
  if (!details) return undefined;
  const before = await beforeOpening(ports, cart);
  return before.ok ? readDetails(ports, { ...before.value, lines: cart.lines }, { details }) : before;
}

/** The checkout that is open already, as it is now, or the cart that it will be opened of. */
const beforeOpening = async (
  ports: CheckoutPorts,
  cart: CartView,
): Promise<Result<Priceable, CartRefusal>> =>
  cart.checkoutId === undefined
    ? { ok: true, value: cart }
    : ports.carts.getByName(cart.cartId).checkout(cart.checkoutId);

/** Reads a checkout and prices it at what holds now. Changes nothing. */
export async function viewCheckout(
  ports: CheckoutPorts,
  checkoutId: CheckoutId,
): Promise<Result<PricedCheckout, CartRefusal>> {
  const cartId = cartIdOfCheckout(checkoutId);
  if (!cartId) return refuse({ code: "checkout_unknown" });
  const checkout = await ports.carts.getByName(cartId).checkout(checkoutId);
  if (!checkout.ok) return checkout;
  return { ok: true, value: priceCheckout(ports, checkout.value, await readTruth(ports, checkout.value)) };
}

/** The cart behind a checkout, to tell what has changed since. */
export async function cartOfCheckout(
  ports: CheckoutPorts,
  checkout: CheckoutView,
): Promise<Result<CartView, CartRefusal>> {
  return ports.carts.getByName(checkout.cartId).view();
}

/** Remembers what the buyer was shown: prices as seen, and the total that placing compares against. */
export async function rememberQuote(
  ports: CheckoutPorts,
  priced: PricedCheckout,
  call: CallContext,
): Promise<void> {
  const { checkout, basket } = priced;
  await rememberPrices(ports, checkout.cartId, basket);
  const quoted = quotedOf(basket);
  const isSeen =
    checkout.quotedTotalMinor === quoted.quotedTotalMinor &&
    checkout.quotedDiscountMinor === quoted.quotedDiscountMinor &&
    checkout.quotedDueMinor === quoted.quotedDueMinor;
  if (checkout.status !== "open" || isSeen) return;
  await ports.carts
    .getByName(checkout.cartId)
    .patchCheckout({ checkoutId: checkout.checkoutId, ...quoted }, undefined, call);
}

export type ChangeDetails = {
  readonly checkoutId: CheckoutId;
  readonly details: DetailsInput;
  /** Refuse a country that the shop does not deliver to, at its field. */
  readonly mustDeliver?: boolean;
  /** The answer shows the new total: it is remembered as seen in the same write. */
  readonly showsTotal?: boolean;
  readonly expectedVersion?: number;
  readonly tag?: IdempotencyTag;
};

/**
 * Stores details of a checkout. Everything is checked before anything is stored; refuses `invalid_details` with one
 * sentence per field, in the order of the form. A country without an address keeps the address that was given, for the
 * form; placing asks for one of the new country.
 */
export async function changeDetails(
  ports: CheckoutPorts,
  input: ChangeDetails,
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  const cartId = cartIdOfCheckout(input.checkoutId);
  if (!cartId) return refuse({ code: "checkout_unknown" });
  const known = ports.known.checkout(input.checkoutId, input.expectedVersion);
  if (known) {
    const changed = await changeFrom(
      ports,
      { ...input, current: known, expectedVersion: known.version },
      call,
    );
    if (changed.ok) return ports.known.learnCheckout(changed);
  }
  const current = await ports.carts.getByName(cartId).checkout(input.checkoutId);
  return current.ok
    ? ports.known.learnCheckout(await changeFrom(ports, { ...input, current: current.value }, call))
    : current;
}

/** Changes a checkout as it was seen; names the version when it may be another by now. */
async function changeFrom(
  ports: CheckoutPorts,
  { current, ...input }: ChangeDetails & { readonly current: CheckoutView },
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  const patch = await readDetails(ports, current, input);
  if (!patch.ok) return patch;
  const expected = input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion };
  const quoted = input.showsTotal === true ? await quoteAfter(ports, { ...current, ...patch.value }) : {};
  return ports.carts
    .getByName(current.cartId)
    .patchCheckout({ checkoutId: input.checkoutId, ...patch.value, ...quoted, ...expected }, input.tag, call);
}

type DetailsChange = { readonly details: DetailsInput; readonly mustDeliver?: boolean };

async function readDetails(
  ports: CheckoutPorts,
  checkout: Priceable,
  { details, mustDeliver = false }: DetailsChange,
): Promise<Result<CheckoutDetails, DetailsRefusal>> {
  const email = details.email === undefined ? undefined : parseEmail(details.email);
  const country = details.country === undefined ? checkout.country : parseCountry(details.country);
  const address =
    details.address && country !== undefined ? parseAddress(country, details.address) : undefined;
  const mistakes: FieldMistake[] = [];
  if (details.email !== undefined && email === undefined)
    mistakes.push({ field: "email", detail: EMAIL_SENTENCE });
  if (country === undefined) mistakes.push({ field: "country", detail: "Select a country." });
  else {
    const expected = { ...checkout, country, ...(address?.ok ? { address: address.value } : {}) };
    mistakes.push(...(await deliveryMistakes(ports, expected, { details, mustDeliver })));
  }
  if (address && !address.ok) mistakes.push(...address.refusal.mistakes);
  if (mistakes.length > 0 || country === undefined) return refuse({ code: "invalid_details", mistakes });
  // Named where it was given or an address was read by it; else another tab's choice would be undone.
  const isCountryGiven = details.country !== undefined || address !== undefined;
  return {
    ok: true,
    value: {
      ...(isCountryGiven ? { country } : {}),
      ...(email === undefined ? {} : { email }),
      ...(details.wantsNews === undefined ? {} : { wantsNews: details.wantsNews }),
      ...(address?.ok ? { address: address.value } : {}),
      ...(details.deliveryMethodId === undefined ? {} : { deliveryMethodId: details.deliveryMethodId }),
    },
  };
}

async function deliveryMistakes(
  ports: CheckoutPorts,
  checkout: Priceable,
  { details, mustDeliver = false }: DetailsChange,
): Promise<readonly FieldMistake[]> {
  if (!mustDeliver && details.deliveryMethodId === undefined) return [];
  const truth = await readTruth(ports, checkout);
  const { options } = basketOf(ports, checkout, truth);
  if (mustDeliver && options.length === 0) {
    const { address: _, ...anywhere } = checkout;
    const isCountryServed = basketOf(ports, anywhere, truth).options.length > 0;
    return isCountryServed
      ? [{ field: "postalCode", detail: "We do not deliver to this postcode yet." }]
      : [{ field: "country", code: "undeliverable", detail: "We do not deliver to this country yet." }];
  }
  const wanted = details.deliveryMethodId;
  if (wanted === undefined || options.some((option) => option.methodId === wanted)) return [];
  return [{ field: "deliveryMethodId", detail: "Choose one of the ways of delivery." }];
}
