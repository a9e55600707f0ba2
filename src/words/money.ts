import { currencyExponent, parseCurrency, invariant, type Money } from "#kernel";
import { MAX_CACHED_FORMATTERS } from "./limits.ts";

/** The locale of the shop's own words. */
export const DEFAULT_LOCALE = "en-GB";

// Building a formatter costs far more than using one; bounded, and the same for every visitor.
const formatters = new Map<string, Intl.NumberFormat>();

function formatterFor(locale: string, code: string, isShort: boolean): Intl.NumberFormat {
  const key = `${locale} ${code} ${isShort}`;
  const known = formatters.get(key);
  if (known) return known;
  if (formatters.size >= MAX_CACHED_FORMATTERS) formatters.clear();
  const made = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: code,
    ...(isShort ? { minimumFractionDigits: 0 } : {}),
  });
  formatters.set(key, made);
  return made;
}

/**
 * An amount for people: 3400 EUR is `€34.00`. Exact: the amount reaches the formatter as decimal text, never as a float.
 *
 * @example formatMinor(3400, "EUR") // "€34.00"
 */
export function formatMinor(amountMinor: number, currencyCode: string, locale = DEFAULT_LOCALE): string {
  const code = parseCurrency(currencyCode);
  invariant(code, `currency code ${currencyCode} is three letters`);
  return formatterFor(locale, code, false).format(decimal(amountMinor, currencyExponent(code)));
}

/** The same for a Money. */
export const formatMoney = (amount: Money, locale = DEFAULT_LOCALE): string =>
  formatMinor(amount.amountMinor, amount.currency, locale);

/** Without `.00` when the amount is whole, for running text: `free from €60`. */
export function formatMinorShort(amountMinor: number, currencyCode: string, locale = DEFAULT_LOCALE): string {
  const code = parseCurrency(currencyCode);
  invariant(code, `currency code ${currencyCode} is three letters`);
  const exponent = currencyExponent(code);
  const isWhole = amountMinor % 10 ** exponent === 0;
  return formatterFor(locale, code, isWhole).format(decimal(amountMinor, exponent));
}

// The formatter accepts exact decimal text (Intl.NumberFormat v3); the cast tells the types that this is such text.
function decimal(amountMinor: number, exponent: number): Intl.StringNumericLiteral {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, "0");
  const sign = amountMinor < 0 ? "-" : "";
  const text =
    exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return text as Intl.StringNumericLiteral;
}
