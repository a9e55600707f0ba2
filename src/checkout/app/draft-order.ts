import { invariant, ok, type Result } from "#kernel";
import type { OrderDraft, OrderLine } from "#orders";
import type { QuoteLine } from "#pricing";
import type { PricedCheckout } from "./price-checkout.ts";
import { termsOf } from "./cart-use-cases.ts";
import { shopTitles } from "./reprice-order.ts";
import type { BasketLine } from "./price-basket.ts";

/**
 * Freezes a complete checkout: names, prices, tax and dates as they were shown. Only for a checkout with nothing
 * missing and every line counted.
 */
export function draftOrder(
  { checkout, basket, missing, relief }: PricedCheckout,
  locale: string,
): Result<OrderDraft, never> {
  const { email, address } = checkout;
  const { quote } = basket;
  invariant(
    missing.length === 0 && email !== undefined && address && quote.delivery,
    "a draft is made of a complete checkout",
  );
  const lines = new Map(basket.lines.map((line) => [line.lineId, line]));
  return ok({
    checkoutId: checkout.checkoutId,
    cartId: checkout.cartId,
    email,
    address,
    locale,
    currency: quote.currency,
    ...termsOf(checkout),
    ...(relief ? { taxRelief: relief } : {}),
    ...(quote.isTaxAdded ? { isTaxAdded: true } : {}),
    lines: quote.lines.map((line) => ({
      ...toOrderLine(line, lines.get(line.lineId)),
      ...(quote.isTaxAdded ? { addedTaxMinor: line.taxMinor } : {}),
    })),
    delivery: {
      methodId: quote.delivery.methodId,
      name: quote.delivery.name,
      carrier: quote.delivery.carrier,
      priceMinor: quote.deliveryMinor,
      taxMinor: quote.deliveryTaxMinor,
      ...(quote.isTaxAdded ? { addedTaxMinor: quote.deliveryTaxMinor } : {}),
      earliestDate: quote.delivery.earliestDate,
      latestDate: quote.delivery.latestDate,
    },
    discounts: quote.discounts,
    tenders: quote.tenders,
    itemsMinor: quote.itemsMinor,
    discountMinor: quote.discountMinor,
    deliveryMinor: quote.deliveryMinor,
    taxMinor: quote.taxMinor,
    totalMinor: quote.totalMinor,
    dueMinor: quote.dueMinor,
  });
}

function toOrderLine(line: QuoteLine, shown: BasketLine | undefined): OrderLine {
  const variant = shown?.variant;
  invariant(variant, "a counted line is known to the catalogue");
  return {
    lineId: line.lineId,
    variantId: line.variantId,
    productId: variant.productId,
    productHandle: variant.productHandle,
    sku: line.sku,
    title: variant.productTitle,
    variantTitle: variant.variantTitle,
    ...shopTitles(variant),
    ...(variant.picture ? { imageUrl: variant.picture.url } : {}),
    quantity: line.quantity,
    unitPriceMinor: line.unitPriceMinor,
    discountMinor: line.discountMinor,
    totalMinor: line.totalMinor,
    taxRatePpm: line.taxRatePpm,
    taxMinor: line.taxMinor,
    weightGrams: variant.weightGrams,
    requiresShipping: variant.requiresShipping,
    ...(variant.stockShards === undefined ? {} : { stockShards: variant.stockShards }),
    ...(variant.components ? { components: variant.components } : {}),
  };
}
