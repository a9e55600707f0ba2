import type { ProblemTypeEntry } from "#web";
import type { CheckoutRefusalCode } from "../app/refusals.ts";

type Entry = Omit<ProblemTypeEntry, "type"> & { readonly type: ProblemTypeEntry["type"] };

/** One public problem per refusal, and `unavailable` for trouble of the platform. */
export const PROBLEMS: Readonly<Record<CheckoutRefusalCode | "unavailable", Entry>> = {
  cart_unknown: {
    type: "/problems/cart/cart-unknown",
    title: "No such cart",
    status: 404,
    meaning: "There is no cart with this id. Carts that nobody changes for 30 days are deleted.",
    remedy: "Open a new cart with POST /api/carts.",
  },
  lines_refused: {
    type: "/problems/cart/lines-refused",
    title: "Some lines cannot be in a cart",
    status: 422,
    meaning: "Goods that a new cart should begin with are not sold, or are too many. No cart was opened.",
    remedy: "Correct or leave out the lines that errors points at, and send the request again.",
  },
  market_unknown: {
    type: "/problems/cart/market-unknown",
    title: "No such market",
    status: 422,
    meaning: "The shop has no market with this id.",
    remedy: "Leave it out for the default market, or use the id of a market that the merchant has told you.",
  },
  customer_unknown: {
    type: "/problems/cart/customer-unknown",
    title: "This link is not valid any more",
    status: 422,
    meaning: "The id and key belong to no customer of the merchant, or the merchant has made a new link.",
    remedy: "Ask the merchant for a new link, or go on without: everybody's prices hold then.",
  },
  line_unknown: {
    type: "/problems/cart/line-unknown",
    title: "No such line in this cart",
    status: 404,
    meaning: "The cart has no line with this id; it may have been removed meanwhile.",
    remedy: "Read the cart and use the id of one of its lines.",
  },
  quantity_out_of_range: {
    type: "/problems/cart/quantity-out-of-range",
    title: "The quantity is out of range",
    status: 422,
    meaning: "A line would hold fewer or more units than a cart takes.",
    remedy:
      "Send a whole number between minimum and maximum; adding counts together with what the line holds already.",
  },
  too_many_lines: {
    type: "/problems/cart/too-many-lines",
    title: "The cart is full",
    status: 422,
    meaning: "The cart has as many lines as a cart may have.",
    remedy: "Remove a line, or order these first.",
  },
  too_many_codes: {
    type: "/problems/cart/too-many-codes",
    title: "The cart has enough codes",
    status: 422,
    meaning: "The cart has as many codes as a cart may have.",
    remedy: "Take one out first.",
  },
  code_not_in_cart: {
    type: "/problems/cart/code-not-in-cart",
    title: "The cart has no such code",
    status: 404,
    meaning: "The code was never entered, or has been taken out meanwhile.",
    remedy: "Read the cart and use the id of one of its codes.",
  },
  code_refused: {
    type: "/problems/cart/code-refused",
    title: "This code does not apply",
    status: 422,
    meaning:
      "reason says why: unknown, expired, not_yet_valid, not_for_these_goods, not_for_this_country, wrong_currency, used_up, empty, not_combinable or not_yours. Nothing was changed.",
    remedy: "Check the spelling, or change what the reason is about.",
  },
  version_conflict: {
    type: "/problems/cart/version-conflict",
    title: "It has changed since you read it",
    status: 409,
    meaning: "The request was made for another version. With If-Match the status is 412.",
    remedy: "Read again, look at the differences, and send the request for the version that you find.",
  },
  variant_unknown: {
    type: "/problems/cart/variant-unknown",
    title: "Nothing is sold under this id or SKU",
    status: 422,
    meaning: "The catalogue has no such variant.",
    remedy: "Take variantId or sku from the product.",
  },
  variant_not_for_sale: {
    type: "/problems/cart/variant-not-for-sale",
    title: "This is not for sale at the moment",
    status: 409,
    meaning: "The product is a draft or has been withdrawn.",
    remedy: "Choose another product.",
  },
  currency_mismatch: {
    type: "/problems/cart/currency-mismatch",
    title: "A cart holds goods of one currency",
    status: 409,
    meaning: "The variant is sold in another currency than the cart's.",
    remedy: "Open another cart for that currency.",
  },
  cart_empty: {
    type: "/problems/checkout/cart-empty",
    title: "There is nothing to order",
    status: 409,
    meaning: "The cart has no line that can be ordered now.",
    remedy: "Add something first.",
  },
  cart_changed: {
    type: "/problems/checkout/cart-changed",
    title: "The cart changed",
    status: 409,
    meaning: "Lines were changed after the checkout was opened. Nothing was charged.",
    remedy:
      "Open the checkout again with POST /api/checkouts, show the differences, then place the order under a new key.",
  },
  checkout_unknown: {
    type: "/problems/checkout/checkout-unknown",
    title: "No such checkout",
    status: 404,
    meaning: "There is no checkout with this id.",
    remedy: "Open one with POST /api/checkouts.",
  },
  checkout_closed: {
    type: "/problems/checkout/checkout-closed",
    title: "This checkout has become an order",
    status: 409,
    meaning: "Another request has ordered it, or is doing so.",
    remedy: "Look at the order that orderId names.",
  },
  invalid_details: {
    type: "/problems/checkout/invalid-details",
    title: "Some details need another value",
    status: 422,
    meaning: "The details listed under errors cannot be used as they are. Nothing was stored.",
    remedy: "Mend each field as its detail says.",
  },
  checkout_incomplete: {
    type: "/problems/checkout/checkout-incomplete",
    title: "Something is missing",
    status: 422,
    meaning: "The checkout needs what missing lists before it can be ordered: email, address, delivery.",
    remedy: "Send it with PATCH /api/checkouts/{id}, then place the order under a new key.",
  },
  lines_unavailable: {
    type: "/problems/checkout/lines-unavailable",
    title: "Some lines are not sold any more",
    status: 409,
    meaning: "The products of lineIds have been withdrawn. Nothing was held or charged.",
    remedy: "Remove those lines from the cart and open the checkout again.",
  },
  total_changed: {
    type: "/problems/checkout/total-changed",
    title: "The total changed",
    status: 409,
    meaning: "Prices or delivery are not what the buyer was shown. Nothing was charged.",
    remedy: "Show newTotal and movedLines, let the buyer decide, then place the order under a new key.",
  },
  line_open: {
    type: "/problems/checkout/line-open",
    title: "There is a line in front of this product",
    status: 429,
    meaning:
      "More people want it than can be served at once. The cart has a place in line; ahead says how many wait in front. Nothing was held or charged.",
    remedy:
      "Repeat the same request, with the same Idempotency-Key, after Retry-After. Asking keeps the place.",
  },
  customer_limit: {
    type: "/problems/checkout/customer-limit",
    title: "One customer may have no more of this",
    status: 409,
    meaning:
      "While many people wait for this product, each customer may order only limit units, over all carts.",
    remedy: "Lower the quantity to what is left of the limit, or remove the line.",
  },
  out_of_stock: {
    type: "/problems/orders/out-of-stock",
    title: "Something sold out",
    status: 409,
    meaning:
      "There are fewer units than asked for; shortages lists them. Nothing is held and nothing was charged.",
    remedy: "Lower or remove the lines in question, then place the order under a new key.",
  },
  voucher_refused: {
    type: "/problems/orders/voucher-refused",
    title: "A code cannot be used any more",
    status: 409,
    meaning:
      "The coupon, gift card or credit in voucherId could not be claimed; reason says why. Nothing was charged.",
    remedy: "Take the code out of the cart or use another one, then place the order under a new key.",
  },
  payment_declined: {
    type: "/problems/orders/payment-declined",
    title: "The payment was declined",
    status: 402,
    meaning: "The bank said no; reason says why as far as it may be told. Nothing was charged.",
    remedy: "Try another card under a new key.",
  },
  payment_unavailable: {
    type: "/problems/orders/payment-unavailable",
    title: "Payment is not working at the moment",
    status: 503,
    meaning: "The payment provider does not answer. Nothing was charged and the cart is kept.",
    remedy: "Wait for as many seconds as Retry-After says, then place the order under a new key.",
  },
  idempotency_key_reused: {
    type: "/problems/checkout/idempotency-key-reused",
    title: "This Idempotency-Key belongs to another request",
    status: 422,
    meaning: "The key was used before with another body or for another address.",
    remedy: "Use a new key for a new request, and the same key only to repeat one.",
  },
  request_in_progress: {
    type: "/problems/orders/request-in-progress",
    title: "The same request is being carried out",
    status: 409,
    meaning: "An earlier request with this key has not ended yet.",
    remedy: "Wait for as many seconds as Retry-After says and repeat it with the same key.",
  },
  order_unknown: {
    type: "/problems/orders/order-unknown",
    title: "No such order",
    status: 404,
    meaning: "There is no order with this id, or the key is not its own.",
    remedy: "Send the order's access key as a Bearer token or in the parameter key.",
  },
  order_not_cancellable: {
    type: "/problems/orders/order-not-cancellable",
    title: "The order cannot be cancelled any more",
    status: 409,
    meaning: "It is on its way, or over already; orderStatus says which.",
    remedy: "Send the goods back after delivery.",
  },
  transition_refused: {
    type: "/problems/orders/transition-refused",
    title: "The order cannot do that now",
    status: 409,
    meaning: "The order's state does not allow it; orderStatus names the state.",
    remedy: "Read the order again.",
  },
  unavailable: {
    type: "/problems/checkout/unavailable",
    title: "Not reachable for a moment",
    status: 503,
    meaning: "A part of the shop did not answer. What became of a write is not known yet.",
    remedy: "Repeat the request with the same Idempotency-Key after as many seconds as Retry-After says.",
  },
};

/** For the pages that explain problems. */
export const CHECKOUT_PROBLEM_TYPES: readonly ProblemTypeEntry[] = Object.values(PROBLEMS);
