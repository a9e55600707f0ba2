import { CATALOGUE_TAG } from "#catalog";
import {
  followChanges,
  PURGE_OBJECT_NAME,
  purgeMessageSchema,
  type ChangeFollower,
  type PurgeRpc,
} from "#edge-cache";
import { createLogger, describeError, objectNamespace } from "#platform";
import { queryLatestSequence } from "../../src/catalog/adapters/change-feed.ts";
import { readChangedTags } from "../../src/catalog/adapters/changed-tags.ts";
import { giveBack, tryAgain } from "./messages.ts";

/** The catalogue's change feed and the object that purges, from this Worker's bindings. */
export const changeFollower = (env: Pick<FulfilmentEnv, "DB" | "PURGES">): ChangeFollower => ({
  purges: objectNamespace<PurgeRpc>(env.PURGES).getByName(PURGE_OBJECT_NAME),
  changes: {
    read: (after, limit) => readChangedTags(env.DB, after, limit),
    latest: () => queryLatestSequence(env.DB),
  },
  everything: CATALOGUE_TAG,
});

/** "Something has changed" → tags that wait to be purged: a whole batch is one look at the feed and one call. */
export async function consumePurges(batch: MessageBatch, follower: ChangeFollower): Promise<void> {
  const log = createLogger("fulfilment.purge");
  const read = batch.messages.flatMap((message) => {
    const parsed = purgeMessageSchema.safeParse(message.body);
    if (parsed.success) return [{ message, body: parsed.data }];
    giveBack(message, parsed.error, log);
    return [];
  });
  try {
    await followChanges(
      follower,
      read.map(({ body }) => body),
    );
    for (const { message } of read) message.ack();
  } catch (error) {
    for (const { message } of read) tryAgain(message, describeError(error), log);
  }
}
