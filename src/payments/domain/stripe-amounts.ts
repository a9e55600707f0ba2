import { currencyExponent, type CurrencyCode, type Money } from "#kernel";

/** Currencies that Stripe counts in whole units; all others have two digits there, or three ({@link THREE_DIGIT}). */
const WHOLE = new Set<string>([
  ...[
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "JPY",
    "KMF",
    "KRW",
    "MGA",
    "PYG",
    "RWF",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
  ],
]);
/** Written in thousandths, of which Stripe's card networks take full tens only. */
const THREE_DIGIT = new Set<string>(["BHD", "JOD", "KWD", "OMR", "TND"]);

const stripeExponent = (code: CurrencyCode): 0 | 2 | 3 =>
  WHOLE.has(code) ? 0 : THREE_DIGIT.has(code) ? 3 : 2;

/**
 * An amount as Stripe counts it; `undefined` when Stripe cannot take it exactly: a fraction of what it counts in, or
 * thousandths that do not end in 0. Nothing is ever rounded. (ISK and UGX have no digits for us and two at Stripe; MGA
 * the other way round.)
 */
export function toStripeAmount({ currency, amountMinor }: Money): number | undefined {
  const exponent = stripeExponent(currency);
  const digits = exponent - currencyExponent(currency);
  const amount = digits >= 0 ? amountMinor * 10 ** digits : amountMinor / 10 ** -digits;
  const isExact = Number.isSafeInteger(amount) && amount >= 0;
  if (!isExact || (exponent === 3 && amount % 10 !== 0)) return undefined;
  // Full units only, although counted in hundredths.
  return digits > 0 && amount % 10 ** digits !== 0 ? undefined : amount;
}

/** Stripe's count as ours; `undefined` when it is no whole number of our minor units. */
export function fromStripeAmount(currency: CurrencyCode, amount: number): number | undefined {
  const digits = stripeExponent(currency) - currencyExponent(currency);
  const minor = digits >= 0 ? amount / 10 ** digits : amount * 10 ** -digits;
  return Number.isSafeInteger(minor) ? minor : undefined;
}
