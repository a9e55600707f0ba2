import type { EpochMs } from "#kernel";
import { addDays, toMs, type Day } from "./day.ts";
import { isPublicHoliday } from "./holidays.ts";

/** What the clock on the shop's wall shows. */
export type LocalMoment = {
  readonly day: Day;
  /** 0–23. */
  readonly hour: number;
  /** The country of that wall, where parcels leave from; its public holidays count. Absent: the destination's do. */
  readonly country?: string;
};

const SATURDAY = 6;
const SUNDAY = 0;

/** Tells whether carriers move on this day: Monday to Friday, but for the country's public holidays. */
export const isWorkingDay = (day: Day, country: string): boolean => workingDayFrom(day, country) === day;

/** The same day when it is a working day in the country, else the next one. */
export const workingDayFrom = (day: Day, country: string): Day => addWorkingDays(day, 0, country);

/** Sums that were just asked for: every quote of a day asks for the same few, and holidays are costly to work out. */
const known = new Map<string, Day>();
const MAX_KNOWN = 1_000;

/** The working day that is `count` (≥ 0) working days of the country after `day`, which counts as day zero. */
export function addWorkingDays(day: Day, count: number, country: string): Day {
  const question = `${day} ${count} ${country}`;
  const remembered = known.get(question);
  if (remembered !== undefined) return remembered;
  const answer = countWorkingDays(day, count, country);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(question, answer);
  return answer;
}

function countWorkingDays(day: Day, count: number, country: string): Day {
  let result = firstWorkingDay(day, country);
  for (let left = count; left > 0; left -= 1) result = firstWorkingDay(addDays(result, 1), country);
  return result;
}

const firstWorkingDay = (day: Day, country: string): Day =>
  isRestDay(day, country) ? firstWorkingDay(addDays(day, 1), country) : day;

function isRestDay(day: Day, country: string): boolean {
  const weekday = new Date(toMs(day)).getUTCDay();
  return weekday === SATURDAY || weekday === SUNDAY || isPublicHoliday(day, country);
}

/**
 * Reads the wall clock of a time zone; made once per zone because the platform's formatter is costly to build. The
 * same instant always gives the same answer.
 */
export function wallClock(timeZone: string, country?: string): (at: EpochMs) => LocalMoment {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const read = (at: EpochMs): LocalMoment => {
    const parts = new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
    const day = `${part("year")}-${part("month")}-${part("day")}`;
    return { day, hour: Number(part("hour")), ...(country === undefined ? {} : { country }) };
  };
  let last: { readonly quarter: number; readonly moment: LocalMoment } | undefined;
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    if (last?.quarter !== quarter) last = { quarter, moment: read(at) };
    return last.moment;
  };
}

/** No zone's clock is off by less than a quarter of an hour, so within one it shows the same day and hour. */
const QUARTER_MS = 15 * 60_000;
