import { DAY_MS, invariant, type EpochMs } from "#kernel";

/** A calendar day, YYYY-MM-DD. Text order is time order. */
export type Day = string;

/** What the clock on the shop's wall shows. */
export type LocalMoment = {
  readonly day: Day;
  /** 0–23. */
  readonly hour: number;
};

const DAY_TEXT = /^\d{4}-\d{2}-\d{2}$/;
const SATURDAY = 6;
const SUNDAY = 0;

const toMs = (day: Day): number => {
  const value = DAY_TEXT.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  invariant(!Number.isNaN(value), `${day} is a calendar day`);
  return value;
};

/** The day `days` after `day`; negative goes back. */
export const addDays = (day: Day, days: number): Day =>
  new Date(toMs(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Tells whether carriers move on this day: Monday to Friday. Public holidays are not known (stated in the README). */
export function isWorkingDay(day: Day): boolean {
  const weekday = new Date(toMs(day)).getUTCDay();
  return weekday !== SATURDAY && weekday !== SUNDAY;
}

/** The same day when it is a working day, else the next one. */
export const workingDayFrom = (day: Day): Day => (isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1)));

/** The working day that is `count` (≥ 0) working days after `day`, which counts as day zero. */
export function addWorkingDays(day: Day, count: number): Day {
  let result = workingDayFrom(day);
  for (let left = count; left > 0; left -= 1) result = workingDayFrom(addDays(result, 1));
  return result;
}

/**
 * Reads the wall clock of a time zone; made once per zone because the platform's formatter is costly to build. The
 * same instant always gives the same answer.
 */
export function wallClock(timeZone: string): (at: EpochMs) => LocalMoment {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
    const read = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
    return { day: `${read("year")}-${read("month")}-${read("day")}`, hour: Number(read("hour")) };
  };
}
