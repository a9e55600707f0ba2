import { ok, type Result } from "#kernel";
import { DOCUMENT_VERSION_SQL, saveVersioned } from "#platform";
import type { CountryTax, StoredTaxSettings, TaxConflict, TaxDesk } from "../app/tax-desk.ts";
import { MAX_TAX_RULES_PER_COUNTRY } from "../domain/limits.ts";
import type { TaxRule, TaxSettings } from "../domain/tax-rules.ts";
import type { TaxRate } from "../domain/tax-table.ts";

/** Countries and classes in one list: 250 countries with three classes each. */
const MAX_LISTED_RATES = 750;
/** Rules of all countries in one list: a few countries have regions. */
const MAX_LISTED_RULES = 2_000;
const SETTINGS = "tax-settings";
const documentOf = (country: string): string => `tax:${country}`;

type RateRow = {
  readonly country: string;
  readonly tax_class: TaxRate["taxClass"];
  readonly rate_ppm: number;
};
type RuleRow = RateRow & {
  readonly region: string;
  readonly valid_from_ms: number;
  readonly taxes_delivery: 0 | 1;
};

const toRate = (row: RateRow): TaxRate => ({
  country: row.country,
  taxClass: row.tax_class,
  ratePpm: row.rate_ppm,
});
const toRule = (row: RuleRow): TaxRule => ({
  ...toRate(row),
  region: row.region,
  validFromMs: row.valid_from_ms,
  taxesDelivery: row.taxes_delivery === 1,
});

const RATES = "SELECT country, tax_class, rate_ppm FROM tax_rates";
const RULES = "SELECT country, region, tax_class, valid_from_ms, rate_ppm, taxes_delivery FROM tax_rules";
export const TAX_DESK_SQL = {
  rates: `${RATES} ORDER BY country, tax_class LIMIT ${MAX_LISTED_RATES}`,
  rules: `${RULES} ORDER BY country, region, tax_class, valid_from_ms LIMIT ${MAX_LISTED_RULES}`,
  ratesOf: `${RATES} WHERE country = ?1 ORDER BY tax_class LIMIT 3`,
  rulesOf: `${RULES} WHERE country = ?1 ORDER BY region, tax_class, valid_from_ms LIMIT ${MAX_TAX_RULES_PER_COUNTRY}`,
} as const;

/** Staff's desk for taxes, on D1. */
export const createTaxDesk = (db: D1Database): TaxDesk => ({
  rates: async () => (await db.prepare(TAX_DESK_SQL.rates).all<RateRow>()).results.map(toRate),
  rules: async () => (await db.prepare(TAX_DESK_SQL.rules).all<RuleRow>()).results.map(toRule),
  country: (country) => readCountry(db, country),
  saveCountry: (country, change, expectedVersion) => saveCountry(db, { country, ...change }, expectedVersion),
  settings: () => readSettings(db),
  async saveSettings(settings, expectedVersion) {
    const saved = await saveVersioned(db, { name: SETTINGS, expectedVersion }, [
      db
        .prepare(
          "INSERT INTO settings (key, value) VALUES ('tax', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(JSON.stringify(settings)),
    ]);
    return saved.ok ? ok({ settings, version: saved.value }) : saved;
  },
});

async function readCountry(db: D1Database, country: string): Promise<CountryTax> {
  const [rates, rules, versions] = await db.batch([
    db.prepare(TAX_DESK_SQL.ratesOf).bind(country),
    db.prepare(TAX_DESK_SQL.rulesOf).bind(country),
    db.prepare(DOCUMENT_VERSION_SQL).bind(documentOf(country)),
  ]);
  // Column by column what the statements select.
  const [version] = (versions?.results ?? []) as { readonly version: number }[];
  return {
    country,
    rates: ((rates?.results ?? []) as RateRow[]).map(toRate),
    rules: ((rules?.results ?? []) as RuleRow[]).map(toRule),
    version: version?.version ?? 0,
  };
}

type Change = {
  readonly country: string;
  readonly rates?: readonly TaxRate[];
  readonly rules?: readonly TaxRule[];
};

async function saveCountry(
  db: D1Database,
  { country, rates, rules }: Change,
  expectedVersion: number | undefined,
): Promise<Result<CountryTax, TaxConflict>> {
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).bind(country, ...values);
  const saved = await saveVersioned(db, { name: documentOf(country), expectedVersion }, [
    ...(rates === undefined
      ? []
      : [
          run("DELETE FROM tax_rates WHERE country = ?1"),
          run(
            `INSERT INTO tax_rates (country, tax_class, rate_ppm)
             SELECT ?1, value ->> 'taxClass', value ->> 'ratePpm' FROM json_each(?2) LIMIT 3`,
            JSON.stringify(rates),
          ),
        ]),
    ...(rules === undefined
      ? []
      : [
          run("DELETE FROM tax_rules WHERE country = ?1"),
          run(
            `INSERT INTO tax_rules (country, region, tax_class, valid_from_ms, rate_ppm, taxes_delivery)
             SELECT ?1, value ->> 'region', value ->> 'taxClass', value ->> 'validFromMs', value ->> 'ratePpm',
               value ->> 'taxesDelivery'
             FROM json_each(?2) LIMIT ${MAX_TAX_RULES_PER_COUNTRY}`,
            JSON.stringify(rules),
          ),
        ]),
  ]);
  return saved.ok ? ok(await readCountry(db, country)) : saved;
}

async function readSettings(db: D1Database): Promise<StoredTaxSettings> {
  const row = await db
    .prepare(
      `SELECT value, coalesce((SELECT version FROM document_versions WHERE name = ?1), 0) AS version
       FROM settings WHERE key = 'tax'`,
    )
    .bind(SETTINGS)
    .first<{ value: string; version: number }>();
  // Written by this module only, from checked settings.
  return row ? { settings: JSON.parse(row.value) as TaxSettings, version: row.version } : { version: 0 };
}
