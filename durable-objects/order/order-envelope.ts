import { toIso } from "#kernel";
import { NOTIFICATION_EVENTS, SHIPPING_EVENTS, type OrderEventData } from "#orders";
import type { CallContext, Destination, EventEnvelope } from "#platform";
import type { RecordedEvent } from "../../src/orders/domain/events.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { viewOf } from "../../src/orders/domain/view.ts";

export type Message = {
  readonly destinations: readonly Destination[];
  readonly envelope: EventEnvelope<string, OrderEventData>;
};

/** A payment page that was opened is no news to its buyer; where to transfer is. */
const isWrittenAbout = (event: RecordedEvent["event"]): boolean =>
  NOTIFICATION_EVENTS.includes(event.type) ||
  (event.type === "order.payment_pending" && event.instructions !== undefined);

/**
 * An event as it goes to its queues. Only the mailer gets the secret of the order link. The projection takes the newest
 * state, so of the events of one decision only the last goes there.
 */
export function messagesOf(
  state: OrderState,
  recorded: RecordedEvent,
  { call, isLast }: { readonly call: CallContext; readonly isLast: boolean },
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
  const destinations: Destination[] = [];
  if (isLast) destinations.push("projection");
  if (isShipped) destinations.push("shipping");
  const messages: Message[] = [{ destinations, envelope }];
  if (!isWritten) return messages;
  const mail = { ...envelope, data: { ...envelope.data, linkKey: state.accessKey } };
  return [...messages, { destinations: ["notifications"], envelope: mail }];
}
