import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";

/** Largest body of an API request or a form, in bytes: a payment is under 2 KB. */
export const MAX_BODY_BYTES = 16 * 1024;
/** Characters of an idempotency key. */
export const MAX_KEY_CHARACTERS = 255;
/** Characters of a reference, a description, an e-mail address, a name, a return address. */
export const MAX_REFERENCE_CHARACTERS = 100;
export const MAX_TEXT_CHARACTERS = 500;
export const MAX_EMAIL_CHARACTERS = 320;
export const MAX_NAME_CHARACTERS = 100;
export const MAX_URL_CHARACTERS = 2_000;
/** Largest amount in minor units: far above any order, far below what an integer can hold when many are summed. */
export const MAX_AMOUNT_MINOR = 100_000_000_000;

/** Seconds that a payment session stays open. */
export const MIN_SESSION_SECONDS = 1;
export const MAX_SESSION_SECONDS = 24 * 60 * 60;
export const DEFAULT_SESSION_SECONDS = 30 * 60;
/** Cards that a buyer may try in one session: then the payment is declined for good. */
export const MAX_TRIES = 20;
/** Years that a card may still be valid: more is a typing mistake. */
export const MAX_CARD_YEARS = 20;

/** How long the reply to an "answers late" card is kept back unless LATE_SECONDS says otherwise, and at most. */
export const DEFAULT_LATE_SECONDS = 20;
export const MAX_LATE_SECONDS = 60;
/** How long the fault mode `slow` keeps an answer back. */
export const SLOW_FAULT_MS = 3 * SECOND_MS;

/** Waits after each failed webhook: ten tries over about four hours, the first ones quick for tests and demos. */
export const WEBHOOK_WAITS_MS: readonly number[] = [
  SECOND_MS,
  3 * SECOND_MS,
  10 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
];
/** A receiver that takes longer has failed. */
export const WEBHOOK_TIMEOUT_MS = 10 * SECOND_MS;
/** Webhooks sent in one go by one payment. */
export const WEBHOOK_BATCH = 20;

/** Wait before movements that the ledger did not take are posted again. */
export const POST_RETRY_MS = SECOND_MS;

/** Movements or references in one page of the ledger. */
export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 100;
/** Requests or webhooks that one fault may spoil. */
export const MAX_FAULT_COUNT = 1_000_000;
