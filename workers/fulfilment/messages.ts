import type { Destination } from "#platform";
import { createLogger, describeError, type Logger } from "#platform";
import type * as z from "zod";
import {
  RETRY_BASE_SECONDS,
  RETRY_MAX_SECONDS,
  UNREADABLE_RETRY_SECONDS,
} from "../../src/fulfilment/domain/limits.ts";
import { mapBounded } from "../../src/fulfilment/app/map-bounded.ts";

/** What became of one message: done, to be tried again for a reason, or only early. */
export type Outcome =
  | { readonly isDone: true }
  | { readonly isDone: false; readonly reason: string }
  | { readonly isDone: false; readonly waitSeconds: number };

export const DONE: Outcome = { isDone: true };
/** Nothing is wrong: its time has not come. */
export const early = (waitSeconds: number): Outcome => ({ isDone: false, waitSeconds });
export const again = (reason: string): Outcome => ({ isDone: false, reason });

/** A growing wait, so that a part that is down is not hammered: 2, 4, 8 … seconds, at most five minutes. */
export const retryDelaySeconds = (attempts: number, maxSeconds = RETRY_MAX_SECONDS): number =>
  Math.min(maxSeconds, RETRY_BASE_SECONDS * 2 ** Math.min(Math.max(0, attempts - 1), 20));

/** Sends a message back to its queue; after the queue's number of attempts it becomes a dead letter. */
export function tryAgain(message: Message, reason: string, log: Logger): void {
  log.warn("queue.message_failed", { messageId: message.id, attempts: message.attempts, reason });
  message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
}

/** The same for a message that cannot be read: waiting does not mend it, a new version of this Worker may. */
export function giveBack(message: Message, error: z.ZodError, log: Logger): void {
  const reason = describeIssue(error);
  log.error("queue.message_unreadable", { messageId: message.id, attempts: message.attempts, reason });
  message.retry({ delaySeconds: UNREADABLE_RETRY_SECONDS });
}

/** Why a message is no good, in one line: the first place that does not fit. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `unreadable at ${issue.path.join(".") || "the top"}: ${issue.message}` : "unreadable";
}

/**
 * Handles each message by itself: one that cannot be read or that fails goes back alone and holds no other up. At most
 * six at a time.
 */
export async function consumeEach<T extends { readonly traceparent: string }>(
  batch: MessageBatch,
  consumer: {
    readonly component: string;
    readonly schema: z.ZodType<T>;
    readonly handle: (message: T, log: Logger) => Promise<Outcome>;
  },
): Promise<void> {
  await mapBounded(batch.messages, async (message) => {
    const parsed = consumer.schema.safeParse(message.body);
    if (!parsed.success) return giveBack(message, parsed.error, createLogger(consumer.component));
    const log = createLogger(consumer.component, parsed.data.traceparent);
    const outcome = await consumer
      .handle(parsed.data, log)
      .catch((error: unknown) => again(describeError(error)));
    if (outcome.isDone) message.ack();
    else if ("waitSeconds" in outcome) message.retry({ delaySeconds: outcome.waitSeconds });
    else tryAgain(message, outcome.reason, log);
  });
}

type Acknowledging = {
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

/**
 * Tells an object that its events have been applied. When the object cannot be reached it sends them again, and they
 * change nothing the second time; so a failure here is only a line in the log.
 */
export async function acknowledge(
  object: Acknowledging,
  applied: { readonly destination: Destination; readonly sequences: readonly number[] },
  log: Logger,
): Promise<void> {
  try {
    await object.acknowledge(applied.destination, applied.sequences);
  } catch (error) {
    log.warn("queue.acknowledge_failed", { destination: applied.destination, reason: describeError(error) });
  }
}
