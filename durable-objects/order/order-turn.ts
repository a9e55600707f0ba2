import type { EpochMs, Result } from "#kernel";
import type { PlacedReply, PlacementRefusal } from "#orders";
import type { CallContext } from "#platform";
import type { OrderEvent, RecordedEvent } from "../../src/orders/domain/events.ts";
import { evolve } from "../../src/orders/domain/evolve.ts";
import { postingsOf, type Posting } from "../../src/orders/domain/ledger.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { firstReply } from "./order-reply.ts";
import { messagesOf, type Message } from "./order-envelope.ts";

/** What one decision writes: the log, the books, the state that it leads to, and what others are told. */
export type Turn = {
  readonly state: OrderState | undefined;
  readonly log: readonly RecordedEvent[];
  readonly postings: readonly (Posting & { readonly sequence: number })[];
  readonly messages: readonly Message[];
};

/** Who asked, when, and how long a confirmed order waits until it is packed. */
export type Circumstances = {
  readonly call: CallContext;
  readonly now: EpochMs;
  readonly packAfterSeconds: number;
};

/** Follows the events of a decision one by one. Pure; the caller stores it all in one transaction. */
export function unfold(
  before: OrderState | undefined,
  events: readonly OrderEvent[],
  { call, now, packAfterSeconds }: Circumstances,
): Turn {
  let state = before;
  const log: RecordedEvent[] = [];
  const postings: (Posting & { readonly sequence: number })[] = [];
  const messages: Message[] = [];
  for (const [index, event] of events.entries()) {
    const recorded = { sequence: (state?.version ?? 0) + 1, occurredAt: now, event };
    const { sequence } = recorded;
    postings.push(...postingsOf(state, event).map((posting) => ({ ...posting, sequence })));
    state = evolve(state, recorded);
    log.push(recorded);
    messages.push(
      ...messagesOf(state, recorded, { call, packAfterSeconds, isLast: index === events.length - 1 }),
    );
  }
  return { state, log, postings, messages };
}

/**
 * What the end of a placement means at once: its reply, kept unless there was one before, and that the cart has to hear
 * of it.
 */
export function endOf(
  state: OrderState,
  log: readonly RecordedEvent[],
): { readonly reply: Result<PlacedReply, PlacementRefusal> | undefined; readonly isCartNews: boolean } {
  const happened = (type: OrderEvent["type"]): boolean => log.some(({ event }) => event.type === type);
  const isConfirmed = happened("order.confirmed");
  return {
    reply: isConfirmed || happened("order.release_started") ? firstReply(state) : undefined,
    isCartNews: isConfirmed || happened("order.cancelled"),
  };
}
