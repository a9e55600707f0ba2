import { describe, expect, it } from "vitest";
import { formatClock, formatDay, formatDayRange, formatInstant } from "./dates.ts";
import { formatMinor, formatMinorShort } from "./money.ts";
import { plural } from "./plural.ts";
import { epochMs } from "#kernel";

describe("amounts", () => {
  it.each([
    [3400, "EUR", "€34.00"],
    [5, "EUR", "€0.05"],
    [-1999, "EUR", "-€19.99"],
    [0, "EUR", "€0.00"],
    [1500, "JPY", "JP¥1,500"],
    [1234, "KWD", "KWD 1.234"],
    [9_007_199_254_740_991, "EUR", "€90,071,992,547,409.91"],
  ])("%s minor units of %s read %s", (amount, code, text) => {
    expect(formatMinor(amount, code).replaceAll("\u00a0", " ")).toBe(text);
  });

  it("lose .00 in running text only when they are whole", () => {
    expect([formatMinorShort(6000, "EUR"), formatMinorShort(6050, "EUR")]).toEqual(["€60", "€60.50"]);
  });
});

describe("days", () => {
  it("never slip by one", () => {
    expect(formatDay("2026-12-14")).toBe("14 December");
  });
  it.each([
    ["2026-12-01", "2026-12-03", "Tue 1 – Thu 3 December"],
    ["2026-11-30", "2026-12-02", "Mon 30 November – Wed 2 December"],
    ["2026-12-01", "2026-12-01", "Tue 1 December"],
  ])("%s to %s reads %s", (from, to, text) => {
    expect(formatDayRange(from, to)).toBe(text);
  });
  it.each([
    ["en-US", "Tue, December 1 – Thu, December 3"],
    ["de-CH", "Di., 1. – Do., 3. Dezember"],
    ["fr", "mar. 1 – jeu. 3 décembre"],
    ["ar", "الثلاثاء، 1 – الخميس، 3 ديسمبر"],
  ])("stand as %s writes a range: %s", (locale, text) => {
    expect(formatDayRange("2026-12-01", "2026-12-03", locale).replaceAll(/[\u2009\u202f]/g, " ")).toBe(text);
  });
  it("that are no days come back as they are", () => {
    expect(formatDay("soon")).toBe("soon");
  });
  it("of instants are those of the shop's zone", () => {
    const lateInLondon = epochMs(Date.parse("2026-11-27T23:30:00Z"));
    expect(formatInstant(lateInLondon, "Europe/Berlin")).toBe("28 Nov, 00:30");
    expect(formatClock(lateInLondon, "Europe/Berlin")).toBe("00:30");
  });
});

describe("words", () => {
  it("agree with their count", () => {
    const words = { one: "print", other: "prints" };
    expect([0, 1, 24].map((count) => plural(count, words))).toEqual(["No prints", "1 print", "24 prints"]);
  });
});
