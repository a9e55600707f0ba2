import type { PurgeMessage, PurgeRpc } from "../contract.ts";
import { MAX_CHANGES_FOLLOWED } from "../domain/limits.ts";

/** The catalogue's change feed as tags. */
export type ChangedTags = {
  /** Tags of everything that changed after a sequence number, and the last number looked at. */
  read(
    after: number,
    limit: number,
  ): Promise<{ readonly tags: readonly string[]; readonly position: number }>;
  latest(): Promise<number>;
};

export type ChangeFollower = {
  readonly purges: Pick<PurgeRpc, "position" | "ask">;
  readonly changes: ChangedTags;
  /** On every answer of the catalogue. */
  readonly everything: string;
};

/**
 * Turns what has changed since the last time, and what the messages name, into tags that wait to be purged. Safe to
 * repeat, and to run twice at once: the later one finds less. Throws when the feed or the object cannot be reached; the
 * position moves only with the tags.
 */
export async function followChanges(
  follower: ChangeFollower,
  messages: readonly PurgeMessage[],
): Promise<void> {
  const { purges, changes, everything } = follower;
  const named = messages.flatMap(({ tags }) => tags);
  const [after, latest] = await Promise.all([purges.position(), changes.latest()]);
  if (latest - after > MAX_CHANGES_FOLLOWED) return purges.ask({ tags: [everything], position: latest });
  if (latest <= after) return named.length === 0 ? undefined : purges.ask({ tags: [...new Set(named)] });
  const { tags, position } = await changes.read(after, MAX_CHANGES_FOLLOWED);
  return purges.ask({ tags: [...new Set([...named, ...tags])], position });
}
