import type { TaxRule, TaxSettings } from "../contract.ts";
import { MAX_TAX_RULES_PER_COUNTRY } from "../domain/limits.ts";

/** Rules of all countries in one list: a few countries have regions. */
const MAX_LISTED_RULES = 2_000;

/** Replaces the rules of one country in one transaction; its base rates stay. Repeating changes nothing. */
export async function saveTaxRules(
  db: D1Database,
  country: string,
  rules: readonly TaxRule[],
): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM tax_rules WHERE country = ?1").bind(country),
    db
      .prepare(
        `INSERT INTO tax_rules (country, region, tax_class, valid_from_ms, rate_ppm, taxes_delivery)
         SELECT ?1, value ->> 'region', value ->> 'taxClass', value ->> 'validFromMs', value ->> 'ratePpm',
           value ->> 'taxesDelivery'
         FROM json_each(?2) LIMIT ${MAX_TAX_RULES_PER_COUNTRY}`,
      )
      .bind(country, JSON.stringify(rules)),
  ]);
}

type Row = {
  readonly country: string;
  readonly region: string;
  readonly tax_class: TaxRule["taxClass"];
  readonly valid_from_ms: number;
  readonly rate_ppm: number;
  readonly taxes_delivery: 0 | 1;
};

/** All rules, by country and region. */
export async function listTaxRules(db: D1Database): Promise<readonly TaxRule[]> {
  const { results } = await db
    .prepare(
      `SELECT country, region, tax_class, valid_from_ms, rate_ppm, taxes_delivery FROM tax_rules
       ORDER BY country, region, tax_class, valid_from_ms LIMIT ${MAX_LISTED_RULES}`,
    )
    .all<Row>();
  return results.map((row) => ({
    country: row.country,
    region: row.region,
    taxClass: row.tax_class,
    validFromMs: row.valid_from_ms,
    ratePpm: row.rate_ppm,
    taxesDelivery: row.taxes_delivery === 1,
  }));
}

/** How the shop stands to the EU's threshold; absent until somebody has said. */
export async function readTaxSettings(db: D1Database): Promise<TaxSettings | undefined> {
  const row = await db
    .prepare("SELECT value FROM settings WHERE key = ?1")
    .bind("tax")
    .first<{ value: string }>();
  // Written by this module only, from checked settings.
  return row ? (JSON.parse(row.value) as TaxSettings) : undefined;
}

/** Says so. Repeating changes nothing. */
export async function saveTaxSettings(db: D1Database, settings: TaxSettings): Promise<void> {
  await db
    .prepare(
      "INSERT INTO settings (key, value) VALUES ('tax', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .bind(JSON.stringify(settings))
    .run();
}
