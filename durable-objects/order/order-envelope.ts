import { toIso } from "#kernel";
import { NOTIFICATION_EVENTS, SHIPPING_EVENTS, type OrderEventData } from "#orders";
import type { CallContext, Destination, EventEnvelope } from "#platform";
import type { RecordedEvent } from "../../src/orders/domain/events.ts";
import type { OrderState } from "../../src/orders/domain/state.ts";
import { viewOf } from "../../src/orders/domain/view.ts";

type Message = {
  readonly destinations: readonly Destination[];
  readonly envelope: EventEnvelope<string, OrderEventData>;
};

/** A payment page that was opened is no news to its buyer; where to transfer is. */
const isWrittenAbout = (event: RecordedEvent["event"]): boolean =>
  NOTIFICATION_EVENTS.includes(event.type) ||
  (event.type === "order.payment_pending" && event.instructions !== undefined);

/** An event as it goes to its queues. Only the mailer gets the secret of the order link. */
export function messagesOf(state: OrderState, recorded: RecordedEvent, call: CallContext): Message[] {
  const { type } = recorded.event;
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
  const everyone: Message = {
    destinations: SHIPPING_EVENTS.includes(type) ? ["projection", "shipping"] : ["projection"],
    envelope,
  };
  if (!isWrittenAbout(recorded.event)) return [everyone];
  const mail = { ...envelope, data: { ...envelope.data, linkKey: state.accessKey } };
  return [everyone, { destinations: ["notifications"], envelope: mail }];
}
