/** Milliseconds since 1970-01-01T00:00:00Z, an integer. */
export type EpochMs = number & { readonly __brand: "EpochMs" };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Brands an integer count of milliseconds as an instant; fractions are cut. */
export const epochMs = (value: number): EpochMs => Math.trunc(value) as EpochMs;

/** The instant `durationMs` after `at`. */
export const after = (at: EpochMs, durationMs: number): EpochMs => epochMs(at + durationMs);

/** RFC 3339 UTC text, for the HTTP edge only. */
export const toIso = (at: EpochMs): string => new Date(at).toISOString();

/** Reads RFC 3339 text; `undefined` when it is not an instant. */
export function fromIso(text: string): EpochMs | undefined {
  const value = Date.parse(text);
  return Number.isNaN(value) ? undefined : epochMs(value);
}
