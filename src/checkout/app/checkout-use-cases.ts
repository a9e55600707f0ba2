import type { TaxRelief } from "#pricing";
import { refuse, type CartId, type CheckoutId, type Result } from "#kernel";
import {
  cartIdOfCheckout,
  type CartRefusal,
  type CartView,
  type CheckoutPatch,
  type CheckoutView,
  type IdempotencyTag,
} from "#cart";
import type { CallContext } from "#platform";
import { parseAddress, type AddressInput, type FieldMistake } from "../domain/address.ts";
import { parseCountry } from "../domain/countries.ts";
import { EMAIL_SENTENCE, parseEmail } from "../domain/email.ts";
import { rememberPrices, termsOf, viewCart } from "./cart-use-cases.ts";
import { priceBasket, type Basket } from "./price-basket.ts";
import { localeOfCart, namedIn } from "./reading-locale.ts";
import type { CheckoutPorts, PriceRequest, PriceTruth } from "./ports.ts";

/** What a checkout still needs before it can become an order, in the order of the steps. */
export type MissingDetail = "email" | "address" | "delivery";

export type PricedCheckout = {
  readonly checkout: CheckoutView;
  readonly basket: Basket;
  readonly missing: readonly MissingDetail[];
  /** Why the buyer pays no tax. */
  readonly relief?: TaxRelief;
};

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

/** Opens the cart's checkout with every line that can be had now; the others stay in the cart. */
export async function openCheckout(
  ports: CheckoutPorts,
  input: { readonly cartId: CartId; readonly cartVersion?: number; readonly tag?: IdempotencyTag },
  call: CallContext,
): Promise<Result<CheckoutView, CartRefusal>> {
  const priced = await viewCart(ports, input.cartId);
  if (!priced.ok) return priced;
  const { cart, basket } = priced.value;
  if (input.cartVersion !== undefined && input.cartVersion !== cart.version)
    return refuse({ code: "version_conflict", version: cart.version });
  const leftBehind = basket.lines.filter((line) => !line.isCounted).map((line) => line.lineId);
  return ports.carts.getByName(input.cartId).openCheckout(input.tag, call, leftBehind);
}

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

type Quoted = Pick<CheckoutPatch, "quotedTotalMinor" | "quotedDiscountMinor" | "quotedDueMinor">;

function quotedOf({ basket }: PricedCheckout): Quoted {
  const { totalMinor, discountMinor, dueMinor } = basket.quote;
  return { quotedTotalMinor: totalMinor, quotedDiscountMinor: discountMinor, quotedDueMinor: dueMinor };
}

/** Remembers what the buyer was shown: prices as seen, and the total that placing compares against. */
export async function rememberQuote(
  ports: CheckoutPorts,
  priced: PricedCheckout,
  call: CallContext,
): Promise<void> {
  const { checkout, basket } = priced;
  await rememberPrices(ports, checkout.cartId, basket);
  const quoted = quotedOf(priced);
  const isSeen =
    checkout.quotedTotalMinor === quoted.quotedTotalMinor &&
    checkout.quotedDiscountMinor === quoted.quotedDiscountMinor &&
    checkout.quotedDueMinor === quoted.quotedDueMinor;
  if (checkout.status !== "open" || isSeen) return;
  await ports.carts
    .getByName(checkout.cartId)
    .patchCheckout({ checkoutId: checkout.checkoutId, ...quoted }, undefined, call);
}

/**
 * Stores details of a checkout. Everything is checked before anything is stored; refuses `invalid_details` with one
 * sentence per field, in the order of the form. A country without an address keeps the address that was given, for the
 * form; placing asks for one of the new country.
 */
export async function changeDetails(
  ports: CheckoutPorts,
  input: {
    readonly checkoutId: CheckoutId;
    readonly details: DetailsInput;
    /** Refuse a country that the shop does not deliver to, at its field. */
    readonly mustDeliver?: boolean;
    /** The answer shows the new total: it is remembered as seen in the same write. */
    readonly showsTotal?: boolean;
    readonly expectedVersion?: number;
    readonly tag?: IdempotencyTag;
  },
  call: CallContext,
): Promise<Result<CheckoutView, DetailsRefusal>> {
  const cartId = cartIdOfCheckout(input.checkoutId);
  if (!cartId) return refuse({ code: "checkout_unknown" });
  const cart = ports.carts.getByName(cartId);
  const current = await cart.checkout(input.checkoutId);
  if (!current.ok) return current;
  const patch = await readDetails(ports, current.value, input);
  if (!patch.ok) return patch;
  const expected = input.expectedVersion === undefined ? {} : { expectedVersion: input.expectedVersion };
  const quoted =
    input.showsTotal === true ? await quoteAfter(ports, { ...current.value, ...patch.value }) : {};
  return cart.patchCheckout(
    { checkoutId: input.checkoutId, ...patch.value, ...quoted, ...expected },
    input.tag,
    call,
  );
}

/** What a checkout will cost; when it changes meanwhile, {@link rememberQuote} sees the difference. */
async function quoteAfter(ports: CheckoutPorts, expected: CheckoutView): Promise<Quoted> {
  return quotedOf(priceCheckout(ports, expected, await readTruth(ports, expected)));
}

type DetailsChange = { readonly details: DetailsInput; readonly mustDeliver?: boolean };

async function readDetails(
  ports: CheckoutPorts,
  checkout: CheckoutView,
  { details, mustDeliver = false }: DetailsChange,
): Promise<Result<CheckoutPatch, DetailsRefusal>> {
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
  return {
    ok: true,
    value: {
      country,
      ...(email === undefined ? {} : { email }),
      ...(details.wantsNews === undefined ? {} : { wantsNews: details.wantsNews }),
      ...(address?.ok ? { address: address.value } : {}),
      ...(details.deliveryMethodId === undefined ? {} : { deliveryMethodId: details.deliveryMethodId }),
    },
  };
}

async function deliveryMistakes(
  ports: CheckoutPorts,
  checkout: CheckoutView,
  { details, mustDeliver = false }: DetailsChange,
): Promise<readonly FieldMistake[]> {
  if (!mustDeliver && details.deliveryMethodId === undefined) return [];
  const truth = await readTruth(ports, checkout);
  const { options } = priceCheckout(ports, checkout, truth).basket;
  if (mustDeliver && options.length === 0) {
    const { address: _, ...anywhere } = checkout;
    const isCountryServed = priceCheckout(ports, anywhere, truth).basket.options.length > 0;
    return isCountryServed
      ? [{ field: "postalCode", detail: "We do not deliver to this postcode yet." }]
      : [{ field: "country", code: "undeliverable", detail: "We do not deliver to this country yet." }];
  }
  const wanted = details.deliveryMethodId;
  if (wanted === undefined || options.some((option) => option.methodId === wanted)) return [];
  return [{ field: "deliveryMethodId", detail: "Choose one of the ways of delivery." }];
}

/** Reads what holds for the lines of a checkout; `ports.till` gives what holds this moment. */
export const readTruth = async (
  ports: CheckoutPorts,
  checkout: CheckoutView,
  prices: CheckoutPorts["till"] = ports.prices,
): Promise<PriceTruth> =>
  prices.read({
    ...termsOf(checkout),
    ...namedIn(await localeOfCart(ports, checkout.marketId), ports.shop),
    variantIds: checkout.lines.map((line) => line.variantId),
    country: checkout.country,
    ...regionOf(checkout),
    voucherIds: checkout.codes.map((code) => code.voucherId),
  });

function regionOf({ address, country }: CheckoutView): Pick<PriceRequest, "region" | "postcode"> {
  if (address?.country !== country) return {};
  const { region, postalCode } = address;
  return {
    ...(region === undefined ? {} : { region }),
    ...(postalCode === undefined ? {} : { postcode: postalCode }),
  };
}

/** Prices a checkout and says what it still needs. */
export function priceCheckout(
  ports: CheckoutPorts,
  checkout: CheckoutView,
  truth: PriceTruth,
): PricedCheckout {
  const { lines, codes, currency, country, deliveryMethodId, email, address } = checkout;
  // An address of another country waits for its form to be filled in again.
  const postcode = address?.country === country ? address.postalCode : undefined;
  const at = ports.now();
  const basket = priceBasket(
    {
      lines,
      currency,
      country,
      ...(postcode === undefined ? {} : { postcode }),
      entered: { codes, at, ...(email === undefined ? {} : { email }) },
      purpose: "order",
      ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
    },
    truth,
    ports.wallClock(at),
  );
  const missing: MissingDetail[] = [];
  if (checkout.email === undefined) missing.push("email");
  if (checkout.address?.country !== country) missing.push("address");
  if (!basket.quote.delivery) missing.push("delivery");
  const { relief } = truth;
  return { checkout, basket, missing, ...(relief ? { relief } : {}) };
}
