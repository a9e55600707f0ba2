import { epochMs, SECOND_MS } from "#kernel";
import { SHIPPING_EVENTS } from "#orders";
import type { Logger } from "#platform";
import { shipOrder, type ShipRefusal } from "../../src/fulfilment/app/ship-order.ts";
import { SHIPPING_WAIT_MAX_SECONDS } from "../../src/fulfilment/domain/limits.ts";
import { orderEventSchema, type OrderEventMessage } from "../../src/orders/adapters/order-event-schema.ts";
import { acknowledge, again, consumeEach, DONE, early, type Outcome } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

const ACTOR = "system:shipping";
const EVENTS: readonly string[] = SHIPPING_EVENTS;

/**
 * A confirmation or the end of an edit → a parcel of what the order holds then and no parcel has. The order hears that
 * its event is applied only when that is packed, or never will be: until then it sends the event again.
 */
export const consumeShipping = (batch: MessageBatch, ports: FulfilmentPorts): Promise<void> =>
  consumeEach<OrderEventMessage>(batch, {
    component: "fulfilment.shipping",
    schema: orderEventSchema,
    async handle(event, log) {
      const { orderId } = event.data.order;
      if (EVENTS.includes(event.type)) {
        const call = { traceparent: event.traceparent, actor: ACTOR };
        const askedAt = epochMs(Date.parse(event.occurredAt));
        const shipped = await shipOrder({ orderId, askedAt }, ports.shipping, call);
        if (!shipped.ok) return notYet(shipped.refusal, { orderId, ports, log });
        log.info("order.shipping_planned", { orderId, outcome: shipped.value });
      }
      const applied = { destination: "shipping", sequences: [event.sequence] } as const;
      await acknowledge(ports.orders.getByName(orderId), applied, log);
      return DONE;
    },
  });

type Asking = { readonly orderId: string; readonly ports: FulfilmentPorts; readonly log: Logger };

/** Waiting is no failure: however long it lasts, no message becomes a dead letter by it. */
function notYet(refusal: ShipRefusal, { orderId, ports, log }: Asking): Outcome {
  switch (refusal.code) {
    case "too_early": {
      const waitSeconds = Math.ceil((refusal.packableAt - ports.clock.now()) / SECOND_MS);
      // Not acknowledged: the order sends it again in time.
      return waitSeconds > SHIPPING_WAIT_MAX_SECONDS ? DONE : early(waitSeconds);
    }
    case "edit_open":
      log.info("order.shipping_waits", { orderId, editId: refusal.editId });
      return DONE;
    case "order_not_ready":
      return again(refusal.detail);
  }
}
