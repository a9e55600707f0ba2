import type { Result } from "#kernel";
import type { TaxRule, TaxSettings } from "../domain/tax-rules.ts";
import type { TaxRate } from "../domain/tax-table.ts";
import type { FieldMistake } from "./price-desk.ts";

/** What is charged in one country. `version` is the ETag of rates and rules together; 0 while nobody has saved them. */
export type CountryTax = {
  readonly country: string;
  readonly rates: readonly TaxRate[];
  readonly rules: readonly TaxRule[];
  readonly version: number;
};
/** Absent settings: nobody has said yet. */
export type StoredTaxSettings = { readonly settings?: TaxSettings; readonly version: number };

export type TaxConflict = { readonly code: "version_conflict"; readonly version: number };
type Answer<T> = Promise<Result<T, TaxConflict>>;

/** What staff do with taxes. Prices at the till follow at once. Repeating without a version changes no rate. */
export type TaxDesk = {
  /** All base rates, by country. */
  rates(): Promise<readonly TaxRate[]>;
  /** All rules, by country and region. */
  rules(): Promise<readonly TaxRule[]>;
  country(country: string): Promise<CountryTax>;
  /** Replaces the rates, the rules, or both of a country in one transaction; what is absent stays. */
  saveCountry(
    country: string,
    change: { readonly rates?: readonly TaxRate[]; readonly rules?: readonly TaxRule[] },
    expectedVersion?: number,
  ): Answer<CountryTax>;
  settings(): Promise<StoredTaxSettings>;
  saveSettings(settings: TaxSettings, expectedVersion?: number): Answer<StoredTaxSettings>;
};

type Read<T> = Result<T, { readonly code: "invalid_terms"; readonly mistakes: readonly FieldMistake[] }>;

/** Reads what a person sent by the rules of the API. Mistakes name the fields of the API's bodies. */
export type TaxInputs = {
  country(country: string, input: unknown): Read<Pick<CountryTax, "rates" | "rules">>;
  settings(input: unknown): Read<TaxSettings>;
};
