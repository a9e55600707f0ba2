import * as z from "zod";
import { MAX_TAG_CHARACTERS, TAGS_PER_PURGE } from "./domain/limits.ts";

/**
 * A message of the purge queue: something that public answers show has changed. What stands in the catalogue's change feed
 * needs no tag here; the consumer reads the feed with every batch.
 */
export const purgeMessageSchema = z.object({
  tags: z.array(z.string().min(1).max(MAX_TAG_CHARACTERS)).max(TAGS_PER_PURGE),
});
export type PurgeMessage = z.infer<typeof purgeMessageSchema>;

/** The one object that remembers what is still to be purged, by this name. */
export const PURGE_OBJECT_NAME = "catalogue";

export type PurgeRpc = {
  /** The last sequence number of the change feed that has become tags; 0 at the very beginning. */
  position(): Promise<number>;
  /**
   * Purges these tags as soon as the budget allows, each at least once after this call. When `position` is given, the feed
   * has been read up to there. Repeating is safe.
   */
  ask(request: { readonly tags: readonly string[]; readonly position?: number }): Promise<void>;
  /** How many tags wait, and since when, in epoch milliseconds. */
  backlog(): Promise<{ readonly waiting: number; readonly since?: number }>;
};

/** What the catalogue's entrypoint offers: it alone can purge its cache. */
export type PurgeTarget = {
  /** Throws when the platform refuses, so that it is tried again. Does nothing where there is no cache. */
  purgeTags(tags: readonly string[]): Promise<void>;
};
