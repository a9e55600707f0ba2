import type { CartTerms, CheckoutQuote, CheckoutView } from "#cart";
import type { TaxRelief } from "#pricing";
import { termsOf } from "./cart-use-cases.ts";
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

/** Reads what holds for the lines of a checkout; `ports.till` gives what holds this moment. */
export const readTruth = async (
  ports: CheckoutPorts,
  checkout: Priceable,
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

function regionOf({ address, country }: Priceable): Pick<PriceRequest, "region" | "postcode"> {
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
  const basket = basketOf(ports, checkout, truth);
  const missing: MissingDetail[] = [];
  if (checkout.email === undefined) missing.push("email");
  if (checkout.address?.country !== checkout.country) missing.push("address");
  if (!basket.quote.delivery) missing.push("delivery");
  const { relief } = truth;
  return { checkout, basket, missing, ...(relief ? { relief } : {}) };
}

/** What of a checkout, or of a cart that becomes one, makes its price. */
export type Priceable = CartTerms &
  Pick<CheckoutView, "lines" | "codes" | "currency" | "country" | "deliveryMethodId" | "email" | "address">;

/** Prices what a checkout holds. */
export function basketOf(ports: CheckoutPorts, checkout: Priceable, truth: PriceTruth): Basket {
  const { lines, codes, currency, country, deliveryMethodId, email, address } = checkout;
  // An address of another country waits for its form to be filled in again.
  const postcode = address?.country === country ? address.postalCode : undefined;
  const at = ports.now();
  return priceBasket(
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
}

/** What a checkout will cost; when it changes meanwhile, {@link rememberQuote} sees the difference. */
export async function quoteAfter(ports: CheckoutPorts, expected: Priceable): Promise<CheckoutQuote> {
  return quotedOf(basketOf(ports, expected, await readTruth(ports, expected)));
}

/** What of a basket is remembered as shown. */
export function quotedOf({ quote }: Basket): CheckoutQuote {
  const { totalMinor, discountMinor, dueMinor } = quote;
  return { quotedTotalMinor: totalMinor, quotedDiscountMinor: discountMinor, quotedDueMinor: dueMinor };
}
