import { createLogger } from "#platform";
import { sweepOrders } from "../../src/fulfilment/app/sweep-orders.ts";
import { consumeCarrierScans } from "./carrier-scan-consumer.ts";
import { consumeDeadLetters } from "./dead-letter-consumer.ts";
import { consumeNotifications } from "./notification-consumer.ts";
import type { FulfilmentPorts } from "./ports.ts";
import { consumeProjection } from "./projection-consumer.ts";
import { DEAD_SUFFIX, QUEUES } from "./queues.ts";
import { consumeShopperEvents } from "./shopper-event-consumer.ts";
import { consumeShipping } from "./shipping-consumer.ts";

/** Dead letters counted for the log; more than that is "many". */
const DEAD_LETTERS_COUNTED = 1_000;

/** Hands a batch to the consumer of its queue. Queues share nothing, so one that fails stops only its own part (P4). */
export async function dispatch(batch: MessageBatch, ports: FulfilmentPorts): Promise<void> {
  if (batch.queue.endsWith(DEAD_SUFFIX)) return consumeDeadLetters(batch, ports);
  switch (batch.queue) {
    case QUEUES.projection:
      return consumeProjection(batch, ports);
    case QUEUES.shipping:
      return consumeShipping(batch, ports);
    case QUEUES.notifications:
      return consumeNotifications(batch, ports);
    case QUEUES.carrierScans:
      return consumeCarrierScans(batch, ports);
    case QUEUES.shopperEvents:
      return consumeShopperEvents(batch, ports);
    default:
      createLogger("fulfilment").error("queue.unknown", { queue: batch.queue });
      batch.retryAll();
  }
}

/** The cron's round: mends copies that fell behind, and says how many dead letters wait for a person. */
export async function sweep(ports: FulfilmentPorts): Promise<void> {
  const log = createLogger("fulfilment.sweep");
  const report = await sweepOrders(ports);
  log.info("sweep.finished", report);
  const waiting = await ports.deadLetters.countOpen(DEAD_LETTERS_COUNTED);
  if (waiting > 0) log.error("dead_letters.waiting", { waiting });
}
