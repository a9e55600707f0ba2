import type { OrderId } from "#kernel";
import type { PaymentChoice } from "#orders";
import { isCardProvider, type ProviderName } from "#payments";

/** A way to pay as a form of the back office offers it. */
export type PaymentOption = { readonly value: string; readonly label: string };

/** The provider that an order names, and how it is asked. */
export type ChosenPayment = {
  readonly provider: string;
  readonly choice: (orderId: OrderId) => PaymentChoice;
};

const LINK: PaymentOption = { value: "link", label: "card, by a link that you send" };
const LABELS = { bank_transfer: "bank transfer", cash_on_delivery: "cash on delivery" } as const;

/** What staff may choose for a new order: what this deployment uses, in its order. */
export const paymentOptions = (providers: readonly ProviderName[]): readonly PaymentOption[] =>
  providers.map((name) => (isCardProvider(name) ? LINK : { value: name, label: LABELS[name] }));

/** The same for the difference of an edit, which no carrier collects. */
export const differenceOptions = (providers: readonly ProviderName[]): readonly PaymentOption[] =>
  paymentOptions(providers.filter((name) => name !== "cash_on_delivery"));

/**
 * What a form chose; without a word the first that there is. `undefined` for a word that is not, or no longer, offered.
 * `origin` is where a buyer comes back to from the page of the provider.
 */
export function choosePayment(
  providers: readonly ProviderName[],
  word: string | undefined,
  origin: string,
): ChosenPayment | undefined {
  const provider =
    word === undefined
      ? providers[0]
      : providers.find((name) => (isCardProvider(name) ? LINK.value : name) === word);
  if (provider === undefined) return undefined;
  if (!isCardProvider(provider)) return { provider, choice: () => ({ kind: "manual", method: provider }) };
  return {
    provider,
    choice: (orderId) => {
      const back = `${origin}/orders/${orderId}/return`;
      return { kind: "redirect", returnUrl: back, cancelUrl: back };
    },
  };
}
