import * as z from "zod";
import { MAX_LINES, MAX_QUANTITY } from "#cart";
import { MAX_TYPED_CHARACTERS } from "#vouchers";
import { moneySchema } from "#web";
import {
  MAX_EMAIL_CHARACTERS,
  MAX_LINE_CHARACTERS,
  MAX_PHONE_CHARACTERS,
  MAX_PLACE_CHARACTERS,
  MAX_POSTCODE_CHARACTERS,
  MAX_SKU_CHARACTERS,
  MAX_TOKEN_CHARACTERS,
  MAX_URL_CHARACTERS,
} from "../limits.ts";

/** Wire schemas of the shop API. Bodies are strict: an unknown member is a mistake that its sender should hear of. */

const sentence = `Enter a quantity from 1 to ${MAX_QUANTITY}.`;
const countrySchema = z.string().regex(/^[A-Za-z]{2}$/, "Send an ISO 3166-1 alpha-2 code, such as DE.");
const currencySchema = z.string().regex(/^[A-Z]{3}$/, "Send an ISO 4217 code, such as EUR.");
const quantitySchema = z.int(sentence).min(1, sentence).max(MAX_QUANTITY, sentence);
const text = (maximum: number) => z.string().max(maximum, `Shorten this to ${maximum} characters.`);

const marketSchema = z.string().min(1).max(40);

export const cartMarketBody = z.strictObject({ market: marketSchema });

export const cartCustomerBody = z.strictObject({
  customerId: z.string().min(1).max(80),
  key: z.string().min(1).max(128).describe("Of the personal link that the merchant has sent."),
});

export const addLineBody = z
  .strictObject({
    variantId: z.string().min(1).max(80).optional(),
    sku: z.string().min(1).max(MAX_SKU_CHARACTERS).optional(),
    quantity: quantitySchema,
  })
  .refine(
    (body) => (body.variantId === undefined) !== (body.sku === undefined),
    "Send either variantId or sku.",
  );

/** What a new cart may be told of where it is. */
const cartTerms = {
  market: marketSchema
    .optional()
    .describe("Id of a market; its currency and country hold. Defaults to the default market."),
  currency: currencySchema.optional().describe("Defaults to the shop's currency."),
};

const linesSchema = z.array(addLineBody).max(MAX_LINES, `Send at most ${MAX_LINES} lines.`);

export const openCartBody = z.strictObject({
  ...cartTerms,
  country: countrySchema
    .optional()
    .describe("For estimates of tax and delivery. Defaults to the shop's country."),
  lines: linesSchema
    .optional()
    .describe("Goods that the cart begins with: all of them, or there is no cart."),
});

export const setQuantityBody = z.strictObject({
  quantity: z
    .int(`Enter a quantity from 0 to ${MAX_QUANTITY}.`)
    .min(0, `Enter a quantity from 0 to ${MAX_QUANTITY}.`)
    .max(MAX_QUANTITY, `Enter a quantity from 0 to ${MAX_QUANTITY}.`)
    .describe("0 removes the line."),
});

export const enterCodeBody = z.strictObject({
  code: z
    .string()
    .min(1, "Send a code.")
    .max(MAX_TYPED_CHARACTERS, `Shorten this to ${MAX_TYPED_CHARACTERS} characters.`)
    .describe("Of a coupon, gift card or store credit; case, spaces and hyphens do not matter."),
});

export const addressBody = z.strictObject({
  fullName: text(MAX_LINE_CHARACTERS),
  company: text(MAX_LINE_CHARACTERS).optional(),
  line1: text(MAX_LINE_CHARACTERS).optional(),
  line2: text(MAX_LINE_CHARACTERS).optional(),
  district: text(MAX_PLACE_CHARACTERS).optional(),
  city: text(MAX_PLACE_CHARACTERS).optional(),
  region: text(MAX_PLACE_CHARACTERS).optional().describe("Code or name, where the country has a list."),
  postalCode: text(MAX_POSTCODE_CHARACTERS).optional(),
  phone: text(MAX_PHONE_CHARACTERS).optional(),
});

const details = {
  email: text(MAX_EMAIL_CHARACTERS).optional(),
  wantsNews: z.boolean().optional(),
  country: countrySchema.optional(),
  address: addressBody.optional().describe("An address in the checkout's country."),
  deliveryMethodId: z.string().min(1).max(80).optional(),
};

export const openCheckoutBody = z
  .strictObject({
    cartId: z.string().min(1).max(80).optional(),
    cartVersion: z.int().min(0).optional().describe("Refuses with 409 when the cart has another version."),
    lines: linesSchema
      .min(1, "Send at least one line.")
      .optional()
      .describe("Instead of a cart: goods to buy at once, in a cart of their own."),
    ...cartTerms,
    ...details,
  })
  .refine(
    (body) => (body.cartId === undefined) !== (body.lines === undefined),
    "Send either cartId or lines.",
  )
  .refine(
    (body) => body.cartId === undefined || (body.market === undefined && body.currency === undefined),
    "Send market and currency with lines; a cart has its own.",
  )
  .refine(
    (body) => body.lines === undefined || body.cartVersion === undefined,
    "Send cartVersion with cartId.",
  );

export const patchCheckoutBody = z
  .strictObject(details)
  .refine((body) => Object.keys(body).length > 0, "Send at least one detail.");

const urlBody = z.string().min(1).max(MAX_URL_CHARACTERS);

export const placeBody = z.strictObject({
  payment: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("token"), token: z.string().min(1).max(MAX_TOKEN_CHARACTERS) }),
    z.strictObject({
      kind: z.literal("redirect"),
      returnUrl: urlBody.optional().describe("On this site; defaults to the order's page."),
      cancelUrl: urlBody.optional().describe("On this site; defaults to the order's page."),
    }),
    z.strictObject({
      kind: z.literal("manual"),
      method: z.enum(["bank_transfer", "cash_on_delivery"]),
    }),
  ]),
  expectedTotal: z
    .strictObject(moneySchema.shape)
    .optional()
    .describe("The total that the buyer saw; a different one is refused with 409."),
  expectedDue: z
    .strictObject(moneySchema.shape)
    .optional()
    .describe("What the buyer saw as left to pay after gift cards; a different amount is refused with 409."),
});

const pictureAnswer = z.object({ url: z.string(), alt: z.string(), width: z.int(), height: z.int() });

const noticeAnswer = z
  .looseObject({ code: z.enum(["price_changed", "few_left", "quantity_lowered", "sold_out", "unavailable"]) })
  .describe("What a shopper must know about the line; more members by code.");

const lineAnswer = z.object({
  id: z.string(),
  variantId: z.string(),
  sku: z.string().optional(),
  productHandle: z.string().optional(),
  title: z.string().optional(),
  variantTitle: z.string().optional(),
  picture: pictureAnswer.optional(),
  quantity: z.int(),
  unitPrice: moneySchema.optional(),
  total: moneySchema.optional().describe("After discounts."),
  discount: moneySchema.optional().describe("The line's share of the discounts."),
  availability: z.enum(["in_stock", "low", "backorder", "preorder", "sold_out"]).optional(),
  availableUnits: z.int().optional(),
  expectedAt: z.string().optional(),
  isCounted: z.boolean().describe("Part of the totals."),
  notices: z.array(noticeAnswer),
});

export const deliveryOptionAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    carrier: z.string(),
    price: moneySchema,
    freeFrom: moneySchema.optional(),
    earliestDate: z.string(),
    latestDate: z.string(),
    cutoffHour: z.int().optional(),
  })
  .meta({ id: "DeliveryOption" });

const codeAnswer = z
  .looseObject({
    id: z.string().describe("Takes the code out again."),
    label: z.string(),
    status: z.enum([
      "applied",
      "unknown",
      "expired",
      "not_yet_valid",
      "minimum_not_reached",
      "not_for_these_goods",
      "not_for_this_country",
      "wrong_currency",
      "used_up",
      "empty",
      "not_combinable",
      "not_yours",
    ]),
  })
  .describe(
    "As far as it is known now; the voucher decides when the order is placed. More members by status.",
  );

const totalsAnswer = {
  items: moneySchema.describe("Before discounts."),
  codes: z.array(codeAnswer),
  discounts: z.array(z.object({ voucherId: z.string().optional(), label: z.string(), amount: moneySchema })),
  discount: moneySchema.describe("What all discounts come to."),
  tenders: z
    .array(z.object({ voucherId: z.string(), kind: z.string(), label: z.string(), amount: moneySchema }))
    .describe("What gift cards and credits pay of the total."),
  due: moneySchema.describe("What is left to pay."),
  delivery: deliveryOptionAnswer.optional(),
  deliveryPrice: moneySchema,
  tax: moneySchema.describe("Contained in the total."),
  total: moneySchema,
  freeDeliveryGap: moneySchema.optional(),
};

export const cartAnswer = z
  .object({
    id: z.string(),
    version: z.int(),
    market: z.string().optional().describe("Absent in the default market until the cart has moved."),
    currency: z.string(),
    country: z.string(),
    lines: z.array(lineAnswer),
    ...totalsAnswer,
    checkoutId: z.string().optional(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: "Cart" });

const addressAnswer = addressBody.extend({ country: z.string(), line1: z.string(), city: z.string() });

export const checkoutAnswer = z
  .object({
    id: z.string(),
    cartId: z.string(),
    cartVersion: z.int(),
    version: z.int(),
    status: z.enum(["open", "placing", "placed"]),
    orderId: z.string().optional(),
    currency: z.string(),
    country: z.string(),
    email: z.string().optional(),
    wantsNews: z.boolean(),
    address: addressAnswer.optional(),
    deliveryMethodId: z.string().optional(),
    missing: z.array(z.enum(["email", "address", "delivery"])),
    lines: z.array(lineAnswer),
    ...totalsAnswer,
    deliveryOptions: z
      .array(deliveryOptionAnswer)
      .describe("The ways of delivery to choose from, the same as under delivery-options."),
    paymentMethods: z
      .array(
        z.object({
          method: z.enum(["card", "bank_transfer", "cash_on_delivery"]),
          isAvailable: z.boolean().describe("False while the provider behind it is not working."),
          details: z.string().optional().describe("Where a transfer goes."),
        }),
      )
      .describe("The ways to pay for this checkout, in the order in which to show them."),
  })
  .meta({ id: "Checkout" });

export const deliveryOptionsAnswer = z.object({ items: z.array(deliveryOptionAnswer) });

export const placedAnswer = z
  .object({
    orderId: z.string(),
    orderNumber: z.string(),
    status: z.string(),
    accessKey: z.string().describe("Secret of the order's link."),
    redirectUrl: z.string().optional().describe("Where the buyer pays, while payment is open."),
  })
  .meta({ id: "PlacedOrder" });
