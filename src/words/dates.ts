import type { EpochMs } from "#kernel";
import { MAX_CACHED_FORMATTERS } from "./limits.ts";
import { DEFAULT_LOCALE } from "./money.ts";

// Building a formatter costs far more than using one; bounded, and the same for every visitor.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  if (formatters.size >= MAX_CACHED_FORMATTERS) formatters.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}

/** A calendar day has no zone: it is read and shown in UTC, so that it never slips by one. */
const dayAsDate = (day: string): Date => new Date(`${day}T00:00:00Z`);
const isDay = (day: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(dayAsDate(day).getTime());

/** `2026-12-14` as `14 December`; text that is not a day comes back as it is. */
export const formatDay = (day: string, locale = DEFAULT_LOCALE): string =>
  isDay(day)
    ? formatterFor(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(dayAsDate(day))
    : day;

/** Two days as `Tue 1 – Thu 3 December`, with both months where they differ; one day alone when they are equal. */
export function formatDayRange(earliest: string, latest: string, locale = DEFAULT_LOCALE): string {
  if (!isDay(earliest) || !isDay(latest)) return `${earliest} – ${latest}`;
  const full = formatterFor(locale, { weekday: "short", day: "numeric", month: "long", timeZone: "UTC" });
  // Every locale has its own way to write a range; British English has it with the month twice.
  if (locale !== DEFAULT_LOCALE)
    return earliest === latest
      ? full.format(dayAsDate(latest))
      : full.formatRange(dayAsDate(earliest), dayAsDate(latest));
  const end = withoutComma(full.format(dayAsDate(latest)));
  if (earliest === latest) return end;
  const isSameMonth = earliest.slice(0, 7) === latest.slice(0, 7);
  const start = isSameMonth
    ? formatterFor(locale, { weekday: "short", day: "numeric", timeZone: "UTC" })
    : full;
  return `${withoutComma(start.format(dayAsDate(earliest)))} – ${end}`;
}

const withoutComma = (text: string): string => text.replaceAll(",", "");

/** An instant as `27 Nov, 10:02` in the shop's time zone (an IANA name). */
export const formatInstant = (at: EpochMs, timeZone: string, locale = DEFAULT_LOCALE): string =>
  formatterFor(locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  }).format(at);

/** An instant as `14:32` in the shop's time zone. */
export const formatClock = (at: EpochMs, timeZone: string, locale = DEFAULT_LOCALE): string =>
  formatterFor(locale, { hour: "2-digit", minute: "2-digit", timeZone }).format(at);

/** A full hour of the day as `15:00`, or as the locale says it. */
export const formatHour = (hour: number, locale = DEFAULT_LOCALE): string =>
  formatterFor(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" }).format(
    Date.UTC(2026, 0, 1, hour),
  );

/** An instant as `27 November 2026` in the shop's time zone. */
export const formatDate = (at: EpochMs, timeZone: string, locale = DEFAULT_LOCALE): string =>
  formatterFor(locale, { day: "numeric", month: "long", year: "numeric", timeZone }).format(at);
