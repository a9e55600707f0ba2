import { describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import type { DeliveryMethod } from "../contract.ts";
import { addDays } from "./day.ts";
import { addWorkingDays, isWorkingDay, wallClock, workingDayFrom } from "./calendar.ts";
import { easterSunday, isPublicHoliday, orthodoxEasterSunday } from "./holidays.ts";
import { chooseDelivery, deliveryOptions, freeDeliveryGapMinor } from "./delivery-options.ts";

const method = (changes: Partial<DeliveryMethod> = {}): DeliveryMethod => ({
  methodId: "post",
  name: "Standard",
  carrier: "Post",
  countries: ["DE", "AT"],
  currency: "EUR",
  priceMinor: 490,
  freeFromMinor: 6000,
  minDays: 2,
  maxDays: 4,
  cutoffHour: 15,
  position: 1,
  postcodeZones: [],
  isActive: true,
  ...changes,
});

// 27 November 2026 is a Friday.
const friday = (hour: number) => ({ day: "2026-11-27", hour });
const ask = (changes: Partial<Parameters<typeof deliveryOptions>[0]> = {}) =>
  deliveryOptions({
    methods: [method()],
    country: "DE",
    currency: "EUR",
    itemsMinor: 5200,
    now: friday(10),
    ...changes,
  });

describe("deliveryOptions", () => {
  it("sends the same working day before the cut-off and counts working days only", () => {
    expect(ask()).toEqual([
      {
        methodId: "post",
        name: "Standard",
        carrier: "Post",
        priceMinor: 490,
        freeFromMinor: 6000,
        earliestDate: "2026-12-01",
        latestDate: "2026-12-03",
        cutoffHour: 15,
      },
    ]);
  });

  it("sends the next working day from the cut-off hour on, and names no cut-off any more", () => {
    const [option] = ask({ now: friday(15) });
    expect(option).toMatchObject({ earliestDate: "2026-12-02", latestDate: "2026-12-04" });
    expect(option).not.toHaveProperty("cutoffHour");
  });

  it("treats a weekend like an order before Monday's dispatch", () => {
    const [option] = ask({ now: { day: "2026-11-28", hour: 9 } });
    expect(option).toMatchObject({ earliestDate: "2026-12-02" });
    expect(option).not.toHaveProperty("cutoffHour");
  });

  it("waits for goods that are not there yet", () => {
    const [option] = ask({ goodsFrom: "2026-12-14" });
    expect(option).toMatchObject({ earliestDate: "2026-12-16", latestDate: "2026-12-18" });
    expect(option).not.toHaveProperty("cutoffHour");
  });

  it("is not moved by goods that came before", () => {
    expect(ask({ goodsFrom: "2026-11-20" })[0]).toMatchObject({ earliestDate: "2026-12-01", cutoffHour: 15 });
  });

  it.each([
    [5999, 490],
    [6000, 0],
    [6001, 0],
  ])("with goods worth %i costs %i: free from the named value on", (itemsMinor, priceMinor) => {
    expect(ask({ itemsMinor })[0]?.priceMinor).toBe(priceMinor);
  });

  it("serves only its countries and its currency, and only while active", () => {
    expect(ask({ country: "IS" })).toEqual([]);
    expect(ask({ currency: "USD" })).toEqual([]);
    expect(ask({ methods: [method({ isActive: false })] })).toEqual([]);
  });

  it("lists ways in the merchant's order, then cheapest first", () => {
    const methods = [
      method({ methodId: "c", position: 2 }),
      method({ methodId: "b", priceMinor: 900 }),
      method({ methodId: "a", priceMinor: 100 }),
    ];
    expect(ask({ methods }).map((option) => option.methodId)).toEqual(["a", "b", "c"]);
  });

  it("never ends a window before it starts", () => {
    const [option] = ask({ methods: [method({ minDays: 3, maxDays: 1 })] });
    expect(option?.latestDate).toBe(option?.earliestDate);
  });
});

describe("postcode zones", () => {
  const islands = method({
    postcodeZones: [
      { country: "DE", from: "27498", to: "27498" },
      { country: "DE", from: "25846", to: "25999", extraDays: 2 },
      { country: "GB", from: "BT", to: "BT" },
    ],
  });
  const to = (postcode: string, country = "DE") =>
    ask({ methods: [{ ...islands, countries: ["DE", "AT", "GB"] }], postcode, country })[0]?.earliestDate;

  it.each([
    ["10115", "2026-12-01"],
    ["27498", undefined],
    ["27 498", undefined],
    ["27499", "2026-12-01"],
    ["25845", "2026-12-01"],
    ["25846", "2026-12-03"],
    ["25999", "2026-12-03"],
    ["26000", "2026-12-01"],
  ])("to %s arrives from %s on", (postcode, day) => expect(to(postcode)).toBe(day));

  it("go by the beginning of a code, and by its own country", () => {
    expect(to("bt1 5gs", "GB")).toBeUndefined();
    expect(to("B1 1AA", "GB")).toBe("2026-12-01");
    expect(to("2749", "AT")).toBe("2026-12-01");
  });
});

describe("public holidays", () => {
  it("neither send nor bring parcels: those of the shop for leaving, those of the country for arriving", () => {
    const now = { day: "2026-12-23", hour: 16, country: "DE" };
    expect(ask({ now })[0]).toMatchObject({
      earliestDate: "2026-12-29",
      latestDate: "2026-12-31",
    });
    const holidayOfVienna = { day: "2026-10-26", hour: 9 };
    const from = (country: string) => ask({ now: { ...holidayOfVienna, country }, country: "DE" })[0];
    expect(from("DE")).toMatchObject({ cutoffHour: 15, earliestDate: "2026-10-28" });
    expect(from("AT")).not.toHaveProperty("cutoffHour");
  });

  it.each([
    [2024, "2024-03-31", "2024-05-05"],
    [2025, "2025-04-20", "2025-04-20"],
    [2026, "2026-04-05", "2026-04-12"],
    [2027, "2027-03-28", "2027-05-02"],
    [2038, "2038-04-25", "2038-04-25"],
  ])("find Easter of %i", (year, western, orthodox) => {
    expect([easterSunday(year), orthodoxEasterSunday(year)]).toEqual([western, orthodox]);
  });

  it("move with Easter, and are none where no table says so", () => {
    expect(isPublicHoliday("2026-04-03", "DE")).toBe(true);
    expect(isPublicHoliday("2026-04-03", "FR")).toBe(false);
    expect(isPublicHoliday("2026-05-14", "NL")).toBe(true);
    expect(isPublicHoliday("2026-12-25", "XX")).toBe(false);
  });
});

describe("chooseDelivery", () => {
  it("takes the chosen way, else the merchant's first, and none where none serves", () => {
    const two = ask({ methods: [method(), method({ methodId: "express", position: 2 })] });
    expect(chooseDelivery(two, undefined)?.methodId).toBe("post");
    expect(chooseDelivery(two, "express")?.methodId).toBe("express");
    expect(chooseDelivery(two, "drone")?.methodId).toBe("post");
    expect(chooseDelivery([], "express")).toBeUndefined();
  });
});

describe("freeDeliveryGapMinor", () => {
  it("says what is missing, and nothing once delivery is free", () => {
    const [paid] = ask({ itemsMinor: 5200 });
    const [free] = ask({ itemsMinor: 7000 });
    expect(paid && freeDeliveryGapMinor(paid, 5200)).toBe(800);
    expect(free && freeDeliveryGapMinor(free, 7000)).toBeUndefined();
  });
});

describe("the calendar", () => {
  it("knows weekends and crosses months and years", () => {
    expect(isWorkingDay("2026-11-27", "DE")).toBe(true);
    expect(isWorkingDay("2026-11-28", "DE")).toBe(false);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addWorkingDays("2026-12-31", 1, "DE")).toBe("2027-01-04");
    expect(addWorkingDays("2026-11-28", 0, "DE")).toBe("2026-11-30");
  });

  it("keeps countries, days and counts apart, however often it is asked", () => {
    const NATIONAL_DAY_OF_AUSTRIA = "2026-10-26";
    for (const _ of ["worked out", "remembered"]) {
      expect(isWorkingDay(NATIONAL_DAY_OF_AUSTRIA, "DE")).toBe(true);
      expect(isWorkingDay(NATIONAL_DAY_OF_AUSTRIA, "AT")).toBe(false);
      expect(workingDayFrom(NATIONAL_DAY_OF_AUSTRIA, "AT")).toBe("2026-10-27");
      expect(workingDayFrom("2026-10-27", "AT")).toBe("2026-10-27");
      expect(addWorkingDays(NATIONAL_DAY_OF_AUSTRIA, 1, "AT")).toBe("2026-10-28");
      expect(addWorkingDays(NATIONAL_DAY_OF_AUSTRIA, 1, "DE")).toBe("2026-10-27");
    }
  });

  it("reads the shop's wall clock, in summer and in winter time", () => {
    const berlin = wallClock("Europe/Berlin");
    expect(berlin(epochMs(Date.parse("2026-11-27T13:59:59Z")))).toEqual({ day: "2026-11-27", hour: 14 });
    expect(berlin(epochMs(Date.parse("2026-07-01T22:00:00Z")))).toEqual({ day: "2026-07-02", hour: 0 });
    expect(wallClock("America/Los_Angeles")(epochMs(Date.parse("2026-11-27T02:00:00Z")))).toEqual({
      day: "2026-11-26",
      hour: 18,
    });
  });
});
