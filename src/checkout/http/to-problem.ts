import type { FieldError, Problem } from "#kernel";
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

function describe(refusal: CheckoutRefusal): Details {
  switch (refusal.code) {
    case "quantity_out_of_range": {
      const detail = `Enter a quantity from ${refusal.minimum} to ${refusal.maximum}.`;
      return {
        detail,
        facts: { minimum: refusal.minimum, maximum: refusal.maximum },
        errors: [{ pointer: "/quantity", detail }],
      };
    }
    case "too_many_lines":
      return {
        detail: `A cart holds at most ${refusal.maximum} lines.`,
        facts: { maximum: refusal.maximum },
      };
    case "version_conflict":
      return { detail: `It is at version ${refusal.version} now.`, facts: { version: refusal.version } };
    case "line_unknown":
      return { detail: "The cart has no such line.", facts: { lineId: refusal.lineId } };
    case "currency_mismatch":
      return {
        detail: `The cart is in ${refusal.cartCurrency}, this is sold in ${refusal.variantCurrency}.`,
        facts: { cartCurrency: refusal.cartCurrency, variantCurrency: refusal.variantCurrency },
      };
    case "cart_changed":
      return {
        detail: "The cart changed after the checkout was opened. Nothing was charged.",
        facts: { cartVersion: refusal.cartVersion },
      };
    case "checkout_closed":
      return {
        detail: "This checkout has become an order, or is becoming one.",
        facts: refusal.orderId === undefined ? {} : { orderId: refusal.orderId },
      };
    case "invalid_details": {
      const errors: readonly FieldError[] = refusal.mistakes.map(({ field, detail }) => ({
        pointer: pointerOf(field),
        detail,
      }));
      return { detail: errors.map((error) => error.detail).join(" "), errors };
    }
    case "checkout_incomplete":
      return { detail: `Still missing: ${refusal.missing.join(", ")}.`, facts: { missing: refusal.missing } };
    case "lines_unavailable":
      return {
        detail: "Some lines are not sold any more. Nothing was charged.",
        facts: { lineIds: refusal.lineIds },
      };
    case "total_changed":
      return describeTotalChange(refusal);
    case "out_of_stock":
      return {
        detail: "Something sold out. Nothing was held or charged.",
        facts: { shortages: refusal.shortages },
      };
    case "payment_declined":
      // A bank's suspicion reads as a plain no: telling more helps whoever tries stolen cards.
      return {
        detail: "The bank said no to this payment. Nothing was charged.",
        facts: { reason: refusal.reason === "fraud_suspected" ? "declined" : refusal.reason },
      };
    case "payment_unavailable":
      return {
        detail: "Card payment is not working at the moment. Your cart is kept.",
        retryAfterSeconds: refusal.retryAfterSeconds,
      };
    case "request_in_progress":
      return { detail: "The same request is being carried out.", retryAfterSeconds: 1 };
    case "order_not_cancellable":
      return { detail: "The order cannot be cancelled any more.", facts: { orderStatus: refusal.status } };
    case "transition_refused":
      return { detail: "The order's state does not allow that.", facts: { orderStatus: refusal.status } };
    case "variant_unknown":
      return { detail: PLAIN.variant_unknown, errors: [{ pointer: "", detail: PLAIN.variant_unknown }] };
    default:
      return { detail: PLAIN[refusal.code] };
  }
}

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
      deliveryChange: { currency, amountMinor: change.deliveryChangeMinor },
    },
  };
}

type PlainCode =
  | "cart_unknown"
  | "variant_unknown"
  | "variant_not_for_sale"
  | "cart_empty"
  | "checkout_unknown"
  | "idempotency_key_reused"
  | "order_unknown";

const PLAIN: Readonly<Record<PlainCode & CheckoutRefusalCode, string>> = {
  cart_unknown: "There is no cart with this id.",
  variant_unknown: "Nothing is sold under this id or SKU.",
  variant_not_for_sale: "This product is not for sale at the moment.",
  cart_empty: "The cart has nothing that can be ordered now.",
  checkout_unknown: "There is no checkout with this id.",
  idempotency_key_reused: "This key was used for another request before.",
  order_unknown: "There is no order with this id, or the key is not its own.",
};
