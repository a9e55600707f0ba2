import type { EpochMs } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import { INBOX_SHARDS, inboxName, type InboxEntry, type WebhookInboxRpc } from "../contract.ts";

type Page = { readonly before: EpochMs; readonly limit: number };

/** The inboxes as one. */
export type WebhookDesk = {
  /** Newest first, received before `before`; up to `limit` of each inbox, so a caller cuts what it shows. */
  list(page: Page): Promise<readonly InboxEntry[]>;
  /** Works one off once more; `undefined` when there is none. Safe to repeat. */
  replay(name: Pick<InboxEntry, "provider" | "eventId">, call: CallContext): Promise<InboxEntry | undefined>;
};

/** Asks every inbox and merges; the order that a message is about says where it lies, and its name does not tell that. */
export const webhookDesk = (inbox: Inboxes): WebhookDesk => ({
  async list(page) {
    const shards = inboxes(inbox).map((each) => each.list(page));
    return (await Promise.all(shards)).flat().toSorted((a, b) => b.receivedAt - a.receivedAt);
  },
  async replay(name, call) {
    const replayed = await Promise.all(
      inboxes(inbox).map(async (each) => {
        const answer = await each.replay(name, call);
        return answer.ok ? answer.value : undefined;
      }),
    );
    return replayed.find((entry) => entry !== undefined);
  },
});

type Inboxes = ObjectNamespace<Pick<WebhookInboxRpc, "list" | "replay">>;

const inboxes = (inbox: Inboxes): readonly Pick<WebhookInboxRpc, "list" | "replay">[] =>
  Array.from({ length: INBOX_SHARDS }, (_, index) => inbox.getByName(inboxName(index)));
