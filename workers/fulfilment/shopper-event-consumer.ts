import type { LearnMessage } from "#search";
import { createLogger, describeError, type Logger } from "#platform";
import { learnMessageSchema } from "../../src/search/contract-events.ts";
import { DONE, again, giveBack, tryAgain, type Outcome } from "./messages.ts";
import type { FulfilmentPorts } from "./ports.ts";

type Received = { readonly message: Message; readonly body: LearnMessage };

/**
 * What shoppers looked at and bought → popularity, pairs and queries. A batch is one transaction; when that fails each
 * message is tried by itself, so that a bad one holds no other up.
 */
export async function consumeShopperEvents(batch: MessageBatch, ports: FulfilmentPorts): Promise<void> {
  const log = createLogger("fulfilment.shopper_events");
  const received = batch.messages.flatMap((message): Received[] => {
    const parsed = learnMessageSchema.safeParse(message.body);
    if (parsed.success) return [{ message, body: parsed.data }];
    giveBack(message, parsed.error, log);
    return [];
  });
  if (received.length === 0) return;
  const together = await tryToLearn(received, ports);
  if (together.isDone) {
    for (const { message } of received) message.ack();
    return;
  }
  for (const one of received) await learnAlone(one, ports, log);
}

async function learnAlone(one: Received, ports: FulfilmentPorts, log: Logger): Promise<void> {
  const outcome = await tryToLearn([one], ports);
  if (outcome.isDone) one.message.ack();
  else tryAgain(one.message, "reason" in outcome ? outcome.reason : "not yet", log);
}

const tryToLearn = (received: readonly Received[], { learning }: FulfilmentPorts): Promise<Outcome> =>
  learning.learn(received.map(({ body }) => body)).then(
    () => DONE,
    (error: unknown) => again(describeError(error)),
  );
