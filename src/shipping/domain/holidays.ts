import { addDays, type Day } from "./day.ts";

// Days on which parcels rest in the whole country, from the national laws; holidays of single regions are left out, so a
// promise may be a day early there, never for the country as a whole. `04-25` is a date, `E+1` a day after Easter Sunday
// (`O` for the Orthodox one).
const DAYS: Readonly<Record<string, string>> = {
  AT: "01-01 01-06 E+1 05-01 E+39 E+50 E+60 08-15 10-26 11-01 12-08 12-25 12-26",
  BE: "01-01 E+1 05-01 E+39 E+50 07-21 08-15 11-01 11-11 12-25",
  BG: "01-01 03-03 O-2 O+1 05-01 05-06 05-24 09-06 09-22 12-24 12-25 12-26",
  CH: "01-01 E-2 E+1 E+39 E+50 08-01 12-25 12-26",
  CZ: "01-01 E-2 E+1 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
  DE: "01-01 E-2 E+1 05-01 E+39 E+50 10-03 12-25 12-26",
  DK: "01-01 E-3 E-2 E+1 E+39 E+50 12-25 12-26",
  EE: "01-01 02-24 E-2 05-01 06-23 06-24 08-20 12-24 12-25 12-26",
  ES: "01-01 01-06 E-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
  FI: "01-01 01-06 E-2 E+1 05-01 E+39 12-06 12-25 12-26",
  FR: "01-01 E+1 05-01 05-08 E+39 E+50 07-14 08-15 11-01 11-11 12-25",
  GB: "01-01 E-2 E+1 12-25 12-26",
  GR: "01-01 01-06 03-25 O-48 O-2 O+1 05-01 O+50 08-15 10-28 12-25 12-26",
  HR: "01-01 01-06 E+1 05-01 05-30 E+60 06-22 08-05 08-15 11-01 11-18 12-25 12-26",
  HU: "01-01 03-15 E-2 E+1 05-01 E+50 08-20 10-23 11-01 12-25 12-26",
  IE: "01-01 03-17 E+1 12-25 12-26",
  IT: "01-01 01-06 E+1 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26",
  LT: "01-01 02-16 03-11 E+1 05-01 06-24 07-06 08-15 11-01 11-02 12-24 12-25 12-26",
  LU: "01-01 E+1 05-01 05-09 E+39 E+50 06-23 08-15 11-01 12-25 12-26",
  LV: "01-01 E-2 E+1 05-01 05-04 06-23 06-24 11-18 12-24 12-25 12-26 12-31",
  NL: "01-01 E+1 04-27 E+39 E+50 12-25 12-26",
  NO: "01-01 E-3 E-2 E+1 05-01 05-17 E+39 E+50 12-25 12-26",
  PL: "01-01 01-06 E+1 05-01 05-03 E+60 08-15 11-01 11-11 12-24 12-25 12-26",
  PT: "01-01 E-2 04-25 05-01 E+60 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
  RO: "01-01 01-02 01-24 O-2 O+1 05-01 O+50 06-01 08-15 11-30 12-01 12-25 12-26",
  SE: "01-01 01-06 E-2 E+1 05-01 E+39 06-06 12-25 12-26",
  SI: "01-01 01-02 02-08 E+1 04-27 05-01 05-02 06-25 08-15 10-31 11-01 12-25 12-26",
  SK: "01-01 01-06 E-2 E+1 05-01 05-08 07-05 08-29 09-15 11-01 12-24 12-25 12-26",
  US: "01-01 06-19 07-04 11-11 12-25",
};

const cut = (value: number, by: number): number => Math.floor(value / by);

/** Easter Sunday of a year by the Gregorian calendar (anonymous algorithm, Meeus 1991). */
export function easterSunday(year: number): Day {
  const golden = year % 19;
  const century = cut(year, 100);
  const skipped = cut(century, 4);
  const moon = (19 * golden + century - skipped - cut(century - cut(century + 8, 25) + 1, 3) + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * cut(year % 100, 4) - moon - (year % 4)) % 7;
  const shift = cut(golden + 11 * moon + 22 * weekday, 451);
  const days = moon + weekday - 7 * shift + 114;
  return dayOf(year, cut(days, 31), (days % 31) + 1);
}

/** Orthodox Easter Sunday, as a Gregorian day; holds from 1900 to 2099 (Meeus 1991). */
export function orthodoxEasterSunday(year: number): Day {
  const moon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const days = moon + weekday + 114;
  const julianToGregorian = 13;
  return addDays(dayOf(year, cut(days, 31), (days % 31) + 1), julianToGregorian);
}

const dayOf = (year: number, month: number, day: number): Day =>
  `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

/** Tells whether a day is a public holiday in the whole of a country; false for countries that are not in the table. */
export function isPublicHoliday(day: Day, country: string): boolean {
  const rules = DAYS[country];
  if (rules === undefined) return false;
  const year = Number(day.slice(0, 4));
  return rules.split(" ").some((rule) => {
    const movable = /^([EO])([+-]\d+)$/.exec(rule);
    if (!movable) return day.slice(5) === rule;
    const sunday = movable[1] === "E" ? easterSunday(year) : orthodoxEasterSunday(year);
    return day === addDays(sunday, Number(movable[2]));
  });
}
