import { expect, test } from "vitest";
import type { Market } from "#pricing";
import { localeOfCart, namedIn } from "./reading-locale.ts";

const market = (marketId: string, locales: readonly string[], isDefault = false): Market => ({
  marketId,
  name: marketId,
  currency: "EUR",
  countries: [],
  locales,
  defaultLocale: locales[0] ?? "en-GB",
  pricesIncludeTax: true,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm: 1_000_000,
  pathPrefix: isDefault ? "" : marketId,
  isDefault,
});
const MARKETS = [market("home", ["en-GB", "de", "ar"], true), market("ch", ["de-CH", "fr-CH"])];

const localeFor = (reads: string, marketId?: string) =>
  localeOfCart(
    {
      markets: () => Promise.resolve(MARKETS),
      shop: { currency: "EUR", country: "DE", locale: reads, ownLocale: "en-GB", timeZone: "Europe/Berlin" },
    },
    marketId,
  );

test.each([
  ["de", "home", "de"],
  ["de", "ch", "de-CH"],
  ["fr", "ch", "fr-CH"],
  ["ar", "ch", "de-CH"],
  ["ar", "gone", "ar"],
  ["fr", undefined, "fr"],
])("a shopper who reads %s buys in market %s in %s", async (reads, marketId, locale) => {
  expect(await localeFor(reads, marketId)).toBe(locale);
});

test("goods are asked for by name only where the shop's own words are not the shopper's", () => {
  expect(namedIn("de-CH", { ownLocale: "en-GB" })).toEqual({ locale: "de-CH" });
  expect(namedIn("en-GB", { ownLocale: "en-GB" })).toEqual({});
});
