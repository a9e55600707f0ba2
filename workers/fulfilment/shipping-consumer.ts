import { SHIPPING_EVENTS } from "#orders";
import { shipOrder } from "../../src/fulfilment/app/ship-order.ts";
import { orderEventSchema, type OrderEventMessage } from "../../src/orders/adapters/order-event-schema.ts";
import { acknowledge, again, consumeEach, DONE } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

const ACTOR = "system:shipping";
const EVENTS: readonly string[] = SHIPPING_EVENTS;

/** `order.confirmed` → one parcel, booked with the carrier. Other events are not for this queue and are let go. */
export const consumeShipping = (batch: MessageBatch, ports: FulfilmentPorts): Promise<void> =>
  consumeEach<OrderEventMessage>(batch, {
    component: "fulfilment.shipping",
    schema: orderEventSchema,
    async handle(event, log) {
      const { order } = event.data;
      if (EVENTS.includes(event.type)) {
        const call = { traceparent: event.traceparent, actor: ACTOR };
        const shipped = await shipOrder(order, ports.shipping, call);
        if (!shipped.ok) return again(shipped.refusal.detail);
        log.info("order.shipping_planned", { orderId: order.orderId, outcome: shipped.value });
      }
      const applied = { destination: "shipping", sequences: [event.sequence] } as const;
      await acknowledge(ports.orders.getByName(order.orderId), applied, log);
      return DONE;
    },
  });
