import { currency, currencyExponent, invariant, PPM } from "#kernel";
import { MAX_UNIT_PRICE_MINOR } from "./limits.ts";

/**
 * Where the shop sells: countries with one currency, one way of quoting tax and one way of rounding. Exactly one market
 * is the default: it has no prefix in its paths and takes every country that no other market names.
 */
export type Market = {
  /** Chosen by staff, lower case: `ch`. */
  readonly marketId: string;
  readonly name: string;
  readonly currency: string;
  /** ISO 3166-1 alpha-2; empty for the default market. */
  readonly countries: readonly string[];
  readonly defaultLocale: string;
  /** BCP 47, the default one included. */
  readonly locales: readonly string[];
  /** True: prices contain tax. False: tax is added to them. */
  readonly pricesIncludeTax: boolean;
  readonly rounding: RoundingRule;
  /** Price of one unit of the shop's currency in this market's, in parts per million: 950000 is 0.95. */
  readonly exchangeRatePpm: number;
  /** First word of its paths, such as `ch` in `/ch-de/`; empty for the default market. */
  readonly pathPrefix: string;
  readonly isDefault: boolean;
};

/**
 * Prices that are worked out land on `k × stepMinor + endingMinor`: step 1 is no rounding, step 5 the Swiss five
 * centimes, step 100 with ending 99 prices like 19.99.
 */
export type RoundingRule = {
  /** At least 1. */
  readonly stepMinor: number;
  /** From 0 to `stepMinor − 1`. */
  readonly endingMinor: number;
};

export const NO_ROUNDING: RoundingRule = { stepMinor: 1, endingMinor: 0 };

/**
 * The nearest price of the rule, ties upwards. 0 stays 0, because free is not a price to be made pretty; nothing else
 * becomes 0.
 */
export function roundPrice(amountMinor: number, { stepMinor, endingMinor }: RoundingRule): number {
  invariant(
    Number.isSafeInteger(stepMinor) && stepMinor >= 1 && endingMinor >= 0 && endingMinor < stepMinor,
    "a rounding rule has an ending below its step",
  );
  if (amountMinor === 0 || stepMinor === 1) return amountMinor;
  const nearest = Math.floor((2 * (amountMinor - endingMinor) + stepMinor) / (2 * stepMinor));
  const rounded = nearest * stepMinor + endingMinor;
  return rounded > 0 ? rounded : rounded + stepMinor;
}

/** Part of an amount in parts per million, rounded half up; exact for every safe integer. */
export function partOf(amountMinor: number, ppm: number): number {
  const doubled = 2n * BigInt(amountMinor) * BigInt(ppm) + BigInt(PPM);
  return Number(doubled / (2n * BigInt(PPM)));
}

/** An amount of one currency in another at a stated rate, rounded half up to its minor unit. No floats. */
export function convertMinor(
  amountMinor: number,
  at: { readonly from: string; readonly to: string; readonly ratePpm: number },
): number {
  invariant(Number.isSafeInteger(at.ratePpm) && at.ratePpm > 0, "an exchange rate is a whole number above 0");
  const digits = currencyExponent(currency(at.to)) - currencyExponent(currency(at.from));
  const numerator = BigInt(amountMinor) * BigInt(at.ratePpm) * 10n ** BigInt(Math.max(0, digits));
  const denominator = BigInt(PPM) * 10n ** BigInt(Math.max(0, -digits));
  const converted = Number((2n * numerator + denominator) / (2n * denominator));
  return Math.min(converted, MAX_UNIT_PRICE_MINOR);
}

/** The price of the shop's currency as a market asks for it when no list says otherwise: converted, then rounded. */
export function marketBaseMinor(baseMinor: number, market: Market, shopCurrency: string): number {
  if (market.currency === shopCurrency && market.exchangeRatePpm === PPM)
    return market.isDefault ? baseMinor : roundPrice(baseMinor, market.rounding);
  const at = { from: shopCurrency, to: market.currency, ratePpm: market.exchangeRatePpm };
  return roundPrice(convertMinor(baseMinor, at), market.rounding);
}

/** The market of a country; the default one where no other names it. */
export const marketOfCountry = (markets: readonly Market[], country: string): Market | undefined =>
  markets.find((market) => market.countries.includes(country)) ?? markets.find((market) => market.isDefault);
