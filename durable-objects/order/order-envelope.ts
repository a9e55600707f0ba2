import { SECOND_MS, toIso } from "#kernel";
import { NOTIFICATION_EVENTS, SHIPPING_EVENTS, type OrderEventData } from "#orders";
import type { CallContext, Destination, EventEnvelope } from "#platform";
import type { RecordedEvent } from "../../src/orders/domain/events.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { viewOf } from "../../src/orders/domain/view.ts";

export type Message = {
  readonly destinations: readonly Destination[];
  /** Milliseconds that it stays with its order; without, it leaves with the others. */
  readonly waitMs?: number;
  readonly envelope: EventEnvelope<string, OrderEventData>;
};

/** On whose behalf, and what the merchant has set. */
export type Telling = {
  readonly call: CallContext;
  readonly isLast: boolean;
  readonly packAfterSeconds: number;
};

/** A payment page that was opened is no news to its buyer; where to transfer is. */
const isWrittenAbout = (event: RecordedEvent["event"]): boolean =>
  NOTIFICATION_EVENTS.includes(event.type) ||
  (event.type === "order.payment_pending" && event.instructions !== undefined);

/**
 * An event as it goes to its queues. Only the mailer gets the secret of the order link. The projection takes the newest
 * state, so of the events of one decision only the last goes there. What is to be packed stays with its order until it may
 * be: a queue would only bring it back.
 */
export function messagesOf(
  state: OrderState,
  recorded: RecordedEvent,
  { call, isLast, packAfterSeconds }: Telling,
): Message[] {
  const { type } = recorded.event;
  const isShipped = SHIPPING_EVENTS.includes(type);
  const isWritten = isWrittenAbout(recorded.event);
  if (!isLast && !isShipped && !isWritten) return [];
  const envelope: EventEnvelope<string, OrderEventData> = {
    id: `${state.orderId}:${recorded.sequence}`,
    type,
    aggregate: { kind: "order", id: state.orderId },
    sequence: recorded.sequence,
    occurredAt: toIso(recorded.occurredAt),
    version: 1,
    data: { order: viewOf(state) },
    traceparent: call.traceparent,
  };
  const messages: Message[] = [];
  if (isLast) messages.push({ destinations: ["projection"], envelope });
  if (isShipped)
    messages.push({
      destinations: ["shipping"],
      envelope,
      ...(packAfterSeconds > 0 ? { waitMs: packAfterSeconds * SECOND_MS } : {}),
    });
  if (!isWritten) return messages;
  const mail = { ...envelope, data: { ...envelope.data, linkKey: state.accessKey } };
  return [...messages, { destinations: ["notifications"], envelope: mail }];
}
