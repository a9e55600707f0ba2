/** Bounds of vouchers, with units and reasons. */

/** Minor units on one card, in one hold or movement: far below where sums leave the safe integers. */
export const MAX_AMOUNT_MINOR = 1_000_000_000;
/** Uses that a coupon may be limited to. */
export const MAX_USES = 1_000_000_000;
/** Characters of a coupon's code: what people type from a poster. */
export const MIN_COUPON_CHARACTERS = 3;
export const MAX_COUPON_CHARACTERS = 32;
/** Characters of a secret code without its hyphens: 100 random bits, so that guessing is hopeless. */
export const SECRET_CODE_CHARACTERS = 20;
/** Characters between two hyphens of a secret code as shown. */
export const SECRET_CODE_GROUP = 4;
/** Characters of any code as typed, spaces and hyphens included. */
export const MAX_TYPED_CHARACTERS = 64;
/** Products, collections, countries or currencies that a coupon may name: an event stays far below a queue message. */
export const MAX_SCOPE_ENTRIES = 100;
/** Characters of a note, a reason or a reference. */
export const MAX_NOTE_CHARACTERS = 200;
/** Seconds a hold may ask for: longer than any payment session plus its grace. */
export const MAX_HOLD_TTL_SECONDS = 24 * 60 * 60;
/** Journal entries in one page. */
export const MAX_JOURNAL_PAGE = 100;
/** Vouchers in one page of a staff list. */
export const MAX_VOUCHER_PAGE = 100;
/** Milliseconds that a state may wait so that a burst of orders becomes one message. */
export const STATE_COALESCE_MS = 400;
