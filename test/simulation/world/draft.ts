import { makeId, type CartId, type CheckoutId, type EpochMs, type OrderId } from "#kernel";
import type { OrderDraft, OrderLine } from "#orders";
import type { Random } from "../../support/random.ts";

const ID_BYTES = 16;

/** Random bytes from the world's own chance, so that ids repeat with the seed. */
const bytes = (random: Random): Uint8Array =>
  Uint8Array.from({ length: ID_BYTES }, () => random.whole(0, 255));

export const mintOrderId = (random: Random, at: EpochMs): OrderId => makeId("ord", at, bytes(random));
export const mintCheckoutId = (random: Random, at: EpochMs): CheckoutId => makeId("chk", at, bytes(random));
export const mintCartId = (random: Random, at: EpochMs): CartId => makeId("crt", at, bytes(random));

/** What a shopper wants of one SKU; the same SKU may stand there twice. */
export type Wish = { readonly sku: string; readonly quantity: number };

const DELIVERY_MINOR = 490;
const UNIT_MINOR = 1_250;

/** A priced draft of what is wanted; prices do not matter here, their sums do. */
export function draftOf(
  wishes: readonly Wish[],
  names: { readonly checkoutId: CheckoutId; readonly cartId: CartId; readonly email: string },
): OrderDraft {
  const lines = wishes.map((wish, index): OrderLine => ({
    lineId: `line_${index + 1}`,
    variantId: `var_${wish.sku}`,
    productId: `prd_${wish.sku}`,
    productHandle: wish.sku.toLowerCase(),
    sku: wish.sku,
    title: wish.sku,
    variantTitle: "",
    quantity: wish.quantity,
    unitPriceMinor: UNIT_MINOR,
    discountMinor: 0,
    totalMinor: UNIT_MINOR * wish.quantity,
    taxRatePpm: 190_000,
    taxMinor: 0,
    weightGrams: 100,
    requiresShipping: true,
  }));
  const itemsMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  return {
    ...names,
    address: { fullName: "Ada Voss", line1: "Hafenweg 2", city: "Kiel", postalCode: "24103", country: "DE" },
    locale: "en-GB",
    currency: "EUR",
    lines,
    delivery: {
      methodId: "standard",
      name: "Standard",
      carrier: "Kerbside Post",
      priceMinor: DELIVERY_MINOR,
      taxMinor: 0,
      earliestDate: "2026-12-01",
      latestDate: "2026-12-03",
    },
    discounts: [],
    tenders: [],
    itemsMinor,
    discountMinor: 0,
    deliveryMinor: DELIVERY_MINOR,
    taxMinor: 0,
    totalMinor: itemsMinor + DELIVERY_MINOR,
    dueMinor: itemsMinor + DELIVERY_MINOR,
  };
}
