import {
  isCardProvider,
  isManualAllowed,
  type ManualPolicy,
  type PaymentMethodId,
  type Purchase,
} from "../domain/methods.ts";
import type { PaymentProviders } from "./ports.ts";

/** One way to pay that a buyer is shown. */
export type PaymentOffer = {
  readonly method: PaymentMethodId;
  /** Name of the provider that an order with this method names. */
  readonly provider: string;
  /** False while its provider is down: it stays on the page, and cannot be chosen. */
  readonly isAvailable: boolean;
  /** Where a transfer goes. */
  readonly details?: string;
};

/** The ways to pay, for the checkout. */
export type PaymentMethods = {
  /**
   * Those that this purchase may use, in the merchant's order. Costs nothing while the providers are well; one that was
   * down is asked for at most 1.5 s whether it is back. Never throws.
   */
  offers(purchase: Purchase): Promise<readonly PaymentOffer[]>;
  /** The same from what this isolate knows, without any call. */
  known(purchase: Purchase): readonly PaymentOffer[];
};

export function createPaymentMethods(providers: PaymentProviders, policy: ManualPolicy): PaymentMethods {
  const known = (purchase: Purchase): readonly PaymentOffer[] =>
    providers.names.flatMap((name): PaymentOffer[] => {
      const isAvailable = providers.get(name)?.isAvailable() ?? false;
      if (isCardProvider(name)) return [{ method: "card", provider: name, isAvailable }];
      if (!isManualAllowed(name, purchase, policy)) return [];
      const details = name === "bank_transfer" ? { details: policy.bankDetails } : {};
      return [{ method: name, provider: name, isAvailable, ...details }];
    });
  return {
    known,
    offers: (purchase) =>
      Promise.all(
        known(purchase).map(async (offer) => {
          const isAvailable = (await providers.get(offer.provider)?.checkAvailability()) ?? false;
          return { ...offer, isAvailable };
        }),
      ),
  };
}
