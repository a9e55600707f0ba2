/** Bounds of the stock engine, with units and reasons. */

/** Units in one hold or movement: far above any basket, far below where sums leave the safe integers. */
export const MAX_QUANTITY = 1_000_000;
/** Seconds a hold may ask for: longer than any payment session plus its grace. */
export const MAX_HOLD_TTL_SECONDS = 24 * 60 * 60;
/** Holds whose orders are asked in one turn of the alarm: a wave that the connection limit lets through. */
export const INQUIRIES_AT_ONCE = 6;
/** Inquiries without an answer before a person is told. */
export const INQUIRIES_BEFORE_ALERT = 10;
/** Days after which finished holds become a line in a summary per day; the journal keeps each of them. */
export const HOLD_RETENTION_DAYS = 30;
/** Finished holds that become summary in one turn. */
export const COMPACTION_BATCH = 500;
/** Journal entries in one page. */
export const MAX_JOURNAL_PAGE = 100;
/** Journal entries after which the level is written down as a whole: what an object has to replay when it wakes. */
export const CHECKPOINT_EVERY = 64;
/** Rows of one kind in the answer to what is open. */
export const MAX_OPEN_ROWS = 100;
/** Characters of a reason or a reference in the journal. */
export const MAX_REASON_CHARACTERS = 200;
/** Characters of a SKU code: what barcode printers and marketplaces take. */
export const MAX_SKU_CHARACTERS = 64;
/** Characters of an id that a caller gives to an adjustment, a transfer or an announcement. */
export const MAX_ID_CHARACTERS = 200;
/** Locations of one shop: each level is sent as one message, which has to stay small. */
export const MAX_LOCATIONS = 50;
/** Characters of a location code. */
export const MAX_LOCATION_CHARACTERS = 32;
/** SKUs in one transfer document, and SKUs that one bundle is made of. */
export const MAX_TRANSFER_LINES = 100;
export const MAX_BUNDLE_COMPONENTS = 20;
/** Milliseconds that a level may wait so that a burst of sales becomes one message; the badge may be 30 s old. */
export const LEVEL_COALESCE_MS = 400;
/** Milliseconds after which a level that nobody has acknowledged is sent again, at the earliest. */
export const LEVEL_RESEND_MS = 5_000;
