import { invariant } from "./invariant.ts";

/** ISO 4217 code, three capitals. */
export type CurrencyCode = string & { readonly __brand: "CurrencyCode" };

/** An amount in the smallest unit of its currency: `{ currency: "EUR", amountMinor: 1999 }` is € 19.99. */
export type Money = { readonly currency: CurrencyCode; readonly amountMinor: number };

const ZERO_DIGIT = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "ISK",
  "JPY",
  "KMF",
  "KRW",
  "PYG",
  "RWF",
  "UGX",
  "UYI",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DIGIT = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);

/** Reads a currency code; `undefined` when it is not three letters. */
export function parseCurrency(text: string): CurrencyCode | undefined {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? (code as CurrencyCode) : undefined;
}

/** Brands a literal that is known to be right. */
export function currency(code: string): CurrencyCode {
  const parsed = parseCurrency(code);
  invariant(parsed, `currency code ${code} is three letters`);
  return parsed;
}

/** Digits after the point in this currency: 0, 2 or 3 (ISO 4217). */
export const currencyExponent = (code: CurrencyCode): 0 | 2 | 3 =>
  ZERO_DIGIT.has(code) ? 0 : THREE_DIGIT.has(code) ? 3 : 2;

/** Makes an amount; it must be a safe integer of minor units. */
export function money(code: CurrencyCode, amountMinor: number): Money {
  invariant(Number.isSafeInteger(amountMinor), "money is a safe integer of minor units");
  return { currency: code, amountMinor };
}

/** Adds two amounts of one currency; mixing currencies is a defect. */
export function addMoney(left: Money, right: Money): Money {
  invariant(left.currency === right.currency, `cannot add ${left.currency} and ${right.currency}`);
  return money(left.currency, left.amountMinor + right.amountMinor);
}

/** Multiplies by a whole quantity. */
export const timesMoney = (amount: Money, quantity: number): Money =>
  money(amount.currency, amount.amountMinor * quantity);

/** Sums amounts of one currency. */
export const sumMoney = (code: CurrencyCode, amounts: readonly Money[]): Money =>
  amounts.reduce(addMoney, money(code, 0));

/** One million parts are the whole: 190000 ppm is 19 %. */
export const PPM = 1_000_000;

/**
 * The tax contained in a gross amount at a rate in parts per million, rounded half up:
 * `gross × rate ÷ (1 + rate)`. Exact for every safe integer amount.
 */
export function includedTaxMinor(grossMinor: number, ratePpm: number): number {
  return divideHalfUp(BigInt(grossMinor) * BigInt(ratePpm), BigInt(PPM + ratePpm));
}

function divideHalfUp(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n;
  const absolute = negative ? -numerator : numerator;
  const rounded = (2n * absolute + denominator) / (2n * denominator);
  return Number(negative ? -rounded : rounded);
}

/**
 * Splits a whole amount over weights by largest remainder, so that the parts always sum to the whole.
 * Ties go to the earlier part. With all weights zero, everything goes to the first part.
 */
export function allocate(totalMinor: number, weights: readonly number[]): number[] {
  invariant(weights.length > 0, "there is at least one part to allocate to");
  invariant(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    "weights are whole and not negative",
  );
  const sign = totalMinor < 0 ? -1 : 1;
  const total = BigInt(Math.abs(totalMinor));
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (weightSum === 0n) return weights.map((_, index) => (index === 0 ? totalMinor : 0));
  const shares = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    return { index, floor: product / weightSum, remainder: product % weightSum };
  });
  let left = Number(total - shares.reduce((sum, share) => sum + share.floor, 0n));
  const parts = shares.map((share) => Number(share.floor));
  const byRemainder = [...shares].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const share of byRemainder) {
    if (left === 0) break;
    parts[share.index] = (parts[share.index] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part) => (part === 0 ? 0 : sign * part));
}

/**
 * Reads a decimal amount such as `19.99` into minor units, exactly (no floats).
 * `undefined` for anything else, for more digits than the currency has, and beyond the safe range.
 */
export function parseDecimalMinor(text: string, code: CurrencyCode): number | undefined {
  const match = /^(-?)(\d{1,13})(?:\.(\d*))?$/.exec(text.trim());
  if (!match) return undefined;
  const exponent = currencyExponent(code);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > exponent) return undefined;
  const minor = Number((match[2] ?? "0") + fraction.padEnd(exponent, "0"));
  if (!Number.isSafeInteger(minor)) return undefined;
  return match[1] === "-" && minor !== 0 ? -minor : minor;
}

/** Decimal text with the currency's digits: 1999 EUR is `19.99`. */
export function toDecimal(amount: Money): string {
  const exponent = currencyExponent(amount.currency);
  const digits = String(Math.abs(amount.amountMinor)).padStart(exponent + 1, "0");
  const sign = amount.amountMinor < 0 ? "-" : "";
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
