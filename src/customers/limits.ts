/** Every bound of what staff note about a customer. */

/** Longest address of RFC 5321. */
export const MAX_EMAIL_CHARACTERS = 254;
/** As a price list names it. */
export const MAX_GROUP_CHARACTERS = 40;
export const MAX_NOTE_CHARACTERS = 500;
/** Rows on one page. */
export const MAX_PAGE = 100;
/** How long a browser keeps who it belongs to, in seconds: half a year. */
export const CUSTOMER_COOKIE_SECONDS = 180 * 24 * 60 * 60;
