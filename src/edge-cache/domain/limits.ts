/** Purges that the platform takes in a row, and milliseconds until it takes one more: its Free tier, whatever the plan. */
export const PURGE_BURST = 25;
export const PURGE_INTERVAL_MS = 12_000;
/** Tags in one purge: as many as the platform takes. */
export const TAGS_PER_PURGE = 100;
/** When more tags wait than this, the whole catalogue is purged instead: one call that covers them all. */
export const MAX_WAITING_TAGS = 500;
/** Milliseconds for which tags are gathered before the first purge, so that one save is one call. */
export const PURGE_GATHER_MS = 1_000;
/** Milliseconds that a purge waits for the index of filtered lists to take over the edit. */
export const REACH_PATIENCE_MS = 2_000;
/** Changes that are worked off one by one; a follower that is further behind purges the whole catalogue. */
export const MAX_CHANGES_FOLLOWED = 1_000;
/** Characters of a tag; ours are at most 40. */
export const MAX_TAG_CHARACTERS = 200;
