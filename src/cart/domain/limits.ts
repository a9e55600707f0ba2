import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";

/** Bounds of carts, with units and reasons. */

/** Lines in one cart: one D1 statement (100 parameters) reads them all, and an order event stays under 128 KB. */
export const MAX_LINES = 50;
/** Units in one line: a household's need; more is a conversation with the shop. */
export const MAX_QUANTITY = 20;
/** Codes in one cart: what a person collects; each is one claim when the order is placed. */
export const MAX_CODES = 5;
/** Stored replies per cart: more than anyone sends in a day by hand, and a bound on what a script can store. */
export const MAX_STORED_REPLIES = 64;
/** How long a stored reply is kept at least, unless {@link MAX_STORED_REPLIES} newer ones push it out. */
export const REPLY_TTL_MS = DAY_MS;
/** Characters of an idempotency key. */
export const MAX_KEY_CHARACTERS = 255;
/** Checkouts remembered per cart, so that a repeat after paying finds its order. */
export const MAX_CHECKOUTS = 20;
/** Orders remembered per checkout: each is one declined or sold-out try. */
export const MAX_TRIED_ORDERS = 16;
/** Milliseconds without a change after which a cart is deleted. */
export const IDLE_MS = 30 * DAY_MS;
/** It may stay for so much longer, so that its deadline is not written anew with every change. */
export const IDLE_STEP_MS = 60 * 60_000;
/** Milliseconds after which whoever looks at a claimed checkout makes the cart ask what became of its order. */
export const PLACEMENT_INQUIRY_MS = 2 * MINUTE_MS;
/** Milliseconds between inquiries while the order is alive (a payment page is open). */
export const PLACEMENT_REINQUIRY_MS = 10 * MINUTE_MS;
/** Milliseconds for which an order is left alone that could not be reached: each question makes somebody wait. */
export const PLACEMENT_RETRY_MS = 15 * SECOND_MS;
/** Milliseconds that an answer may take; an object that is only asleep answers in a tenth of it. */
export const PLACEMENT_ANSWER_MS = 2 * SECOND_MS;
/** Milliseconds after which personal details of a checkout that came to nothing are forgotten. */
export const DETAILS_TTL_MS = 24 * HOUR_MS;
