import type { EpochMs } from "#kernel";
import { plural } from "#web";

const MINUTE = 60_000;
/** A length of time in its largest unit. */
export function ageWords(from: EpochMs, now: EpochMs): string {
  const minutes = Math.max(0, Math.floor((now - from) / MINUTE));
  if (minutes < 1) return "under a minute";
  if (minutes < 120) return plural(minutes, { one: "minute", other: "minutes" });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return plural(hours, { one: "hour", other: "hours" });
  return plural(Math.floor(hours / 24), { one: "day", other: "days" });
}
