import { MINUTE_MS, SECOND_MS } from "#kernel";

/** Bounds of the order engine, with units and reasons. */

/** Simultaneous stock calls: the platform opens at most 6 connections per request. */
export const HOLD_WAVE = 6;
/** SKUs that are held one after the other; nearly every cart has fewer. */
export const HELD_ONE_BY_ONE = 6;
/** Seconds a hosted payment page stays open; the buyer sees it as a clock time. */
export const PAYMENT_SESSION_SECONDS = 30 * 60;
/** Seconds between the end of the payment session and the stock's first inquiry: two provider time-outs and room. */
export const HOLD_GRACE_SECONDS = 2 * 60;
/** Seconds that units are held before the stock object asks for the order's fate. */
export const HOLD_TTL_SECONDS = PAYMENT_SESSION_SECONDS + HOLD_GRACE_SECONDS;
/** A step that has not been recorded after this long is repeated: it crashed, or its answer was lost. */
export const STEP_RETRY_MS = 5 * SECOND_MS;
/** An authorise call may take this long (the adapter cuts it at 8 s) before it is repeated by the same key. */
export const AUTHORISE_RETRY_MS = 12 * SECOND_MS;
/** Holds that cannot be taken within this time are given up, for an object that cannot be reached. */
export const HOLDING_LIMIT_MS = MINUTE_MS;
/** How long the reply of an order waits until its cart and the queues have its news; deadlines behind it tell slow ones. */
export const CART_PATIENCE_MS = SECOND_MS;
/** How long news of a payment waits for the steps that already run, before the provider is asked what it is about. */
export const NEWS_PATIENCE_MS = SECOND_MS;
/** Milliseconds until a provider that had no answer to a webhook of its own is asked again; later ones wait longer. */
export const NEWS_RETRY_MS = 20 * SECOND_MS;
/** Milliseconds between polls of an open payment page; its webhook normally comes first. */
export const PENDING_POLL_MS = 30 * SECOND_MS;
/** Milliseconds after the session's end at which the provider is asked for the last time. */
export const SESSION_END_GRACE_MS = 5 * SECOND_MS;
/** Least wait between polls of a payment or refund whose outcome is unknown; the wait grows with its age. */
export const UNKNOWN_POLL_MIN_MS = 2 * SECOND_MS;
/** What is owed or unknown is tried again within this time while it is young, so that an outage costs seconds. */
export const WAIT_YOUNG_MAX_MS = 20 * SECOND_MS;
export const YOUNG_MS = 15 * MINUTE_MS;
/** The longest wait later on. */
export const WAIT_LATER_MAX_MS = 2 * MINUTE_MS;
/** A refund that is on its way (bank transfers take days) is asked about between these. */
export const REFUND_PENDING_POLL_MS = MINUTE_MS;
export const REFUND_PENDING_POLL_MAX_MS = 60 * MINUTE_MS;
/** After this long an unknown payment is put before a person; its units stay held. */
export const UNKNOWN_LIMIT_MS = 30 * MINUTE_MS;
/** A provider that never saw the request is asked again until this long after the first attempt. */
export const NOT_FOUND_LIMIT_MS = 2 * MINUTE_MS;
/**
 * Milliseconds that a call of the order may go without an answer before it is repeated. Longer than a provider's own
 * limit (8 s) and than a buyer waits, short enough for the 30 s in which everything goes on after a crash.
 */
export const CALL_LIMIT_MS = 20 * SECOND_MS;
/** Milliseconds that a repeated request waits for the first one before it is told that it runs. */
export const JOIN_LIMIT_MS = 15 * SECOND_MS;
/** Milliseconds that a webhook or a returning buyer waits for running steps. */
export const SETTLE_LIMIT_MS = 3 * SECOND_MS;
/** Entries kept in the timeline of the view; the full log is in the event table. */
export const MAX_TIMELINE = 60;
/** Parcels of one order. */
export const MAX_PARCELS = 20;
/** Scans remembered for repeats. */
export const MAX_SCANS = 200;
/** Refunds, edits and returns of one order: more than any person makes, and few enough for one event message. */
export const MAX_REFUNDS = 40;
export const MAX_EDITS = 20;
export const MAX_RETURNS = 20;
/** Staff notes on one order, and characters of one. */
export const MAX_NOTES = 40;
export const MAX_NOTE_CHARACTERS = 1_000;
/** Tags of one order, and characters of one. */
export const MAX_TAGS = 12;
export const MAX_TAG_CHARACTERS = 40;
/** Characters of a reason that staff or a buyer give. */
export const MAX_REASON_CHARACTERS = 500;
/** Characters of an id that a caller mints for a refund, an edit, a return, a receipt or a note. */
export const MAX_COMMAND_ID_CHARACTERS = 60;
/** Flags for a person that stand at the same time. */
export const MAX_FLAGS = 20;
/** Days after the last parcel arrived in which a buyer may ask for a return. Staff may always. */
export const RETURN_DAYS = 30;
/** Events of one page of the log. */
export const MAX_EVENT_PAGE = 200;

/** How long an order keeps what others have to hear while its steps run; it leaves as soon as they have. */
export const NEWS_GATHER_MS = 5_000;
