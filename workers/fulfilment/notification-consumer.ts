import { sendOrderMail } from "../../src/notifications/app/send-order-mail.ts";
import { LINK_REQUESTED } from "../../src/orders/app/request-order-link.ts";
import { mailOfEvent } from "../../src/orders/adapters/order-mail.ts";
import { orderEventSchema, type OrderEventMessage } from "../../src/orders/adapters/order-event-schema.ts";
import { acknowledge, consumeEach, DONE } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

/** An order's event → the mail that the buyer gets about it, once. */
export const consumeNotifications = (batch: MessageBatch, ports: FulfilmentPorts): Promise<void> =>
  consumeEach<OrderEventMessage>(batch, {
    component: "fulfilment.notifications",
    schema: orderEventSchema,
    async handle(event, log) {
      const mail = mailOfEvent(event);
      if (mail) {
        const outcome = await sendOrderMail(mail, ports.mail);
        log.info("mail.handed_over", { orderId: mail.orderId, template: mail.template, outcome });
      }
      // No object waits for the acknowledgement of a link that somebody asked for.
      if (event.type === LINK_REQUESTED) return DONE;
      const applied = { destination: "notifications", sequences: [event.sequence] } as const;
      await acknowledge(ports.orders.getByName(event.aggregate.id), applied, log);
      return DONE;
    },
  });
