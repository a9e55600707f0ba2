import { FEED_MAX_AGE_MS, FEED_PAUSE_MS } from "./limits.ts";
import type { SeenState } from "./export-job.ts";

/** Whether a feed has to be made anew: there is none, something has changed since, or it is old; never in haste. */
export function isFeedDue(
  feed: (SeenState & { readonly checkedAtMs: number }) | undefined,
  now: SeenState,
  atMs: number,
): boolean {
  if (!feed) return true;
  const ageMs = atMs - feed.checkedAtMs;
  const isChanged = feed.sequence !== now.sequence || feed.priceVersion !== now.priceVersion;
  return ageMs >= FEED_MAX_AGE_MS || (isChanged && ageMs >= FEED_PAUSE_MS);
}
