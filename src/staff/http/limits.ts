import { HOUR_MS } from "#kernel";

/** How long a sign-in lasts. */
export const STAFF_SESSION_MS = 12 * HOUR_MS;
/** Sign-in tries per minute and isolate before an answer is refused; the gateway's limit stands in front. */
export const MAX_PASSWORD_CHARACTERS = 200;
