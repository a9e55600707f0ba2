import { currency, epochMs, money, toDecimal, toIso } from "#kernel";
import { IMPORT_LIMIT_MINOR, type CountryTax, type StoredTaxSettings, type TaxInputs } from "#pricing";
import { readMinor, readPercent, showPercent } from "./form-figures.ts";
import { readRows, writeRows, type Values } from "./form-rows.ts";
import { mistakesAt, withOthers, type FormMistake, type Read } from "./price-list-form.ts";
import { readLocal, showLocal } from "./shop-instant.ts";

const CLASSES = ["standard", "reduced", "zero"] as const;
const PARTS = ["region", "taxClass", "percent", "validFrom", "taxesDelivery"] as const;
const PERCENT = "Enter a percentage from 0 to 100, such as 7.25.";
const MIDNIGHT = " 00:00";

/** The form of a country's taxes as they are stored. */
export const taxFormOf = ({ rates, rules, version }: CountryTax, timeZone: string): Values => ({
  version: String(version),
  ...Object.fromEntries(
    CLASSES.map((taxClass) => {
      const rate = rates.find((row) => row.taxClass === taxClass);
      return [taxClass, rate ? showPercent(rate.ratePpm) : ""];
    }),
  ),
  ...writeRows(
    "rule",
    rules.map((rule) => ({
      region: rule.region,
      taxClass: rule.taxClass,
      percent: showPercent(rule.ratePpm),
      validFrom: rule.validFromMs === 0 ? "" : showLocal(rule.validFromMs, timeZone).replace(MIDNIGHT, ""),
      taxesDelivery: rule.taxesDelivery ? "yes" : "no",
    })),
  ),
});

type Reading = { readonly inputs: TaxInputs; readonly timeZone: string; readonly country: string };
export type ReadTax = Read<Pick<CountryTax, "rates" | "rules">>;

/** Reads the taxes of a country from their form; every mistake at once, each at its field. */
export function readTaxForm(
  form: Values,
  { inputs, timeZone, country }: Reading,
): { readonly values: Values; readonly read: ReadTax } {
  const mistakes: FormMistake[] = [];
  const percent = (text: string, field: string): number | undefined => {
    const ratePpm = readPercent(text);
    if (ratePpm === undefined) mistakes.push({ field, message: PERCENT });
    return ratePpm;
  };
  const instant = (text: string, field: string): string | undefined => {
    if (text === "") return undefined;
    const atMs = readLocal(/^\d{4}-\d\d-\d\d$/.test(text) ? text + MIDNIGHT : text, timeZone);
    if (atMs === undefined) mistakes.push({ field, message: "Enter a day, such as 2027-01-01." });
    return atMs === undefined ? undefined : toIso(epochMs(atMs));
  };
  const rows = readRows(form, "rule", { parts: PARTS, matters: ["percent"] });
  const rates = CLASSES.filter((taxClass) => (form[taxClass] ?? "").trim() !== "").map((taxClass) => ({
    taxClass,
    ratePpm: percent((form[taxClass] ?? "").trim(), taxClass),
  }));
  const rules = rows.map((row, index) => ({
    region: row.region.toUpperCase(),
    taxClass: row.taxClass,
    ratePpm: percent(row.percent, `rule.${index}.percent`),
    validFrom: instant(row.validFrom, `rule.${index}.validFrom`),
    taxesDelivery: row.taxesDelivery !== "no",
  }));
  const checked = inputs.country(country, { rates, rules });
  const others = checked.ok
    ? []
    : checked.refusal.mistakes.map(({ field, detail }) => ({
        field: fieldOf(field, rates),
        message: detail,
      }));
  const all = withOthers(mistakes, others);
  const fields = Object.fromEntries(CLASSES.map((name) => [name, form[name] ?? ""]));
  return {
    values: { version: form["version"] ?? "0", ...fields, ...writeRows("rule", rows) },
    read: checked.ok && all.length === 0 ? checked : { ok: false, mistakes: all },
  };
}

/** `rules/3/region` is a cell of the table, `rates/0/ratePpm` the field of that class. */
function fieldOf(field: string, rates: readonly { readonly taxClass: string }[]): string {
  const [list, index = "0", part = "region"] = field.split("/");
  if (list === "rates") return rates[Number(index)]?.taxClass ?? "standard";
  return `rule.${index}.${part === "ratePpm" ? "percent" : part}`;
}

/** The form of the settings as they are stored. */
export const taxSettingsFormOf = ({ settings, version }: StoredTaxSettings, code: string): Values => ({
  version: String(version),
  originCountry: settings?.originCountry ?? "",
  isAboveThreshold: settings?.isAboveThreshold === true ? "yes" : "no",
  isIossRegistered: settings?.isIossRegistered === true ? "yes" : "no",
  importLimit: toDecimal(money(currency(code), settings?.importLimitMinor ?? IMPORT_LIMIT_MINOR)),
});

/** Reads the settings from their form. */
export function readTaxSettingsForm(form: Values, inputs: TaxInputs, code: string) {
  const read = inputs.settings({
    originCountry: (form["originCountry"] ?? "").trim().toUpperCase(),
    isAboveThreshold: form["isAboveThreshold"] === "yes",
    isIossRegistered: form["isIossRegistered"] === "yes",
    ...((form["importLimit"] ?? "").trim() === ""
      ? {}
      : { importLimitMinor: readMinor(form["importLimit"], code) ?? -1 }),
  });
  return read.ok
    ? read
    : {
        ok: false as const,
        mistakes: mistakesAt(
          read.refusal.mistakes.map((mistake) =>
            mistake.field === "importLimitMinor"
              ? { field: "importLimit", detail: "Enter an amount, such as 150." }
              : mistake,
          ),
          ["originCountry", "importLimit"],
          "originCountry",
        ),
      };
}
