import { describe, expect, it } from "vitest";
import type { Market } from "./market.ts";
import { importLimitOf, reliefOf, type TaxBuyer } from "./tax-relief.ts";
import type { TaxSettings } from "./tax-rules.ts";

const GERMAN: TaxSettings = { originCountry: "DE", isAboveThreshold: true };
const BRITISH: TaxSettings = { originCountry: "GB", isAboveThreshold: true };
const business: TaxBuyer = { taxStatus: "business", taxId: "FR12345678901" };
const market = (changes: Partial<Market>): Market => ({
  marketId: "eu",
  name: "EU",
  currency: "EUR",
  countries: ["FR"],
  defaultLocale: "fr-FR",
  locales: ["fr-FR"],
  pricesIncludeTax: false,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm: 1_150_000,
  pathPrefix: "eu",
  isDefault: false,
  ...changes,
});

describe("relief of tax", () => {
  it.each<[string, TaxBuyer | undefined, TaxSettings | undefined, string, string | undefined]>([
    ["nobody is relieved of it", undefined, GERMAN, "FR", undefined],
    ["a private buyer is not", { taxStatus: "taxed" }, GERMAN, "FR", undefined],
    ["a business in another country of the EU owes it itself", business, GERMAN, "FR", "reverse_charge"],
    ["a business at home pays it", business, GERMAN, "DE", undefined],
    ["a business outside the EU pays what is due there", business, GERMAN, "CH", undefined],
    ["a seller outside the EU knows no reverse charge", business, BRITISH, "FR", undefined],
    ["without an origin there is none", business, undefined, "FR", undefined],
    ["a business without a VAT id pays", { taxStatus: "business" }, GERMAN, "FR", undefined],
    ["an exempt buyer pays nowhere", { taxStatus: "exempt", taxId: "501-C3" }, undefined, "US", "exempt"],
  ])("%s", (_, buyer, settings, country, reason) => {
    expect(reliefOf(buyer, settings, country)?.reason).toBe(reason);
  });
});

describe("the import limit", () => {
  const at = { market: market({}), shopCurrency: "GBP" };
  it.each<[string, TaxSettings | undefined, string, number | undefined]>([
    ["does not concern a seller within the EU", GERMAN, "FR", undefined],
    ["nor parcels that do not enter it", BRITISH, "US", undefined],
    ["is nothing for a seller who is not registered", BRITISH, "FR", 0],
    [
      "is 150 EUR, as staff say it in the shop's currency",
      { ...BRITISH, isIossRegistered: true, importLimitMinor: 13_043 },
      "FR",
      14_999,
    ],
  ])("%s", (_, settings, country, limitMinor) => {
    expect(importLimitOf(settings, country, at)).toBe(limitMinor);
  });
});
