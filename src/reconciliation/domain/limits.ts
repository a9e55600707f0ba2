import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";

/** Bounds of reconciliation, with units and reasons. */

/** An event may wait this long in an outbox before a break is opened: every consumer answers within seconds. */
export const OUTBOX_LIMIT_MS = 5 * MINUTE_MS;
/** Nothing happened to an order for so long and its units are still not packed: more than the longest packing delay. */
export const PACKING_LIMIT_MS = 130 * MINUTE_MS;
/** A copy that differs while its object has told of a change this short a time ago is on its way, not broken. */
export const PROJECTION_GRACE_MS = MINUTE_MS;
/** An order that changed this short a time ago is not compared with others: its next call may be under way. */
export const QUIET_MS = 30 * SECOND_MS;
/** A hold may stand this long past its deadline: the stock object asks at the deadline and extends by five minutes. */
export const HOLD_CAP_MS = 15 * MINUTE_MS;
/** Longest stay in each state that should pass by itself, counted from the order's last event. */
export const PASSING_LIMIT_MS = 5 * MINUTE_MS;
export const HOLDING_STAY_MS = 10 * MINUTE_MS;
/** A payment page is open for half an hour; the last question and a slow provider need the rest. */
export const AUTHORISING_STAY_MS = 50 * MINUTE_MS;
/** Half an hour of asking, a quarter between two questions, and room. */
export const UNKNOWN_STAY_MS = HOUR_MS;
export const STEP_STAY_MS = 30 * MINUTE_MS;
/** Money that goes back over a bank may take days. */
export const REFUNDING_STAY_MS = 7 * DAY_MS;
/** An alarm may be this late; the platform's own are seconds late at most. */
export const ALARM_LATE_MS = 10 * MINUTE_MS;
/** A person should have looked by then. */
export const PERSON_STAY_MS = HOUR_MS;

/** One run's share of the rolling sample: all of it together stays far below the platform's 10,000 calls. */
export const SAMPLE_ORDERS = 60;
export const SAMPLE_SKUS = 40;
export const SAMPLE_PAYMENTS = 50;
export const SAMPLE_VOUCHERS = 30;
/** Aggregates with an open break that are looked at again first in every run. */
export const RECHECK_BREAKS = 50;
/** Pages of one job in one run when everything is to be compared. */
export const FULL_PAGES = 8;
/** Claims of one SKU read at once; a SKU with more continues on the next page. */
export const CLAIM_PAGE = 100;
/** Object calls under way at the same time; the platform allows six open connections. */
export const MAX_PARALLEL_CALLS = 6;
/** A runner that stopped without a word is replaced after this long; a run ends well before. */
export const LEASE_MS = 4 * MINUTE_MS;
/** A run starts no new page after this long, so that it ends before its lease does. */
export const RUN_BUDGET_MS = 2 * MINUTE_MS;
/** The nightly comparison of everything starts with the first run after this hour, in UTC. */
export const NIGHTLY_HOUR_MS = 2 * HOUR_MS;
/** How often everything is compared. */
export const FULL_EVERY_MS = DAY_MS;

/** First aid is given this often by itself, with growing waits; after that a person decides. */
export const MAX_AID_ATTEMPTS = 5;
/** Wait before first aid is given again; doubles with each attempt. */
export const AID_WAIT_MS = 4 * MINUTE_MS;
/** Attempts that a break's page shows, newest first; all are kept for {@link ATTEMPTS_KEPT}. */
export const SHOWN_ATTEMPTS = 50;
export const ATTEMPTS_KEPT = 200;

/** Rows on one page of a list. */
export const MAX_LIST_PAGE = 100;
/** Characters kept of what was expected and found, and of a reason. */
export const MAX_DETAIL_CHARACTERS = 500;
export const MAX_REASON_CHARACTERS = 300;
/** Breaks counted one by one for the overview; more than that is "many". */
export const MAX_COUNTED = 1_000;
/** Orders written in one transaction of the projector, and SKUs in one of the catalogue. */
export const PROJECT_BATCH = 10;

/** An open order that nothing has touched for this long is compared in every run, those compared longest ago first. */
export const SWEEP_QUIET_MS = 2 * MINUTE_MS;
/** Orders and SKUs of one page of a rebuild. */
export const REBUILD_ORDERS = 100;
export const REBUILD_SKUS = 50;

/** Seconds that a hold made for a sold order lives; it is committed at once. */
export const RECOMMIT_TTL_SECONDS = 10 * 60;
