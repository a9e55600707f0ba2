const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}:\d{2}))?$/;

/** What clocks in a time zone show at an instant, as `2026-12-24 09:00`. */
export function showLocal(atMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(atMs);
  return parts;
}

/**
 * The instant at which clocks in a time zone show this day and time; a day alone begins at midnight. Of a time that a
 * change of clocks skips, the one an hour later; of one that comes twice, the first. `undefined` when it is none.
 */
export function readLocal(text: string, timeZone: string): number | undefined {
  const [, day, time = "00:00"] = LOCAL.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const asUtc = Date.parse(`${day}T${time.padStart(5, "0")}:00Z`);
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(day)) return undefined;
  const offsetAt = (atMs: number): number =>
    Date.parse(`${showLocal(atMs, timeZone).replace(" ", "T")}:00Z`) - Math.floor(atMs / 60_000) * 60_000;
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - Math.max(offsetAt(guess), offsetAt(guess - 3_600_000));
}
