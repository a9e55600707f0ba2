import type { EpochMs } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import { INBOX_SHARDS, inboxName, inboxShard, type InboxEntry, type WebhookInboxRpc } from "../contract.ts";

type Page = { readonly before: EpochMs; readonly limit: number };

/** The inboxes as one. */
export type WebhookDesk = {
  /** Newest first, received before `before`; up to `limit` of each inbox, so a caller cuts what it shows. */
  list(page: Page): Promise<readonly InboxEntry[]>;
  /** Works one off once more; false when there is none. Safe to repeat. */
  replay(name: Pick<InboxEntry, "provider" | "eventId">, call: CallContext): Promise<boolean>;
};

/** Reads every inbox and merges; a message's name says which one has it. */
export const webhookDesk = (
  inbox: ObjectNamespace<Pick<WebhookInboxRpc, "list" | "replay">>,
): WebhookDesk => ({
  async list(page) {
    const shards = Array.from({ length: INBOX_SHARDS }, (_, index) =>
      inbox.getByName(inboxName(index)).list(page),
    );
    return (await Promise.all(shards)).flat().toSorted((a, b) => b.receivedAt - a.receivedAt);
  },
  async replay(name, call) {
    const replayed = await inbox.getByName(inboxShard(name.provider, name.eventId)).replay(name, call);
    return replayed.ok;
  },
});
