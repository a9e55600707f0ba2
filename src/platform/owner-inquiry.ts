import { HOUR_MS, MINUTE_MS } from "#kernel";

/** What is kept for somebody who is alive is asked about no sooner than this: often enough for all that ends by itself soon. */
export const INQUIRY_MIN_MS = 5 * MINUTE_MS;
/** Nor later: the owner tells of its end itself, so this bounds only what the loss of that would cost. */
export const INQUIRY_MAX_MS = HOUR_MS;

/**
 * Milliseconds until an object asks again about what it keeps for an owner that lives. `quietForMs` is how long the owner
 * expects to wait itself, counted from its answer: an interval, because the clocks of two objects differ.
 */
export const inquiryWaitMs = (quietForMs: number | undefined): number =>
  Math.min(INQUIRY_MAX_MS, Math.max(INQUIRY_MIN_MS, quietForMs ?? 0));
