import { Hono, type Context } from "hono";
import { addressForm } from "#checkout";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import type { Difference } from "../pages/difference-table.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { TaxCountryPage, TaxListPage, TaxSettingsPage, type TaxZone } from "../pages/tax-pages.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./price-list-form.ts";
import { queryText, queryWord, type PortsOf } from "./support.ts";
import { readTaxForm, readTaxSettingsForm, taxFormOf, taxSettingsFormOf } from "./tax-form.ts";

const SPARE_ROWS = 3;
/** Four hundred rules. */
const MAX_TAX_BYTES = 128 * 1024;
const COUNTRY = /^[A-Z]{2}$/;

const names = new Intl.DisplayNames(["en"], { type: "region" });
const nameOf = (code: string): string => names.of(code) ?? code;

type Shown = {
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly status?: 200 | 409 | 422;
};
type CountryContext = Context<WebEnv, "/taxes/countries/:country">;

/** Taxes for staff: all countries, one with its states, and selling across borders. */
export function createTaxPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/taxes", (c) => showList(c, ports));
  app.get("/taxes/settings", async (c) =>
    showSettings(c, ports, {
      values: taxSettingsFormOf(await ports(c).taxes.settings(), ports(c).shopCurrency),
    }),
  );
  app.post("/taxes/settings", (c) => saveSettings(c, ports));
  app.get("/taxes/countries/:country", async (c) => {
    const { taxes, timeZone } = ports(c);
    const country = countryOf(c);
    if (country === undefined) return notHere(c);
    return showCountry(c, ports, { values: taxFormOf(await taxes.country(country), timeZone) });
  });
  app.post("/taxes/countries/:country", (c) => saveCountry(c, ports));
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="country" backHref="/admin/taxes" />, 404);

const countryOf = (c: CountryContext): string | undefined => {
  const country = c.req.param("country");
  return COUNTRY.test(country) ? country : undefined;
};
const isDone = (c: Context<WebEnv>, status: number): boolean =>
  status === 200 && queryWord(c, "done", ["saved"]) !== undefined;

async function showList(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const wanted = queryText(c, "country")?.toUpperCase();
  if (wanted !== undefined && COUNTRY.test(wanted))
    return c.redirect(`/admin/taxes/countries/${wanted}`, 303);
  const { taxes } = ports(c);
  const [rates, rules, stored] = await Promise.all([taxes.rates(), taxes.rules(), taxes.settings()]);
  const countries = [...new Set([...rates, ...rules].map(({ country }) => country))];
  const zones = countries.map((country): TaxZone => ({
    country,
    name: nameOf(country),
    rates: rates.filter((rate) => rate.country === country),
    ruleCount: rules.filter((rule) => rule.country === country).length,
  }));
  const model = {
    zones: zones.toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    settings: stored.settings,
    countryName: nameOf,
    wrongCountry: wanted,
  };
  return htmlPage(c, <TaxListPage {...model} />, wanted === undefined ? 200 : 422);
}

function showCountry(
  c: CountryContext,
  ports: PortsOf,
  { values, mistakes = [], differences, status = 200 }: Shown,
): Response | Promise<Response> {
  const country = c.req.param("country");
  const model = {
    name: nameOf(country),
    regions: addressForm(country).regions !== undefined,
    timeZone: ports(c).timeZone,
    form: { values, mistakes },
    count: countRows(values, "rule") + SPARE_ROWS,
    differences,
    isSaved: isDone(c, status),
  };
  return htmlPage(c, <TaxCountryPage {...model} />, status);
}

async function saveCountry(c: CountryContext, ports: PortsOf): Promise<Response> {
  const country = countryOf(c);
  if (country === undefined) return notHere(c);
  const form = await readForm(c, MAX_TAX_BYTES);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { taxes, taxInputs, timeZone } = ports(c);
  const { values, read } = readTaxForm(form.value, { inputs: taxInputs, timeZone, country });
  if (!read.ok) return showCountry(c, ports, { values, mistakes: read.mistakes, status: 422 });
  const saved = await taxes.saveCountry(country, read.value, readVersion(form.value));
  return saved.ok
    ? c.redirect(`/admin/taxes/countries/${country}?done=saved`, 303)
    : showCountry(c, ports, overtaken(values, taxFormOf(await taxes.country(country), timeZone)));
}

const showSettings = (
  c: Context<WebEnv>,
  ports: PortsOf,
  { values, mistakes = [], differences, status = 200 }: Shown,
) =>
  htmlPage(
    c,
    <TaxSettingsPage
      currency={ports(c).shopCurrency}
      form={{ values, mistakes }}
      differences={differences}
      isSaved={isDone(c, status)}
    />,
    status,
  );

async function saveSettings(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const form = await readForm(c);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { taxes, taxInputs, shopCurrency } = ports(c);
  const read = readTaxSettingsForm(form.value, taxInputs, shopCurrency);
  if (!read.ok) return showSettings(c, ports, { values: form.value, mistakes: read.mistakes, status: 422 });
  const saved = await taxes.saveSettings(read.value, readVersion(form.value));
  return saved.ok
    ? c.redirect("/admin/taxes/settings?done=saved", 303)
    : showSettings(c, ports, overtaken(form.value, taxSettingsFormOf(await taxes.settings(), shopCurrency)));
}
