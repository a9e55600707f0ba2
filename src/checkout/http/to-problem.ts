import type { FieldError, Problem } from "#kernel";
import type { CodeReason } from "../app/cart-codes.ts";
import type { LineMistake } from "../app/open-cart.ts";
import type { CheckoutRefusal, CheckoutRefusalCode } from "../app/refusals.ts";
import { RETRY_AFTER_SECONDS } from "../limits.ts";
import { PROBLEMS } from "./problem-types.ts";

type Details = Pick<Problem, "detail" | "facts" | "errors" | "retryAfterSeconds">;

/** The public problem of a refusal. `isConditional`: the request carried If-Match, so a stale version is a 412. */
export function toProblem(refusal: CheckoutRefusal, isConditional = false): Problem {
  const { type, title, status } = PROBLEMS[refusal.code];
  const isFailedCondition = isConditional && refusal.code === "version_conflict";
  return { type, title, status: isFailedCondition ? 412 : status, ...describe(refusal) };
}

/** Trouble of the platform: the same request may be repeated. */
export function unavailableProblem(): Problem {
  const { type, title, status } = PROBLEMS.unavailable;
  return {
    type,
    title,
    status,
    detail: "Part of the shop did not answer. Repeat the request with the same Idempotency-Key.",
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  };
}

const pointerOf = (field: string): string =>
  ["email", "country", "deliveryMethodId", "expectedTotal"].includes(field)
    ? `/${field}`
    : `/address/${field}`;

type Descriptions = {
  readonly [Code in CheckoutRefusalCode]: (
    refusal: Extract<CheckoutRefusal, { readonly code: Code }>,
  ) => Details;
};

const describe = (refusal: CheckoutRefusal): Details => {
  // The table's keys are the codes of its functions' arguments, which the compiler cannot follow through a lookup.
  const describeOne = DESCRIPTIONS[refusal.code] as (refusal: CheckoutRefusal) => Details;
  return describeOne(refusal);
};

const plain = (detail: string) => (): Details => ({ detail });
const UNKNOWN_MARKET = "The shop has no market with this id.";
const UNKNOWN_CUSTOMER = "This personal link is not valid any more.";
const NOT_FOR_SALE = "This product is not for sale at the moment.";
const UNKNOWN_VARIANT = "Nothing is sold under this id or SKU.";

const REFUSED_CODES: Readonly<Record<CodeReason["code"], string>> = {
  unknown: "We do not know this code.",
  expired: "This code is not valid any more.",
  not_yet_valid: "This code is not valid yet.",
  minimum_not_reached: "The goods do not come to this code's minimum.",
  not_for_these_goods: "This code is not for these goods.",
  not_for_this_country: "This code is not for this country.",
  wrong_currency: "This code is for another currency.",
  used_up: "This code has been used up.",
  empty: "Nothing is left on this card.",
  not_combinable: "This code cannot be combined with another one.",
  not_yours: "This credit belongs to another e-mail address.",
};

type MistakeOf<Reason> = Extract<LineMistake, { readonly reason: Reason }>;

function lineSentence(mistake: LineMistake): string {
  switch (mistake.reason) {
    case "variant_unknown":
      return UNKNOWN_VARIANT;
    case "variant_not_for_sale":
      return NOT_FOR_SALE;
    case "currency_mismatch":
      return currencySentence(mistake);
    case "quantity_out_of_range":
      return `Enter at most ${mistake.maximum} units of one variant.`;
  }
}

const currencySentence = ({
  cartCurrency,
  variantCurrency,
}: Pick<MistakeOf<"currency_mismatch">, "cartCurrency" | "variantCurrency">): string =>
  `The cart is in ${cartCurrency}, this is sold in ${variantCurrency}.`;

const DESCRIPTIONS: Descriptions = {
  lines_refused: ({ mistakes }) => {
    const errors = mistakes.map((mistake) => ({
      pointer: `/lines/${mistake.index}`,
      detail: lineSentence(mistake),
    }));
    return { detail: "No cart was opened.", errors };
  },
  market_unknown: () => ({
    detail: UNKNOWN_MARKET,
    errors: [{ pointer: "/market", detail: UNKNOWN_MARKET }],
  }),
  customer_unknown: () => ({
    detail: UNKNOWN_CUSTOMER,
    errors: [{ pointer: "/key", detail: UNKNOWN_CUSTOMER }],
  }),
  cart_unknown: plain("There is no cart with this id."),
  variant_unknown: () => ({ detail: UNKNOWN_VARIANT, errors: [{ pointer: "", detail: UNKNOWN_VARIANT }] }),
  variant_not_for_sale: plain(NOT_FOR_SALE),
  cart_empty: plain("The cart has nothing that can be ordered now."),
  checkout_unknown: plain("There is no checkout with this id."),
  idempotency_key_reused: plain("This key was used for another request before."),
  order_unknown: plain("There is no order with this id, or the key is not its own."),
  quantity_out_of_range: ({ minimum, maximum }) => {
    const detail = `Enter a quantity from ${minimum} to ${maximum}.`;
    return { detail, facts: { minimum, maximum }, errors: [{ pointer: "/quantity", detail }] };
  },
  too_many_lines: ({ maximum }) => ({ detail: `A cart holds at most ${maximum} lines.`, facts: { maximum } }),
  too_many_codes: ({ maximum }) => ({ detail: `A cart holds at most ${maximum} codes.`, facts: { maximum } }),
  code_not_in_cart: plain("The cart has no such code."),
  code_refused: ({ reason }) => {
    const detail = REFUSED_CODES[reason.code];
    return { detail, facts: { reason: reason.code }, errors: [{ pointer: "/code", detail }] };
  },
  version_conflict: ({ version }) => ({ detail: `It is at version ${version} now.`, facts: { version } }),
  line_unknown: ({ lineId }) => ({ detail: "The cart has no such line.", facts: { lineId } }),
  currency_mismatch: ({ cartCurrency, variantCurrency }) => ({
    detail: currencySentence({ cartCurrency, variantCurrency }),
    facts: { cartCurrency, variantCurrency },
  }),
  cart_changed: ({ cartVersion }) => ({
    detail: "The cart changed after the checkout was opened. Nothing was charged.",
    facts: { cartVersion },
  }),
  checkout_closed: ({ orderId }) => ({
    detail: "This checkout has become an order, or is becoming one.",
    facts: orderId === undefined ? {} : { orderId },
  }),
  invalid_details: ({ mistakes }) => {
    const errors: readonly FieldError[] = mistakes.map(({ field, detail }) => ({
      pointer: pointerOf(field),
      detail,
    }));
    return { detail: errors.map((error) => error.detail).join(" "), errors };
  },
  checkout_incomplete: ({ missing }) => ({
    detail: `Still missing: ${missing.join(", ")}.`,
    facts: { missing },
  }),
  lines_unavailable: ({ lineIds }) => ({
    detail: "Some lines are not sold any more. Nothing was charged.",
    facts: { lineIds },
  }),
  total_changed: describeTotalChange,
  line_open: ({ sku, title, position }) => ({
    detail: `${title} is sold by turn at the moment: ${position.ahead} wait in front of you.`,
    facts: {
      sku,
      ahead: position.ahead,
      ...(position.estimatedSeconds === undefined ? {} : { estimatedSeconds: position.estimatedSeconds }),
    },
    retryAfterSeconds: position.pollAfterSeconds,
  }),
  customer_limit: ({ sku, title, limit, ordered }) => ({
    detail: `Each customer may have ${limit} of ${title}; ${ordered} are ordered already.`,
    facts: { sku, limit, ordered },
  }),
  out_of_stock: ({ shortages }) => ({
    detail: "Something sold out. Nothing was held or charged.",
    facts: { shortages },
  }),
  voucher_refused: ({ voucherId, reason }) => ({
    detail: "A code of this cart cannot be used any more. Nothing was charged.",
    facts: { voucherId, reason },
  }),
  payment_declined: ({ reason }) => ({
    detail: "The bank said no to this payment. Nothing was charged.",
    // A bank's suspicion reads as a plain no: telling more helps whoever tries stolen cards.
    facts: { reason: reason === "fraud_suspected" ? "declined" : reason },
  }),
  payment_unavailable: ({ retryAfterSeconds }) => ({
    detail: "Card payment is not working at the moment. Your cart is kept.",
    retryAfterSeconds,
  }),
  request_in_progress: () => ({ detail: "The same request is being carried out.", retryAfterSeconds: 1 }),
  order_not_cancellable: ({ status }) => ({
    detail: "The order cannot be cancelled any more.",
    facts: { orderStatus: status },
  }),
  transition_refused: ({ status }) => ({
    detail: "The order's state does not allow that.",
    facts: { orderStatus: status },
  }),
};

type TotalChanged = Extract<CheckoutRefusal, { readonly code: "total_changed" }>;

function describeTotalChange(change: TotalChanged): Details {
  const { currency } = change;
  return {
    detail: "The total is not the one that was shown. Nothing was charged.",
    facts: {
      oldTotal: { currency, amountMinor: change.fromMinor },
      newTotal: { currency, amountMinor: change.toMinor },
      movedLines: change.movedLines.map((line) => ({
        lineId: line.lineId,
        title: line.title,
        quantity: line.quantity,
        oldUnitPrice: { currency, amountMinor: line.fromMinor },
        newUnitPrice: { currency, amountMinor: line.toMinor },
      })),
      discountChange: { currency, amountMinor: change.discountChangeMinor },
      oldDue: { currency, amountMinor: change.dueFromMinor },
      newDue: { currency, amountMinor: change.dueToMinor },
      deliveryChange: { currency, amountMinor: change.deliveryChangeMinor },
    },
  };
}
