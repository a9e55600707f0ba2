import { toIso } from "#kernel";
import type { PaymentOffer } from "#payments";
import type { Quote } from "#pricing";
import type { DeliveryOption } from "#shipping";
import type { AssessedCode } from "#vouchers";
import type { PricedCart } from "../app/cart-use-cases.ts";
import type { PricedCheckout } from "../app/price-checkout.ts";
import type { Basket, BasketLine, LineNotice } from "../app/price-basket.ts";

type Amount = { readonly currency: string; readonly amountMinor: number };

const amount = (currency: string, amountMinor: number): Amount => ({ currency, amountMinor });

/** A cart as the API shows it. */
export const renderCart = ({ cart, basket }: PricedCart) => ({
  id: cart.cartId,
  version: cart.version,
  ...(cart.marketId === undefined ? {} : { market: cart.marketId }),
  currency: cart.currency,
  country: cart.country,
  lines: basket.lines.map((line) => renderLine(line, cart.currency)),
  ...renderTotals(basket),
  ...(cart.checkoutId === undefined ? {} : { checkoutId: cart.checkoutId }),
  createdAt: toIso(cart.createdAt),
  updatedAt: toIso(cart.updatedAt),
});

/** A checkout as the API shows it. */
export function renderCheckout(
  { checkout, basket, missing }: PricedCheckout,
  offers: readonly PaymentOffer[],
) {
  const { email, address, deliveryMethodId, orderId } = checkout;
  return {
    id: checkout.checkoutId,
    cartId: checkout.cartId,
    cartVersion: checkout.cartVersion,
    version: checkout.version,
    status: checkout.status,
    ...(orderId === undefined ? {} : { orderId }),
    currency: checkout.currency,
    country: checkout.country,
    ...(email === undefined ? {} : { email }),
    wantsNews: checkout.wantsNews,
    ...(address === undefined ? {} : { address }),
    ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
    missing,
    lines: basket.lines.map((line) => renderLine(line, checkout.currency)),
    ...renderTotals(basket),
    deliveryOptions: basket.options.map((option) => renderDeliveryOption(option, checkout.currency)),
    paymentMethods: offers.map(({ provider: _, ...offer }) => offer),
  };
}

/** A way of delivery as the API shows it. */
export const renderDeliveryOption = (option: DeliveryOption, currency: string) => ({
  id: option.methodId,
  name: option.name,
  carrier: option.carrier,
  price: amount(currency, option.priceMinor),
  ...(option.freeFromMinor === undefined ? {} : { freeFrom: amount(currency, option.freeFromMinor) }),
  earliestDate: option.earliestDate,
  latestDate: option.latestDate,
  ...(option.cutoffHour === undefined ? {} : { cutoffHour: option.cutoffHour }),
});

function renderTotals({ quote, codes, freeDeliveryGapMinor }: Basket) {
  const { currency } = quote;
  return {
    items: amount(currency, quote.itemsMinor),
    codes: codes.map((code) => renderCode(code, currency)),
    discounts: quote.discounts.map(({ amountMinor, ...rest }) => ({
      ...rest,
      amount: amount(currency, amountMinor),
    })),
    discount: amount(currency, quote.discountMinor),
    tenders: quote.tenders.map(({ amountMinor, ...rest }) => ({
      ...rest,
      amount: amount(currency, amountMinor),
    })),
    due: amount(currency, quote.dueMinor),
    ...renderDelivery(quote),
    deliveryPrice: amount(currency, quote.deliveryMinor),
    tax: amount(currency, quote.taxMinor),
    total: amount(currency, quote.totalMinor),
    ...(freeDeliveryGapMinor === undefined
      ? {}
      : { freeDeliveryGap: amount(currency, freeDeliveryGapMinor) }),
  };
}

function renderCode({ voucherId, label, status }: AssessedCode, currency: string) {
  const common = { id: voucherId, label, status: status.code };
  switch (status.code) {
    case "not_yet_valid":
      return { ...common, validFrom: toIso(status.validFrom) };
    case "minimum_not_reached":
      return {
        ...common,
        minimum: amount(currency, status.minimumMinor),
        missing: amount(currency, status.missingMinor),
      };
    default:
      return common;
  }
}

const renderDelivery = ({ delivery, currency }: Quote) =>
  delivery ? { delivery: renderDeliveryOption(delivery, currency) } : {};

function renderLine(line: BasketLine, currency: string) {
  const { variant } = line;
  const common = {
    id: line.lineId,
    variantId: line.variantId,
    quantity: line.quantity,
    isCounted: line.isCounted,
    notices: line.notices.map((notice) => renderNotice(notice, currency)),
    ...renderLineTotal(line, currency),
  };
  if (!variant) return common;
  return {
    ...common,
    sku: variant.sku,
    productHandle: variant.productHandle,
    title: variant.productTitle,
    variantTitle: variant.variantTitle,
    ...(variant.picture ? { picture: { ...variant.picture, mediaId: undefined } } : {}),
    unitPrice: amount(variant.currency, variant.priceMinor),
    availability: variant.availability,
    ...(variant.availableUnits === undefined ? {} : { availableUnits: variant.availableUnits }),
    ...(variant.expectedAt === undefined ? {} : { expectedAt: variant.expectedAt }),
  };
}

function renderLineTotal({ totalMinor, discountMinor = 0 }: BasketLine, currency: string) {
  if (totalMinor === undefined) return {};
  return {
    total: amount(currency, totalMinor - discountMinor),
    ...(discountMinor === 0 ? {} : { discount: amount(currency, discountMinor) }),
  };
}

function renderNotice(notice: LineNotice, currency: string) {
  if (notice.code !== "price_changed") return notice;
  return {
    code: notice.code,
    from: amount(currency, notice.fromMinor),
    to: amount(currency, notice.toMinor),
  };
}
