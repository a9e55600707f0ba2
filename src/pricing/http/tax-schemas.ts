import * as z from "zod";
import { epochMs, ok, PPM, refuse, toIso } from "#kernel";
import type { CountryTax, StoredTaxSettings, TaxInputs } from "../app/tax-desk.ts";
import type { TaxRule } from "../contract.ts";
import { IMPORT_LIMIT_MINOR, MAX_TAX_RULES_PER_COUNTRY } from "../domain/limits.ts";

/** A million of any currency: 150 EUR in all of them is less. */
const MAX_IMPORT_LIMIT_MINOR = 100_000_000;
export const MAX_RULES_BODY_BYTES = 128 * 1024;

const countryField = z.string().regex(/^[A-Z]{2}$/, "Use two capital letters, such as DE.");
export const countryParam = z.object({ country: countryField });

const rateFields = {
  taxClass: z.enum(["standard", "reduced", "zero"]),
  ratePpm: z.int().min(0).max(PPM).describe("Parts per million: 190000 is 19 %."),
};
const ruleFields = {
  region: z
    .string()
    .regex(/^[A-Z0-9]{0,3}$/, "Use the code of a state, such as CA, or nothing for the whole country."),
  ...rateFields,
  taxesDelivery: z.boolean().default(true).describe("Whether delivery is taxed as the goods are."),
  validFrom: z.iso.datetime({ offset: true }).optional().describe("Absent: since ever."),
};
const rates = z
  .array(z.strictObject(rateFields))
  .max(3)
  .refine((rows) => new Set(rows.map((rate) => rate.taxClass)).size === rows.length, {
    message: "Name each tax class once.",
  });
const rules = z.array(z.strictObject(ruleFields)).max(MAX_TAX_RULES_PER_COUNTRY);

export const ratesBody = z.strictObject({ rates: rates.min(1) });
export const rulesBody = z.strictObject({ rules });
const countryBody = z.strictObject({ rates, rules });
export const settingsBody = z.strictObject({
  originCountry: countryField.describe("Where the shop sells from."),
  isAboveThreshold: z
    .boolean()
    .describe(
      "Sales into other EU countries are above 10,000 EUR a year, or the shop uses the One Stop Shop: the destination's rate holds. Otherwise the origin's.",
    ),
  isIossRegistered: z
    .boolean()
    .default(false)
    .describe(
      "For a shop outside the EU: it sells into the EU by the Import One Stop Shop and collects the destination's tax on goods worth up to the import limit. Otherwise the buyer pays where the parcel enters.",
    ),
  importLimitMinor: z
    .int()
    .min(0)
    .max(MAX_IMPORT_LIMIT_MINOR)
    .default(IMPORT_LIMIT_MINOR)
    .describe("150 EUR in minor units of the shop's own currency."),
});

const rateAnswer = z.object({ country: z.string(), ...rateFields }).meta({ id: "TaxRate" });
const ruleAnswer = z.object({ country: z.string(), ...ruleFields }).meta({ id: "TaxRule" });
export const ratesAnswer = z.object({ items: z.array(rateAnswer) });
export const rulesAnswer = z.object({ items: z.array(ruleAnswer) });
const version = z.int().describe("Of rates and rules together; the ETag.");
export const countryAnswer = z
  .object({ country: z.string(), rates: z.array(rateAnswer), rules: z.array(ruleAnswer), version })
  .meta({ id: "CountryTax" });
export const settingsAnswer = settingsBody.partial().extend({ version: z.int().describe("The ETag.") });

export const renderRule = ({ validFromMs, ...rule }: TaxRule) => ({
  ...rule,
  ...(validFromMs === 0 ? {} : { validFrom: toIso(epochMs(validFromMs)) }),
});
export const renderCountry = ({ rules: all, ...tax }: CountryTax) => ({ ...tax, rules: all.map(renderRule) });
export const renderSettings = ({ settings, version: at }: StoredTaxSettings) => ({
  ...settings,
  version: at,
});

type Rows<T> = readonly T[];
export const toRates = (country: string, rows: z.output<typeof rates>) =>
  rows.map((rate) => ({ country, ...rate }));

/** Of two rules for the same region, class and instant the later one stands. */
export function toRules(country: string, rows: Rows<z.output<typeof rules>[number]>): Rows<TaxRule> {
  const all = rows.map(({ validFrom, ...rule }) => ({
    country,
    ...rule,
    validFromMs: validFrom === undefined ? 0 : Date.parse(validFrom),
  }));
  const byKey = new Map(all.map((rule) => [`${rule.region} ${rule.taxClass} ${rule.validFromMs}`, rule]));
  return [...byKey.values()];
}

const refused = (...errors: readonly (z.ZodError | undefined)[]) =>
  refuse({
    code: "invalid_terms" as const,
    mistakes: errors.flatMap((error) =>
      (error?.issues ?? []).map(({ path, message }) => ({ field: path.join("/"), detail: message })),
    ),
  });

/** The API's own schemas, for forms. */
export const taxInputs: TaxInputs = {
  country(country, input) {
    const param = countryParam.safeParse({ country });
    const body = countryBody.safeParse(input);
    return param.success && body.success
      ? ok({ rates: toRates(country, body.data.rates), rules: toRules(country, body.data.rules) })
      : refused(param.error, body.error);
  },
  settings(input) {
    const body = settingsBody.safeParse(input);
    return body.success ? ok(body.data) : refused(body.error);
  },
};
