import { invariant } from "#kernel";
import type { D1Read } from "#platform";
import { MAX_TAX_RATES } from "../domain/limits.ts";
import type { TaxClass, TaxRate } from "../domain/tax-table.ts";

type Row = { readonly country: string; readonly tax_class: string; readonly rate_ppm: number };

const CLASSES: readonly string[] = ["standard", "reduced", "zero"] satisfies readonly TaxClass[];
const isTaxClass = (text: string): text is TaxClass => CLASSES.includes(text);

/** The tax rates of one country, by primary key; empty for a country outside the shop's tax area. */
export const taxRatesRead = (db: D1Database, country: string): D1Read<readonly TaxRate[]> => ({
  statement: db
    .prepare(
      "SELECT country, tax_class, rate_ppm FROM tax_rates WHERE country = ?1 ORDER BY tax_class LIMIT ?2",
    )
    .bind(country, MAX_TAX_RATES),
  parse: (rows) => (rows as readonly Row[]).map(toTaxRate),
});

function toTaxRate(row: Row): TaxRate {
  invariant(isTaxClass(row.tax_class), "a stored tax class is a known one");
  return { country: row.country, taxClass: row.tax_class, ratePpm: row.rate_ppm };
}
