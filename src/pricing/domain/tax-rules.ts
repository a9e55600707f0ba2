import { compareText } from "#kernel";
import type { TaxClass, TaxRate } from "./tax-table.ts";

/** A rate of a country or of one of its regions, from an instant on. */
export type TaxRule = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Code of a state or province; empty for the whole country. */
  readonly region: string;
  readonly taxClass: TaxClass;
  /** First instant at which it holds, in milliseconds; 0: since ever. */
  readonly validFromMs: number;
  readonly ratePpm: number;
  /** Whether delivery is taxed as the goods are. */
  readonly taxesDelivery: boolean;
};

/** How the shop stands to the EU's rules for selling across borders. */
export type TaxSettings = {
  /** Where the shop sells from, ISO 3166-1 alpha-2. */
  readonly originCountry: string;
  /**
   * True: the shop's sales into other EU countries are above the yearly threshold of 10,000 EUR (Directive 2006/112/EC,
   * article 59c), or it has chosen the One Stop Shop; then the rate of the destination holds. False: that of the origin.
   */
  readonly isAboveThreshold: boolean;
  /** Sells into the EU from outside by the Import One Stop Shop. */
  readonly isIossRegistered?: boolean;
  /** 150 EUR in minor units of the shop's own currency. */
  readonly importLimitMinor?: number;
};

export type TaxDestination = {
  readonly country: string;
  /** Empty while it is not known; then only rates of the whole country hold. */
  readonly region: string;
  readonly atMs: number;
};

/** Members of the EU, ISO 3166-1 alpha-2. */
const EU: ReadonlySet<string> = new Set(
  "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split(" "),
);

export const isInEu = (country: string): boolean => EU.has(country);

/** The country whose rates hold: the origin for a small shop within the EU, the destination otherwise. */
export function taxingCountry(settings: TaxSettings | undefined, country: string): string {
  if (!settings || settings.isAboveThreshold) return country;
  return EU.has(settings.originCountry) && EU.has(country) ? settings.originCountry : country;
}

/**
 * The rates that hold at a destination, one per class: of rules that have begun, a region's before its country's, then
 * the newest. They are named after the destination, whichever country's they are. The order of the rules changes
 * nothing.
 */
export function ratesAt(
  rules: readonly TaxRule[],
  settings: TaxSettings | undefined,
  destination: TaxDestination,
): readonly TaxRate[] {
  const country = taxingCountry(settings, destination.country);
  const region = country === destination.country ? destination.region : "";
  const heard = rules.filter(
    (rule) =>
      rule.country === country &&
      (rule.region === "" || rule.region === region) &&
      rule.validFromMs <= destination.atMs,
  );
  const best = new Map<TaxClass, TaxRule>();
  for (const rule of [...heard].sort(inOrder)) if (!best.has(rule.taxClass)) best.set(rule.taxClass, rule);
  return [...best.values()].map(({ taxClass, ratePpm, taxesDelivery }) => ({
    country: destination.country,
    taxClass,
    ratePpm,
    ...(taxesDelivery ? {} : { taxesDelivery }),
  }));
}

const inOrder = (a: TaxRule, b: TaxRule): number =>
  compareText(b.region, a.region) || b.validFromMs - a.validFromMs || b.ratePpm - a.ratePpm;
