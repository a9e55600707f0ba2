import { toIso } from "#kernel";
import type { Quote } from "#pricing";
import type { DeliveryOption } from "#shipping";
import type { PricedCart } from "../app/cart-use-cases.ts";
import type { PricedCheckout } from "../app/checkout-use-cases.ts";
import type { Basket, BasketLine, LineNotice } from "../app/price-basket.ts";

type Amount = { readonly currency: string; readonly amountMinor: number };

const amount = (currency: string, amountMinor: number): Amount => ({ currency, amountMinor });

/** A cart as the API shows it. */
export const renderCart = ({ cart, basket }: PricedCart) => ({
  id: cart.cartId,
  version: cart.version,
  currency: cart.currency,
  country: cart.country,
  lines: basket.lines.map((line) => renderLine(line, cart.currency)),
  ...renderTotals(basket),
  ...(cart.checkoutId === undefined ? {} : { checkoutId: cart.checkoutId }),
  createdAt: toIso(cart.createdAt),
  updatedAt: toIso(cart.updatedAt),
});

/** A checkout as the API shows it. */
export function renderCheckout({ checkout, basket, missing }: PricedCheckout) {
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

function renderTotals({ quote, freeDeliveryGapMinor }: Basket) {
  const { currency } = quote;
  return {
    items: amount(currency, quote.itemsMinor),
    ...renderDelivery(quote),
    deliveryPrice: amount(currency, quote.deliveryMinor),
    tax: amount(currency, quote.taxMinor),
    total: amount(currency, quote.totalMinor),
    ...(freeDeliveryGapMinor === undefined
      ? {}
      : { freeDeliveryGap: amount(currency, freeDeliveryGapMinor) }),
  };
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
    ...(line.totalMinor === undefined ? {} : { total: amount(currency, line.totalMinor) }),
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

function renderNotice(notice: LineNotice, currency: string) {
  if (notice.code !== "price_changed") return notice;
  return {
    code: notice.code,
    from: amount(currency, notice.fromMinor),
    to: amount(currency, notice.toMinor),
  };
}
