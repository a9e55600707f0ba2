import { invariant } from "#kernel";
import type { D1Read } from "#platform";
import type { DestinationTax } from "../app/destination-tax.ts";
import { MAX_TAX_RULES } from "../domain/limits.ts";
import { ratesAt, type TaxRule, type TaxSettings } from "../domain/tax-rules.ts";
import type { TaxClass } from "../domain/tax-table.ts";

type Row = {
  readonly country: string;
  readonly region: string;
  readonly tax_class: string;
  readonly valid_from_ms: number;
  readonly rate_ppm: number;
  readonly taxes_delivery: 0 | 1;
  readonly settings: string | null;
};

const CLASSES: readonly string[] = ["standard", "reduced", "zero"] satisfies readonly TaxClass[];
const isTaxClass = (text: string): text is TaxClass => CLASSES.includes(text);

const SETTINGS = "(SELECT value FROM settings WHERE key = 'tax')";
const ORIGIN = `coalesce(${SETTINGS} ->> 'originCountry', ?1)`;

/** Rates of the destination and of the shop's own country, by key; the country's base rates and the rules over them. */
export const TAX_RATES_SQL = `SELECT country, '' AS region, tax_class, 0 AS valid_from_ms, rate_ppm, 1 AS taxes_delivery,
    ${SETTINGS} AS settings
  FROM tax_rates WHERE country IN (?1, ${ORIGIN})
  UNION ALL
  SELECT country, region, tax_class, valid_from_ms, rate_ppm, taxes_delivery, ${SETTINGS}
  FROM tax_rules WHERE country IN (?1, ${ORIGIN}) AND region IN ('', ?2) AND valid_from_ms <= ?3
  LIMIT ${MAX_TAX_RULES}`;

export type TaxRequest = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Empty while it is not known. */
  readonly region: string;
  readonly atMs: number;
};

/** The taxes of a destination by key, in one statement. */
export const taxRatesRead = (
  db: D1Database,
  { country, region, atMs }: TaxRequest,
): D1Read<DestinationTax> => ({
  statement: db.prepare(TAX_RATES_SQL).bind(country, region, atMs),
  parse: (rows) => {
    const known = rows as readonly Row[];
    const stored = known[0]?.settings;
    // Written by this module only, from checked settings.
    const settings = stored ? (JSON.parse(stored) as TaxSettings) : undefined;
    const rates = ratesAt(known.map(toRule), settings, { country, region, atMs });
    return settings ? { rates, settings } : { rates };
  },
});

function toRule(row: Row): TaxRule {
  invariant(isTaxClass(row.tax_class), "a stored tax class is a known one");
  return {
    country: row.country,
    region: row.region,
    taxClass: row.tax_class,
    validFromMs: row.valid_from_ms,
    ratePpm: row.rate_ppm,
    taxesDelivery: row.taxes_delivery === 1,
  };
}
