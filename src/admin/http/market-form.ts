import { PPM } from "#kernel";
import type { FieldMistake, Market, PriceInputs, StoredMarket } from "#pricing";
import { readList, type Values } from "./form-rows.ts";
import { mistakesAt, withOthers, type FormMistake, type Read } from "./price-list-form.ts";

const FIELDS = [
  "marketId",
  "name",
  "currency",
  "countries",
  "defaultLocale",
  "locales",
  "pricesIncludeTax",
  "exchangeRate",
  "stepMinor",
  "endingMinor",
  "pathPrefix",
] as const;
type Field = (typeof FIELDS)[number];

/** A new market as its form begins. */
export const NEW_MARKET: Values = {
  pricesIncludeTax: "yes",
  exchangeRate: "1",
  stepMinor: "1",
  endingMinor: "0",
  version: "0",
};

/** The form of a market that exists. */
export const marketFormOf = ({ market, version }: StoredMarket): Values => ({
  marketId: market.marketId,
  name: market.name,
  currency: market.currency,
  countries: market.countries.join(", "),
  defaultLocale: market.defaultLocale,
  locales: market.locales.join(", "),
  pricesIncludeTax: market.pricesIncludeTax ? "yes" : "no",
  exchangeRate: String(market.exchangeRatePpm / PPM),
  stepMinor: String(market.rounding.stepMinor),
  endingMinor: String(market.rounding.endingMinor),
  pathPrefix: market.pathPrefix,
  version: String(version),
});

/** Mistakes of the desk at the fields of a market's form. */
export const marketMistakes = (mistakes: readonly FieldMistake[]): readonly FormMistake[] =>
  mistakesAt(
    mistakes.map(({ field, detail }) => ({
      field: field
        .replace(/^rounding\//, "")
        .replace(/^rounding$/, "endingMinor")
        .replace(/^exchangeRatePpm$/, "exchangeRate"),
      detail,
    })),
    FIELDS,
    "name",
  );

/** Reads a market from its form; every mistake at once, each at its field. */
export function readMarketForm(values: Values, inputs: PriceInputs): Read<Market> {
  const mistakes: FormMistake[] = [];
  const text = (field: Field): string => (values[field] ?? "").trim();
  const need = <T>(value: T | undefined, field: Field, message: string): T | undefined => {
    if (value === undefined) mistakes.push({ field, message });
    return value;
  };
  const minor = (field: "stepMinor" | "endingMinor"): number | undefined =>
    need(
      /^\d{1,7}$/.test(text(field)) ? Number(text(field)) : undefined,
      field,
      "Enter a whole number in the smallest unit of the currency.",
    );
  const locales = readList(values["locales"]);
  need(text("name") || undefined, "name", "Enter a name.");
  need(locales[0], "locales", "Enter language and country, such as de-CH.");
  const read = inputs.market(text("marketId"), {
    name: text("name"),
    currency: text("currency").toUpperCase(),
    countries: readList(values["countries"]).map((country) => country.toUpperCase()),
    defaultLocale: text("defaultLocale"),
    locales,
    pricesIncludeTax: text("pricesIncludeTax") === "yes",
    rounding: { stepMinor: minor("stepMinor"), endingMinor: minor("endingMinor") },
    exchangeRatePpm: need(
      readRate(text("exchangeRate")),
      "exchangeRate",
      "Enter a rate above 0, such as 0.95, with at most six decimals.",
    ),
    pathPrefix: text("pathPrefix"),
  });
  const others = read.ok ? [] : marketMistakes(read.refusal.mistakes);
  const all = withOthers(mistakes, others);
  return read.ok && all.length === 0 ? read : { ok: false, mistakes: all };
}

function readRate(text: string): number | undefined {
  const typed = text.replace(",", ".");
  const ppm = /^\d{1,6}(?:\.\d{1,6})?$/.test(typed) ? Math.round(Number(typed) * PPM) : 0;
  return ppm > 0 ? ppm : undefined;
}
