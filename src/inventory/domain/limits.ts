/** Bounds of the stock engine, with units and reasons. */

/** Units in one hold or movement: far above any basket, far below where sums leave the safe integers. */
export const MAX_QUANTITY = 1_000_000;
/** Seconds a hold may ask for: longer than any payment session plus its grace. */
export const MAX_HOLD_TTL_SECONDS = 24 * 60 * 60;
/** Seconds by which an inquiry extends the hold of an order that is still alive. */
export const HOLD_EXTENSION_SECONDS = 5 * 60;
/** Journal entries in one page. */
export const MAX_JOURNAL_PAGE = 100;
/** Characters of a reason or a reference in the journal. */
export const MAX_REASON_CHARACTERS = 200;
/** Characters of a SKU code: what barcode printers and marketplaces take. */
export const MAX_SKU_CHARACTERS = 64;
/** Milliseconds that a level may wait so that a burst of sales becomes one message; the badge may be 30 s old. */
export const LEVEL_COALESCE_MS = 400;
