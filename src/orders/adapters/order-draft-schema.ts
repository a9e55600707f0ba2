import type { CartId, CheckoutId, EpochMs } from "#kernel";
import * as z from "zod";

/** The pieces that order events are read with. Unknown members are kept, see order-event-schema.ts. */
export const text = z.string().max(2_000);
export const count = z.int().min(0);
export const minor = z.int();
export const instant = z.custom<EpochMs>(
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
  "an instant in milliseconds",
);
export const optional = z.exactOptional;

const address = z.looseObject({
  fullName: text,
  company: optional(text),
  line1: text,
  line2: optional(text),
  district: optional(text),
  city: text,
  region: optional(text),
  postalCode: optional(text),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: optional(text),
});

const line = z.looseObject({
  lineId: text,
  variantId: text,
  productId: text,
  productHandle: text,
  sku: text,
  title: text,
  variantTitle: text,
  shopTitle: optional(text),
  shopVariantTitle: optional(text),
  imageUrl: optional(text),
  quantity: z.int().min(1),
  unitPriceMinor: minor,
  discountMinor: minor,
  totalMinor: minor,
  taxRatePpm: count,
  taxMinor: minor,
  addedTaxMinor: optional(minor),
  weightGrams: count,
  requiresShipping: z.boolean(),
  stockShards: optional(count),
  components: optional(z.array(z.looseObject({ sku: text, quantity: z.int().min(1) }))),
});

export const draft = z.looseObject({
  checkoutId: z.custom<CheckoutId>((value) => typeof value === "string"),
  cartId: z.custom<CartId>((value) => typeof value === "string"),
  email: text,
  address,
  locale: text,
  currency: z.string().regex(/^[A-Z]{3}$/),
  marketId: optional(text),
  customerId: optional(text),
  customerGroup: optional(text),
  taxRelief: optional(z.looseObject({ reason: z.enum(["reverse_charge", "exempt"]), taxId: optional(text) })),
  isTaxAdded: optional(z.boolean()),
  lines: z.array(line),
  delivery: z.looseObject({
    methodId: text,
    name: text,
    carrier: text,
    priceMinor: minor,
    taxMinor: minor,
    addedTaxMinor: optional(minor),
    earliestDate: text,
    latestDate: text,
  }),
  discounts: z.array(z.looseObject({ voucherId: optional(text), label: text, amountMinor: minor })),
  tenders: z.array(
    z.looseObject({
      voucherId: text,
      kind: z.enum(["gift_card", "store_credit"]),
      label: text,
      amountMinor: minor,
    }),
  ),
  itemsMinor: minor,
  discountMinor: minor,
  deliveryMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  dueMinor: minor,
});

export const shortage = z.looseObject({
  sku: text,
  requested: count,
  available: z.int(),
  lineIds: z.array(text),
});

/** A word of a closed union that this reader passes on without acting on it, so that a newer word is no poison. */
export const word = <T extends string>() =>
  z.custom<T>((value) => typeof value === "string" && /^[a-z][a-z0-9_.]{0,63}$/.test(value));
