import { carrierScanSchema, type DeadLetter } from "#fulfilment";
import type { EpochMs } from "#kernel";
import { createLogger, describeError, sha256Hex } from "#platform";
import type * as z from "zod";
import { mapBounded } from "../../src/fulfilment/app/map-bounded.ts";
import { DEAD_LETTER_REASON_MAX, DEAD_LETTER_RETRY_MAX_SECONDS } from "../../src/fulfilment/domain/limits.ts";
import { orderEventSchema } from "../../src/orders/adapters/order-event-schema.ts";
import { describeIssue, retryDelaySeconds } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";
import { parseProjection } from "./projection-consumer.ts";
import { DEAD_SUFFIX, QUEUES } from "./queues.ts";

const COMPONENT = "fulfilment.dead_letters";

/**
 * Keeps messages that a consumer has given up on, with the reason, for a person to look at and to replay. While D1 is
 * down they wait in the queue: the wait grows to an hour and the queue allows a hundred attempts.
 */
export async function consumeDeadLetters(batch: MessageBatch, ports: FulfilmentPorts): Promise<void> {
  const queue = batch.queue.slice(0, -DEAD_SUFFIX.length);
  await mapBounded(batch.messages, async (message) => {
    const log = createLogger(COMPONENT);
    try {
      const letter = await letterOf(queue, message, ports.clock.now());
      await ports.deadLetters.keep(letter);
      message.ack();
      log.error("queue.dead_letter_kept", { queue, letterId: letter.id, reason: letter.reason });
    } catch (error) {
      log.error("queue.dead_letter_not_kept", { queue, messageId: message.id, reason: describeError(error) });
      message.retry({ delaySeconds: retryDelaySeconds(message.attempts, DEAD_LETTER_RETRY_MAX_SECONDS) });
    }
  });
}

async function letterOf(queue: string, message: Message, receivedAt: EpochMs): Promise<DeadLetter> {
  const body = asJson(message.body);
  const reason = reasonOf(queue, message.body).slice(0, DEAD_LETTER_REASON_MAX);
  return { id: `${queue}:${await sha256Hex(body)}`, queue, body, reason, receivedAt };
}

/** The message as JSON; what JSON cannot say is kept as text, because a dead letter must never be lost. */
function asJson(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "null";
  } catch {
    return JSON.stringify(String(body));
  }
}

const GAVE_UP = "readable, but its consumer gave up; the log of its trace says why";

/** The queue does not say why a message came here, so it is read once more: most often it cannot be read. */
function reasonOf(queue: string, body: unknown): string {
  const parsed = parse(queue, body);
  return parsed.success ? GAVE_UP : describeIssue(parsed.error);
}

function parse(queue: string, body: unknown): z.ZodSafeParseResult<unknown> {
  switch (queue) {
    case QUEUES.projection:
      return parseProjection(body);
    case QUEUES.carrierScans:
      return carrierScanSchema.safeParse(body);
    default:
      return orderEventSchema.safeParse(body);
  }
}
