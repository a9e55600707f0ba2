import { invariant, PPM } from "#kernel";
import { MAX_TAX_RATE_PPM } from "./limits.ts";

/** Kinds of goods that a tax law treats alike. */
export type TaxClass = "standard" | "reduced" | "zero";

/** One row: tax of one class in one country. */
export type TaxRate = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly taxClass: TaxClass;
  /** Parts per million: 190000 is 19 %. */
  readonly ratePpm: number;
  /** False where delivery is not taxed; absent where it is, at the standard rate. */
  readonly taxesDelivery?: boolean;
};

/** The rate of delivery at a destination: the standard one, unless delivery is not taxed there. */
export function deliveryRatePpm(rates: readonly TaxRate[], country: string): number {
  const standard = rates.find((row) => row.country === country && row.taxClass === "standard");
  return standard?.taxesDelivery === false ? 0 : taxRatePpm(rates, country, "standard");
}

/** Tax on top of a net amount, rounded half up; exact for every safe integer amount. */
export function addedTaxMinor(netMinor: number, ratePpm: number): number {
  const doubled = 2n * BigInt(netMinor) * BigInt(ratePpm) + BigInt(PPM);
  return Number(doubled / (2n * BigInt(PPM)));
}

/**
 * The rate at a destination in parts per million. A country without a row is outside the shop's tax area: prices
 * contain no tax there.
 */
export function taxRatePpm(rates: readonly TaxRate[], country: string, taxClass: TaxClass): number {
  const rate = rates.find((row) => row.country === country && row.taxClass === taxClass)?.ratePpm ?? 0;
  invariant(
    Number.isSafeInteger(rate) && rate >= 0 && rate <= MAX_TAX_RATE_PPM,
    "a tax rate is a whole number of parts per million from 0 to 1000000",
  );
  return rate;
}
