import { currency as currencyOf, money, parseDecimalMinor, toDecimal } from "#kernel";
import type { ListingFilters } from "./contract.ts";
import {
  MAX_FACET_KEY_CHARACTERS,
  MAX_FILTERS,
  MAX_VALUE_SLUG_CHARACTERS,
  MAX_VALUES_PER_FILTER,
} from "./domain/limits.ts";
import { slugOf } from "./domain/terms.ts";

/** Names of parameters: `filter.size=a3&filter.size=a4&price.from=20&price.to=40.50`. */
export const FILTER_PREFIX = "filter.";
export const PRICE_FROM = "price.from";
export const PRICE_TO = "price.to";

export type FilterReading = {
  readonly filters: ListingFilters;
  /** False when a value was written in another way than lists name it (`A3` for `a3`): a page leads to the one address. */
  readonly isCanonical: boolean;
  /** What was not understood, by parameter: an API says so, a page goes without it. */
  readonly problems: readonly { readonly name: string; readonly detail: string }[];
};

/**
 * Reads the filters of an address, sorted and each value once, however it is spelled, so that one choice is one address. Amounts are decimals of
 * the given currency; an empty one is no filter. Bounded: 12 facets with 20 values each; what comes after is a problem.
 */
export function readFilters(parameters: URLSearchParams, currency: string): FilterReading {
  const problems: { name: string; detail: string }[] = [];
  const values: Record<string, readonly string[]> = {};
  let isCanonical = true;
  const names = [...new Set(parameters.keys())].filter((name) => name.startsWith(FILTER_PREFIX)).sort();
  for (const name of names) {
    const key = name.slice(FILTER_PREFIX.length);
    const written = [...new Set(parameters.getAll(name).filter((value) => value !== ""))];
    const chosen = [...new Set(written.map(canonicalValue))].sort();
    const detail = wrongValues(key, written, Object.keys(values).length);
    if (detail) problems.push({ name, detail });
    else if (chosen.length > 0) values[key] = chosen;
    isCanonical &&= written.every((value) => chosen.includes(value));
  }
  const from = readAmount(parameters.get(PRICE_FROM), currency);
  const to = readAmount(parameters.get(PRICE_TO), currency);
  const wrongAmount = `Use an amount such as 20 or 20.50, at least 0, in ${currency}.`;
  if (from === "wrong") problems.push({ name: PRICE_FROM, detail: wrongAmount });
  if (to === "wrong") problems.push({ name: PRICE_TO, detail: wrongAmount });
  return {
    filters: {
      values,
      ...(typeof from === "number" ? { priceFromMinor: from } : {}),
      ...(typeof to === "number" ? { priceToMinor: to } : {}),
    },
    isCanonical,
    problems,
  };
}

/** `A3` is `a3`, `Öl` is `ol`: as values are filed. What nothing would be left of stays, and fits no product. */
const canonicalValue = (value: string): string => slugOf(value) || value;

function wrongValues(key: string, chosen: readonly string[], facets: number): string | undefined {
  if (key === "" || key.length > MAX_FACET_KEY_CHARACTERS) return "There is no such filter.";
  if (facets >= MAX_FILTERS) return `Filter by at most ${MAX_FILTERS} facets at once.`;
  if (chosen.length > MAX_VALUES_PER_FILTER) return `Send at most ${MAX_VALUES_PER_FILTER} values.`;
  if (chosen.some((value) => value.length > MAX_VALUE_SLUG_CHARACTERS))
    return `Use values of at most ${MAX_VALUE_SLUG_CHARACTERS} characters.`;
  return undefined;
}

function readAmount(text: string | null, currency: string): number | "wrong" | undefined {
  if (text === null || text.trim() === "") return undefined;
  // People also write 20,50.
  const amount = parseDecimalMinor(text.trim().replace(",", "."), currencyOf(currency));
  return amount === undefined || amount < 0 ? "wrong" : amount;
}

/** The filters as parameters of an address, in the order in which they are read. */
export function filterParameters(filters: ListingFilters, currency: string): [string, string][] {
  const amount = (name: string, minor: number | undefined): [string, string][] =>
    minor === undefined ? [] : [[name, shortDecimal(minor, currency)]];
  return [
    ...Object.entries(filters.values).flatMap(([key, chosen]) =>
      chosen.map((value): [string, string] => [FILTER_PREFIX + key, value]),
    ),
    ...amount(PRICE_FROM, filters.priceFromMinor),
    ...amount(PRICE_TO, filters.priceToMinor),
  ];
}

/** `20`, `20.50`: how people write an amount. */
export const shortDecimal = (minor: number, currency: string): string =>
  toDecimal(money(currencyOf(currency), minor)).replace(/\.0+$/, "");
