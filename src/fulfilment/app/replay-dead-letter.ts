import { ok, refuse, type Result } from "#kernel";
import type { Clock, QueueSender } from "#platform";
import type { DeadLetterTable } from "./ports.ts";

export type ReplayRefusal =
  | { readonly code: "dead_letter_unknown"; readonly id: string }
  /** No sender for the letter's queue is bound here. */
  | { readonly code: "queue_unknown"; readonly queue: string };

/**
 * Sends a dead letter to its queue again and notes when. May be repeated: consumers know their messages, so each
 * effect still happens once. The letter stays; it is open again when the message fails again.
 */
export async function replayDeadLetter(
  id: string,
  ports: {
    readonly letters: Pick<DeadLetterTable, "find" | "markReplayed">;
    readonly queues: Readonly<Record<string, QueueSender>>;
    readonly clock: Clock;
  },
): Promise<Result<{ readonly queue: string }, ReplayRefusal>> {
  const letter = await ports.letters.find(id);
  if (!letter) return refuse({ code: "dead_letter_unknown", id });
  const queue = Object.hasOwn(ports.queues, letter.queue) ? ports.queues[letter.queue] : undefined;
  if (!queue) return refuse({ code: "queue_unknown", queue: letter.queue });
  const body: unknown = JSON.parse(letter.body);
  await queue.sendBatch([{ body }]);
  await ports.letters.markReplayed(id, ports.clock.now());
  return ok({ queue: letter.queue });
}
