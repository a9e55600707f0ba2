import { currencyExponent, money, parseDecimalMinor, PPM, toDecimal, type CurrencyCode } from "#kernel";
import type { ColumnMapping } from "./mapping.ts";

const SPACES = /[\s\u00a0\u202f'’]/g;
const CURRENCY_SIGNS = /^(?:[A-Z]{3}|Rs\.?|\p{Sc})?(-?)([\d.,]+)(?:[A-Z]{3}|\p{Sc})?$/u;

/** A number with thousands separators as plain decimal text: `1.299,50` is `1299.50`; `undefined` for anything else. */
export function plainNumber(text: string, decimalSign: "." | ","): string | undefined {
  const match = CURRENCY_SIGNS.exec(text.replace(SPACES, ""));
  const digits = match?.[2];
  if (digits === undefined) return undefined;
  const [whole = "", fraction, ...more] = digits.split(decimalSign);
  const separator = decimalSign === "." ? "," : ".";
  const groups = whole.split(separator);
  // Groups of three, or of two and three as in 1,23,999: a separator elsewhere is no thousands separator.
  const isGrouped = groups.every((group, index) =>
    (index === 0 ? /^\d{1,13}$/ : index === groups.length - 1 ? /^\d{3}$/ : /^\d{2,3}$/).test(group),
  );
  if (!isGrouped || more.length > 0 || !/^\d*$/.test(fraction ?? "")) return undefined;
  const plain = groups.join("").replace(/^0+(?=\d)/, "");
  const sign = match?.[1] ?? "";
  return sign + (fraction === undefined || fraction === "" ? plain : `${plain}.${fraction}`);
}

/** What a price comes to in the shop's currency, as decimal text; `undefined` when it is no amount. */
export function priceText(
  text: string,
  mapping: ColumnMapping,
  shopCurrency: CurrencyCode,
): string | undefined {
  const plain = plainNumber(text, mapping.decimalSign);
  const minor = plain === undefined ? undefined : parseDecimalMinor(plain, mapping.currency);
  if (minor === undefined) return undefined;
  if (mapping.ratePpm === undefined) return toDecimal(money(mapping.currency, minor));
  const converted = convertMinor(minor, mapping, shopCurrency);
  return converted === undefined ? undefined : toDecimal(money(shopCurrency, converted));
}

/** Exact until the one rounding: half up, to a multiple of `roundToMinor`. */
function convertMinor(
  minor: number,
  { currency, ratePpm = PPM, roundToMinor = 1 }: ColumnMapping,
  target: CurrencyCode,
): number | undefined {
  const shift = currencyExponent(target) - currencyExponent(currency);
  const numerator = BigInt(minor) * BigInt(ratePpm) * 10n ** BigInt(Math.max(0, shift));
  const step = BigInt(PPM) * 10n ** BigInt(Math.max(0, -shift)) * BigInt(roundToMinor);
  const magnitude = numerator < 0n ? -numerator : numerator;
  const steps = (2n * magnitude + step) / (2n * step);
  const result = Number(steps * BigInt(roundToMinor)) * (numerator < 0n ? -1 : 1);
  return Number.isSafeInteger(result) ? result : undefined;
}
