import type { EpochMs } from "#kernel";
import { formatClock, formatDate, formatDay, formatDayRange, formatHour, formatInstant } from "./dates.ts";
import { MAX_KEPT_SPEECHES } from "./limits.ts";
import { formatMinor, formatMinorShort } from "./money.ts";
import { countryInSentence, countryName } from "./names.ts";
import { wordsFor, type Words } from "./words.ts";

/** Everything that a page or mail says in one locale: the shop's own words, amounts, days, names of countries. */
export type Speech = Words & {
  readonly money: (amountMinor: number, currency: string) => string;
  /** Without the cents of a whole amount, for running text. */
  readonly moneyShort: (amountMinor: number, currency: string) => string;
  /** A calendar day, `YYYY-MM-DD`. */
  readonly day: (day: string) => string;
  readonly days: (earliest: string, latest: string) => string;
  /** An hour of the day, 0 to 23. */
  readonly hour: (hour: number) => string;
  readonly instant: (at: EpochMs, timeZone: string) => string;
  readonly clock: (at: EpochMs, timeZone: string) => string;
  readonly date: (at: EpochMs, timeZone: string) => string;
  readonly country: (code: string) => string;
  /** The same inside a sentence, with its article where it has one. */
  readonly countryInSentence: (code: string) => string;
};

// The same for every visitor; bounded because a market may name any locale.
const kept = new Map<string, Speech>();

/** How the shop speaks in a locale. */
export function speechFor(locale: string): Speech {
  const known = kept.get(locale);
  if (known) return known;
  if (kept.size >= MAX_KEPT_SPEECHES) kept.clear();
  const made: Speech = {
    ...wordsFor(locale),
    money: (amountMinor, currency) => formatMinor(amountMinor, currency, locale),
    moneyShort: (amountMinor, currency) => formatMinorShort(amountMinor, currency, locale),
    day: (day) => formatDay(day, locale),
    days: (earliest, latest) => formatDayRange(earliest, latest, locale),
    hour: (hour) => formatHour(hour, locale),
    instant: (at, timeZone) => formatInstant(at, timeZone, locale),
    clock: (at, timeZone) => formatClock(at, timeZone, locale),
    date: (at, timeZone) => formatDate(at, timeZone, locale),
    country: (code) => countryName(code, locale),
    countryInSentence: (code) => countryInSentence(code, locale),
  };
  kept.set(locale, made);
  return made;
}
