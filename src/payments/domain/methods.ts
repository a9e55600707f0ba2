import { ok, refuse, type Result } from "#kernel";

/** Everything that money can come through. */
export const PROVIDER_NAMES = ["sandbox", "stripe", "bank_transfer", "cash_on_delivery"] as const;
export type ProviderName = (typeof PROVIDER_NAMES)[number];
export type CardProviderName = "sandbox" | "stripe";
export type ManualMethod = "bank_transfer" | "cash_on_delivery";

/** How a buyer thinks of paying. */
export type PaymentMethodId = "card" | ManualMethod;

export type ProvidersRefusal = { readonly code: "providers_wrong"; readonly detail: string };

/**
 * Reads `PAYMENT_PROVIDERS`, such as `stripe,bank_transfer,cash_on_delivery`: each once, in the order in which buyers see
 * them, at least one, and at most one of them for cards.
 */
export function parseProviders(text: string): Result<readonly ProviderName[], ProvidersRefusal> {
  const wrong = (detail: string) => refuse({ code: "providers_wrong" as const, detail });
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  const names = words.filter(isProviderName);
  const stranger = words.find((word) => !isProviderName(word));
  if (stranger !== undefined)
    return wrong(`${stranger} is no payment provider; choose from ${PROVIDER_NAMES.join(", ")}.`);
  if (names.length === 0) return wrong("Name at least one payment provider.");
  if (new Set(names).size !== names.length) return wrong("Name each payment provider once.");
  if (names.filter(isCardProvider).length > 1)
    return wrong("Cards go through one provider: sandbox or stripe, not both.");
  return ok(names);
}

const isProviderName = (word: string): word is ProviderName => PROVIDER_NAMES.some((name) => name === word);

/** Whether a provider takes cards; the others are manual. */
export const isCardProvider = (name: ProviderName): name is CardProviderName =>
  name === "sandbox" || name === "stripe";

/** What the merchant has settled for payment without a provider. */
export type ManualPolicy = {
  /** Where a transfer goes, in one line; empty: none is offered. */
  readonly bankDetails: string;
  /** ISO 3166-1 alpha-2 codes where the carrier takes cash. */
  readonly cashCountries: readonly string[];
  /** Largest order that a carrier takes cash for, in minor units of {@link ManualPolicy.cashCurrency}. */
  readonly cashLimitMinor: number;
  readonly cashCurrency: string;
};

export type Purchase = {
  readonly country: string;
  readonly currency: string;
  /** What is left to pay. */
  readonly dueMinor: number;
};

/** Whether a manual way to pay may be chosen for this purchase. */
export function isManualAllowed(method: ManualMethod, purchase: Purchase, policy: ManualPolicy): boolean {
  if (method === "bank_transfer") return policy.bankDetails !== "";
  return (
    policy.cashCountries.includes(purchase.country) &&
    purchase.currency === policy.cashCurrency &&
    purchase.dueMinor <= policy.cashLimitMinor
  );
}
