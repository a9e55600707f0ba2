import { MINUTE_MS, SECOND_MS } from "#kernel";
import type { LineSettings } from "../contract.ts";

/** Bounds of the line, with units and reasons. */

/** Until a merchant says otherwise. One object takes about 200 writes a second in production; a purchase is two. */
export const DEFAULT_SETTINGS: LineSettings = { admitPerSecond: 50 };
export const MAX_ADMIT_PER_SECOND = 1_000;
export const MAX_UNITS_PER_CUSTOMER = 1_000;
/** How long a turn lasts: enough to press the button and to find a mistake in an address. */
export const TURN_MS = 5 * MINUTE_MS;
/** Someone who has not asked for this long has gone: the longest wait between two questions, twice, and room. */
export const ABSENT_MS = 2 * MINUTE_MS;
/** Admissions that may be saved up while nobody waits, in seconds of the pace. */
export const BURST_SECONDS = 1;
/** Least and most seconds between two questions of one shopper; the wait grows with the distance to the front. */
export const MIN_POLL_SECONDS = 2;
export const MAX_POLL_SECONDS = 30;
/** How often absent people are looked for, and how old the known number of units may be. */
export const SWEEP_MS = 10 * SECOND_MS;
export const UNITS_FRESH_MS = SECOND_MS;
/** People who may stand in one line: a row of about 150 bytes each, 150 MB of the 10 GB that an object may hold. */
export const MAX_TICKETS = 1_000_000;
