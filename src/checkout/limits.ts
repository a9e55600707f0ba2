/** Bounds of the checkout, with units and reasons. */

/** Characters of a name or an address line: what label printers take. */
export const MAX_LINE_CHARACTERS = 100;
/** Characters of a city, district or region. */
export const MAX_PLACE_CHARACTERS = 60;
/** Characters of a postcode before it is cleaned. */
export const MAX_POSTCODE_CHARACTERS = 16;
/** Characters of an e-mail address (RFC 5321, 4.5.3.1.3 less the angle brackets). */
export const MAX_EMAIL_CHARACTERS = 254;
/** Characters of a phone number as typed. */
export const MAX_PHONE_CHARACTERS = 32;
/** Characters of a payment token. */
export const MAX_TOKEN_CHARACTERS = 255;
/** Characters of a return address. */
export const MAX_URL_CHARACTERS = 2_000;
/** Seconds after which a caller may ask again when an object did not answer. */
export const RETRY_AFTER_SECONDS = 2;
/** Characters of a SKU in a request. */
export const MAX_SKU_CHARACTERS = 64;

/** Variants whose prices are read in one go: the most lines that a cart holds. */
export const MAX_PRICED_AT_ONCE = 50;

/** How long what was read of prices, tax and delivery may be shown; nothing of it is charged unread. */
export const PRICE_MEMORY_MS = 2_000;
/** Goods, and destinations, that one isolate remembers the prices of: a cart's worth of each of many carts. */
export const MAX_REMEMBERED = 2_000;
/** How long an isolate remembers a cart for its next change: longer than an address takes to type. */
export const KNOWN_CART_MS = 5 * 60_000;
/** Carts, and checkouts, that one isolate remembers: a few kilobytes each. */
export const MAX_KNOWN_CARTS = 500;
