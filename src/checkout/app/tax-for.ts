import type { CustomerTerms } from "#customers";
import { includedTaxMinor } from "#kernel";
import { importLimitOf, reliefOf, type DestinationTax, type Market, type TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { PriceTruth } from "./ports.ts";

type Asked = {
  readonly tax: DestinationTax;
  readonly customer: CustomerTerms | undefined;
  readonly market: Market;
  readonly methods: readonly DeliveryMethod[];
  readonly country: string;
  readonly shopCurrency: string;
};

/**
 * The taxes of a destination as they hold for this buyer. Whoever is relieved of them pays none, and prices and delivery
 * that contain tax are asked for without it.
 */
export function taxFor({ tax, customer, market, methods, country, shopCurrency }: Asked): Pick<
  PriceTruth,
  "taxRates" | "methods" | "relief" | "importLimitMinor"
> & {
  readonly taxOff?: readonly TaxRate[];
} {
  const { rates, settings } = tax;
  const relief = reliefOf(customer, settings, country);
  if (!relief) {
    const importLimitMinor = importLimitOf(settings, country, { market, shopCurrency });
    return { taxRates: rates, methods, ...(importLimitMinor === undefined ? {} : { importLimitMinor }) };
  }
  return {
    taxRates: [],
    relief,
    taxOff: rates,
    methods: market.pricesIncludeTax ? methods.map((method) => withoutTax(method, rates)) : methods,
  };
}

/** Delivery is taxed at the standard rate, unless it is not taxed. */
function withoutTax(method: DeliveryMethod, rates: readonly TaxRate[]): DeliveryMethod {
  const standard = rates.find(({ taxClass }) => taxClass === "standard");
  const ratePpm = standard === undefined || standard.taxesDelivery === false ? 0 : standard.ratePpm;
  return { ...method, priceMinor: method.priceMinor - includedTaxMinor(method.priceMinor, ratePpm) };
}
