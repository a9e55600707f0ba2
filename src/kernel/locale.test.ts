import { describe, expect, it } from "vitest";
import { directionOf, isLocale, localeChain } from "./locale.ts";

describe("a locale", () => {
  it.each(["de", "de-CH", "zh-Hant", "zh-Hant-TW", "es-419"])("can be %s", (text) => {
    expect(isLocale(text)).toBe(true);
  });
  it.each(["", "DE", "de-ch", "de_CH", "deutsch", "de-CH-x"])("cannot be %j", (text) => {
    expect(isLocale(text)).toBe(false);
  });
  it("falls back to the wider one", () => {
    expect(localeChain("zh-Hant-TW")).toEqual(["zh-Hant-TW", "zh-Hant", "zh"]);
    expect(localeChain("de")).toEqual(["de"]);
  });
  it.each([
    ["ar-EG", "rtl"],
    ["he", "rtl"],
    ["de-CH", "ltr"],
    ["pa-Arab-PK", "rtl"],
    ["ku-Latn", "ltr"],
  ] as const)("%s is written %s", (locale, direction) => {
    expect(directionOf(locale)).toBe(direction);
  });
});
