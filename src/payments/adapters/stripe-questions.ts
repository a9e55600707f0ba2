import { truncate } from "#kernel";
import type { AuthoriseRequest } from "#orders";
import type Stripe from "stripe";
import { MAX_DESCRIPTION_CHARACTERS, MAX_SESSION_SECONDS, MIN_SESSION_SECONDS } from "../domain/limits.ts";
import { META } from "./stripe-wire.ts";

/**
 * What Stripe is asked for. Everything here depends on the request alone, never on the clock: a repeat under the same key
 * must be the same to the byte, or Stripe refuses it.
 */

/** A payment with a token of the browser: tried once, never a challenge, because nobody is there to answer it. */
export function tokenIntent(
  request: AuthoriseRequest,
  token: string,
  amount: number,
): Stripe.PaymentIntentCreateParams {
  return {
    amount,
    currency: request.amount.currency.toLowerCase(),
    capture_method: "manual",
    confirm: true,
    error_on_requires_action: true,
    allowed_payment_method_types: ["card"],
    ...about(request),
    ...methodOf(token),
    expand: ["latest_charge"],
  };
}

/** Tokens of three generations of Stripe's browser script. */
function methodOf(token: string) {
  if (token.startsWith("ctoken_")) return { confirmation_token: token };
  if (token.startsWith("pm_")) return { payment_method: token };
  return { payment_method_data: { type: "card" as const, card: { token } } };
}

/** Stripe's own page for one order; the card is charged by us, later. */
export function pageSession(
  request: AuthoriseRequest,
  back: { readonly returnUrl: string; readonly cancelUrl: string },
  amount: number,
): Stripe.Checkout.SessionCreateParams {
  const { description, metadata } = about(request);
  const seconds = Math.min(
    Math.max(Math.trunc(request.sessionSeconds), MIN_SESSION_SECONDS),
    MAX_SESSION_SECONDS,
  );
  const facts = { ...metadata, [META.seconds]: String(seconds) };
  return {
    mode: "payment",
    success_url: back.returnUrl,
    cancel_url: back.cancelUrl,
    client_reference_id: request.orderId,
    customer_email: request.email,
    allowed_payment_method_types: ["card"],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: request.amount.currency.toLowerCase(),
          unit_amount: amount,
          product_data: { name: description },
        },
      },
    ],
    metadata: facts,
    payment_intent_data: { capture_method: "manual", description, metadata: facts },
  };
}

function about(request: AuthoriseRequest) {
  return {
    description: truncate(request.description, MAX_DESCRIPTION_CHARACTERS),
    metadata: { [META.key]: request.key, [META.order]: request.orderId, order_number: request.orderNumber },
  };
}

/** The order that a key belongs to: `{order}:{step}:{attempt}`. */
const orderOf = (key: string): string => key.split(":", 1)[0] ?? "";

export const refundParams = (
  paymentIntent: string,
  key: string,
  amount: number,
): Stripe.RefundCreateParams => ({
  payment_intent: paymentIntent,
  amount,
  metadata: { [META.key]: key, [META.order]: orderOf(key) },
});

/** Whether a key can stand in a search query; ours always can. */
export const isSearchable = (key: string): boolean => /^[\w:.-]{1,255}$/.test(key);
