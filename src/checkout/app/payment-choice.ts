import { ok, refuse, type Result } from "#kernel";
import type { OrderDraft, PaymentChoice } from "#orders";
import type { PaymentMethodId, PaymentOffer } from "#payments";
import type { PricedCheckout } from "./price-checkout.ts";
import type { CheckoutPorts } from "./ports.ts";

/** The ways to pay for this checkout. One that was down is asked for at most 1.5 s; otherwise this costs nothing. */
export const paymentOffers = (
  ports: CheckoutPorts,
  { checkout, basket }: PricedCheckout,
): Promise<readonly PaymentOffer[]> =>
  ports.payments.offers({
    country: checkout.country,
    currency: checkout.currency,
    dueMinor: basket.quote.dueMinor,
  });

/** The method behind a choice: tokens and the provider's page are both cards. */
export const methodOf = (choice: PaymentChoice): PaymentMethodId =>
  choice.kind === "manual" ? choice.method : "card";

export type PaymentMethodRefusal = {
  readonly code: "payment_method_wrong";
  readonly method: PaymentMethodId;
};

/**
 * The provider that takes the money of this draft. A method that this order may not use is refused; one that is merely
 * down is not, because the order itself finds out and answers. When nothing is left to pay, any provider will do.
 */
export function providerFor(
  ports: CheckoutPorts,
  draft: OrderDraft,
  choice: PaymentChoice,
): Result<string, PaymentMethodRefusal> {
  const method = methodOf(choice);
  const offers = ports.payments.known({
    country: draft.address.country,
    currency: draft.currency,
    dueMinor: draft.dueMinor,
  });
  const offer = offers.find((one) => one.method === method) ?? (draft.dueMinor === 0 ? offers[0] : undefined);
  return offer ? ok(offer.provider) : refuse({ code: "payment_method_wrong", method });
}
