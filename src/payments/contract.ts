import type { EpochMs, OrderId, Result } from "#kernel";
import type { CallContext } from "#platform";

/** What crosses to and from a webhook inbox. Genuine messages only: forged ones never reach it. */

export type InboxMessage = {
  readonly provider: string;
  /** The provider's own: the same for every delivery of one message. */
  readonly eventId: string;
  readonly type: string;
  readonly orderId: OrderId;
};

/** `working` has a lease: whoever holds it settles the order, and the inbox's alarm takes over when it runs out. */
export type InboxState = "working" | "processed" | "failed";

export type InboxEntry = InboxMessage & {
  readonly state: InboxState;
  /** How often the provider delivered it. */
  readonly deliveries: number;
  /** How often it was tried to be worked off. */
  readonly attempts: number;
  readonly receivedAt: EpochMs;
  readonly processedAt?: EpochMs;
  readonly lastError?: string;
};

/** `claimed`: new, or given up before; the inbox works it off. `busy`: it does already. `processed`: it is done. */
export type InboxClaim = "claimed" | "busy" | "processed";

export type WebhookInboxRpc = {
  /** Stores a message, or counts another delivery of it; its order is settled soon after the answer. */
  receive(message: InboxMessage, call: CallContext): Promise<InboxClaim>;
  /** Newest first, received before `before`; at most 100. */
  list(page: { readonly before: EpochMs; readonly limit: number }): Promise<readonly InboxEntry[]>;
  /** Works a message off once more, whatever its state: its order asks the provider again, which changes nothing that is right. */
  replay(
    message: Pick<InboxMessage, "provider" | "eventId">,
    call: CallContext,
  ): Promise<Result<InboxEntry, { readonly code: "webhook_unknown" }>>;
};

/** Objects that the messages are spread over. All that is about one order lies in one of them. */
export const INBOX_SHARDS = 4;

/** The object that keeps the messages about an order. */
export function inboxShard(orderId: OrderId): string {
  let sum = 0;
  for (const character of orderId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_536;
  return inboxName(sum % INBOX_SHARDS);
}

/** The name of the n-th object. */
export const inboxName = (index: number): string => `inbox-${index}`;
