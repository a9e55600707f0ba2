import { MINUTE_MS, SECOND_MS } from "#kernel";

/** Seconds between two scans of the simulated carrier when the environment names none. */
export const CARRIER_STEP_SECONDS_DEFAULT = 12;
/** A day: more would look like a lost parcel in a demonstration. */
export const CARRIER_STEP_SECONDS_MAX = 86_400;

/** Seconds between a confirmation, or an edit, and the parcel when the environment names none: nobody is rushed. */
export const PACK_AFTER_SECONDS_DEFAULT = 900;
/** Two hours: later, reconciliation takes an order that is not packed for a break. */
export const PACK_AFTER_SECONDS_MAX = 7_200;
/**
 * A shipping event waits in the queue for this long at most. One that has to wait longer is let go: its order sends it
 * again at least every five minutes until it is acknowledged, so the queue need not hold a copy of each repeat.
 */
export const SHIPPING_WAIT_MAX_SECONDS = 300;
/** Parcels that one round packs for one order: the rest, and what came while it was packed. */
export const MAX_PARCELS_AT_ONCE = 4;

/** A scan that was sent but not acknowledged is sent again after this long, then at doubling intervals. */
export const SCAN_RESEND_BASE_MS = 5 * SECOND_MS;
export const SCAN_RESEND_MAX_MS = 5 * MINUTE_MS;

/** First wait before a queue message is tried again; doubles with each attempt. */
export const RETRY_BASE_SECONDS = 2;
/** Longest wait between two attempts; far under the platform's twelve hours. */
export const RETRY_MAX_SECONDS = 300;
/** A message that cannot be read comes back soon, so that it gets to the dead letters soon. */
export const UNREADABLE_RETRY_SECONDS = 1;
/** Dead letters wait longer, because what they need is a database that is back: 100 attempts are about four days. */
export const DEAD_LETTER_RETRY_MAX_SECONDS = 3_600;

/** Object calls of one batch that run at the same time; the platform allows six open connections. */
export const MAX_PARALLEL_CALLS = 6;
/** Orders that the sweep writes again in one call of the projector, which takes ten. */
export const SWEEP_BATCH = 10;

/** A projected order that nothing has touched for this long is compared with its object. */
export const SWEEP_QUIET_MS = 2 * MINUTE_MS;
/** Orders compared in one sweep. The cron runs every five minutes and starts with those compared longest ago. */
export const SWEEP_MAX_ORDERS = 100;

/** Characters of the reason that a dead letter keeps. */
export const DEAD_LETTER_REASON_MAX = 500;

/** Rows on one page of a staff list. */
export const MAX_LIST_PAGE = 100;
