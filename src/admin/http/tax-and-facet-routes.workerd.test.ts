import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { facetDesk } from "../../browse/adapters/facet-table.ts";
import { readFacetInput } from "../../browse/http/admin-routes.ts";
import { createTaxDesk } from "../../pricing/adapters/tax-desk.ts";
import { taxInputs } from "../../pricing/http/tax-schemas.ts";
import type { AdminPorts } from "../app/ports.ts";
import { createFacetPages } from "./facet-routes.tsx";
import { createTaxPages } from "./tax-routes.tsx";

const facets = facetDesk(env.DB);
const taxes = createTaxDesk(env.DB);
const ports = () =>
  ({
    facets,
    readFacetInput,
    taxes,
    taxInputs,
    timeZone: "Europe/Berlin",
    shopCurrency: "EUR",
  }) as AdminPorts;
const app = createFacetPages(ports).route("/", createTaxPages(ports));
type Fields = Readonly<Record<string, string>>;
const post = (path: string, fields: Fields) =>
  app.request(path, { method: "POST", body: new URLSearchParams(fields) });
const page = async (path: string) => (await app.request(path)).text();
/** The version that a form carries. */
const versionIn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";

const SIZE = {
  "facet.0.label": "Size",
  "facet.0.key": "size",
  "facet.0.sources": "option: Size, tag: size:",
  "facet.0.valueOrder": "natural",
  "facet.0.isActive": "yes",
};

describe("the filters of lists, for staff", () => {
  beforeEach(() => facets.save([]));

  it("are one table, kept in the order of its places", async () => {
    const version = versionIn(await page("/facets"));
    const saved = await post("/facets", {
      version,
      ...SIZE,
      "facet.0.place": "2",
      "facet.1.place": "1",
      "facet.1.label": "In stock",
      "facet.1.key": "stock",
      "facet.1.sources": "stock",
      "facet.1.isActive": "no",
    });
    expect([saved.status, saved.headers.get("location")]).toEqual([303, "/admin/facets?done=saved"]);
    expect((await facets.read()).facets).toMatchObject([
      { key: "stock", sources: [{ kind: "availability" }], isActive: false },
      {
        key: "size",
        sources: [
          { kind: "option", name: "Size" },
          { kind: "tag", prefix: "size:" },
        ],
      },
    ]);
    expect(await page("/facets")).toContain('value="option: Size, tag: size:"');
  });

  it("say what is wrong in its cell and keep what was typed", async () => {
    const wrong = await post("/facets", {
      ...SIZE,
      "facet.0.key": "Grösse",
      "facet.0.sources": "moon: full",
    });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const id of ["facet.0.key-error", "facet.0.sources-error"]) expect(html).toContain(`id="${id}"`);
    expect(html).toContain('value="moon: full"');
  });

  it("show both versions when somebody else saved first, and save mine over theirs then", async () => {
    const version = versionIn(await page("/facets"));
    await post("/facets", { version, ...SIZE });
    const late = await post("/facets", { version, ...SIZE, "facet.0.label": "How large" });
    const html = await late.text();
    expect([late.status, html.includes("Save mine over theirs")]).toEqual([409, true]);
    expect(html).toContain('value="How large"');
    await post("/facets", { version: versionIn(html), ...SIZE, "facet.0.label": "How large" });
    expect((await facets.read()).facets?.[0]?.label).toBe("How large");
  });
});

describe("taxes, for staff", () => {
  const CANADA = {
    standard: "5",
    reduced: "",
    zero: "0",
    "rule.0.region": "on",
    "rule.0.taxClass": "standard",
    "rule.0.percent": "13",
    "rule.0.taxesDelivery": "no",
    "rule.1.region": "",
    "rule.1.taxClass": "standard",
    "rule.1.percent": "6,5",
    "rule.1.validFrom": "2027-01-01",
    "rule.1.taxesDelivery": "yes",
  };
  const PATH = "/taxes/countries/CA";

  it("of a country are its rates by class, its states and rates to come, in percent", async () => {
    const version = versionIn(await page(PATH));
    expect((await post(PATH, { version, ...CANADA })).status).toBe(303);
    expect(await taxes.country("CA")).toMatchObject({
      rates: [
        { taxClass: "standard", ratePpm: 50_000 },
        { taxClass: "zero", ratePpm: 0 },
      ],
      rules: [
        { region: "", ratePpm: 65_000, validFromMs: Date.parse("2026-12-31T23:00:00Z"), taxesDelivery: true },
        { region: "ON", ratePpm: 130_000, validFromMs: 0, taxesDelivery: false },
      ],
    });
    const html = await page(PATH);
    expect(html).toContain('value="2027-01-01"');
    expect(await page("/taxes")).toContain("Canada");
  });

  it("say what is wrong at its field and change nothing", async () => {
    const before = await taxes.country("CA");
    const wrong = await post(PATH, {
      version: String(before.version),
      ...CANADA,
      standard: "101",
      "rule.0.region": "ONTA",
      "rule.1.validFrom": "soon",
    });
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const id of ["standard", "rule.0.region", "rule.1.validFrom"])
      expect(html).toContain(`id="${id}-error"`);
    expect(await taxes.country("CA")).toEqual(before);
  });

  it("show both versions when somebody else saved first", async () => {
    const version = versionIn(await page(PATH));
    await post(PATH, { version, ...CANADA, standard: "7" });
    const late = await post(PATH, { version, ...CANADA, standard: "8" });
    const html = await late.text();
    expect([late.status, html.includes("Somebody else saved first")]).toEqual([409, true]);
    expect((await taxes.country("CA")).rates[0]?.ratePpm).toBe(70_000);
  });

  it("across borders are said once, and a stale form is told", async () => {
    const version = versionIn(await page("/taxes/settings"));
    const settings = { version, originCountry: "fr", isAboveThreshold: "no" };
    expect((await post("/taxes/settings", settings)).status).toBe(303);
    expect((await taxes.settings()).settings).toMatchObject({ originCountry: "FR", isAboveThreshold: false });
    expect((await post("/taxes/settings", { ...settings, originCountry: "DE" })).status).toBe(409);
    expect((await post("/taxes/settings", { ...settings, originCountry: "Frankreich" })).status).toBe(422);
  });

  it("open any country by its two letters", async () => {
    const found = await app.request("/taxes?country=fr");
    expect([found.status, found.headers.get("location")]).toEqual([303, "/admin/taxes/countries/FR"]);
    expect((await app.request("/taxes?country=France")).status).toBe(422);
    expect((await app.request("/taxes/countries/France")).status).toBe(404);
  });
});
