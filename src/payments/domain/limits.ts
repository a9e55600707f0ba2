import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel";

/** A provider call that takes longer has an unknown outcome. Longer than any healthy reply, shorter than a step's deadline. */
export const DEFAULT_TIMEOUT_MS = 8 * SECOND_MS;
/** A question whether the provider is there at all must not hold up a page. */
export const HEALTH_TIMEOUT_MS = 1_500;
/** Characters of a provider's reply that are read: its largest is under 2 KB. */
export const MAX_REPLY_CHARACTERS = 64 * 1024;

/** Failures in a row after which the provider counts as down. */
export const BREAKER_FAILURES = 5;
/** How long a provider that is down is left alone before one call may try again. */
export const BREAKER_OPEN_MS = 5 * SECOND_MS;
/** A trial call that has not come back after this long no longer keeps others from trying; longer than a call may take. */
export const BREAKER_TRIAL_MS = 10 * SECOND_MS;

/** What a buyer is told to wait at least before the next try, however soon the breaker lets one through. */
export const MIN_RETRY_AFTER_SECONDS = 5;

/** What the provider accepts, so that a long product name never fails a payment. */
export const MAX_DESCRIPTION_CHARACTERS = 500;
export const MIN_SESSION_SECONDS = 1;
export const MAX_SESSION_SECONDS = 24 * 60 * 60;

/** A webhook older or newer than this is refused (Standard Webhooks recommends five minutes). */
export const WEBHOOK_TOLERANCE_MS = 300 * SECOND_MS;
/** Largest webhook that is read, in bytes (Standard Webhooks recommends to stay under 20 KB). */
export const MAX_WEBHOOK_BYTES = 20 * 1024;

/** How long a bank transfer may take before its order is given up; its units are held until then. */
export const BANK_TRANSFER_MS = 7 * DAY_MS;

/**
 * How long a webhook waits for others to be written down with: a sale sends many at once, and each write holds an inbox up.
 * Providers wait for many seconds.
 */
export const INBOX_WRITE_MS = 50;
/** Webhooks that are written down without waiting for more. */
export const INBOX_WRITTEN_TOGETHER = 50;

/**
 * How long an inbox gathers what providers tell of one order before it sends the order to ask: an authorisation and its
 * capture come in two messages, and one question is enough for both.
 */
export const INBOX_GATHER_MS = 100;
/** Orders that one inbox gathers for at a time; messages beyond wait for their lease to run out. */
export const INBOX_GATHERED_MAX = 200;
/** How long a webhook may be worked on before the inbox's alarm takes it up: longer than a settle waits. */
export const INBOX_LEASE_MS = 10 * SECOND_MS;
/** Waits after each failed try of the inbox; after the last one a person has to look. */
export const INBOX_WAITS_MS: readonly number[] = [
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  HOUR_MS,
  6 * HOUR_MS,
];
/** Webhooks worked off in one go. */
export const INBOX_BATCH = 20;
/** How long a webhook is kept: longer than any provider repeats one (three days). */
export const INBOX_KEPT_MS = 30 * DAY_MS;
/** Most webhooks that one inbox object keeps; the oldest go first. */
export const INBOX_MAX_ROWS = 20_000;
/** How long the receipt of a webhook waits for the inbox before it goes on without. */
export const INBOX_PATIENCE_MS = 2 * SECOND_MS;
/** Webhooks in one page of the list. */
export const INBOX_PAGE = 50;
export const INBOX_MAX_PAGE = 100;
