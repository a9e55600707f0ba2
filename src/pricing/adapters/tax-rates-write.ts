import type { TaxClass, TaxRate } from "../domain/tax-table.ts";

/** Replaces the rates of one country in one transaction. Repeating changes nothing. */
export async function saveTaxRates(
  db: D1Database,
  country: string,
  rates: readonly TaxRate[],
): Promise<void> {
  const insert = db.prepare("INSERT INTO tax_rates (country, tax_class, rate_ppm) VALUES (?1, ?2, ?3)");
  await db.batch([
    db.prepare("DELETE FROM tax_rates WHERE country = ?1").bind(country),
    ...rates.map((rate) => insert.bind(country, rate.taxClass, rate.ratePpm)),
  ]);
}

/** Countries and classes in one page: 250 countries with three classes each. */
const MAX_LISTED_RATES = 750;

/** All rates, by country. */
export async function listTaxRates(db: D1Database): Promise<readonly TaxRate[]> {
  const { results } = await db
    .prepare("SELECT country, tax_class, rate_ppm FROM tax_rates ORDER BY country, tax_class LIMIT ?1")
    .bind(MAX_LISTED_RATES)
    .all<{ country: string; tax_class: TaxClass; rate_ppm: number }>();
  return results.map((row) => ({ country: row.country, taxClass: row.tax_class, ratePpm: row.rate_ppm }));
}
