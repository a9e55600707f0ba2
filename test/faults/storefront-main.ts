import type { OutboxQueues, QueueSender } from "#platform";
import storefront, * as real from "../../workers/storefront/main.ts";
import { breakable, currentFaults, setFaults } from "./switchboard.ts";

// The storefront as it is deployed, with a switch for its database and its queues.

// All of it: new object classes come along by themselves.
export * from "../../workers/storefront/main.ts";

/** Queues that take nothing while the board says so. */
function breakableQueues(queues: OutboxQueues | undefined): OutboxQueues | undefined {
  if (!queues) return undefined;
  const breakableSender = (sender: QueueSender): QueueSender => ({
    sendBatch: (messages) =>
      currentFaults().queues === "down"
        ? Promise.reject(new Error("the test has taken the queues down"))
        : sender.sendBatch(messages),
  });
  return {
    projection: breakableSender(queues.projection),
    shipping: breakableSender(queues.shipping),
    notifications: breakableSender(queues.notifications),
  };
}

export class OrderObject extends real.OrderObject {
  protected override queues(): OutboxQueues {
    return breakableQueues(super.queues()) ?? super.queues();
  }
}

export class StockObject extends real.StockObject {
  protected override queues(): OutboxQueues {
    return breakableQueues(super.queues()) ?? super.queues();
  }
}

export class Catalogue extends real.Catalogue {
  constructor(context: ExecutionContext<real.CatalogueProps>, env: StorefrontEnv) {
    super(context, breakable(env));
  }
}

// eslint-disable-next-line no-restricted-syntax -- it is a Worker's main, of a shop that a test starts
export default {
  fetch: async (request, env, context) =>
    (await setFaults(request)) ?? storefront.fetch(request, breakable(env), context),
} satisfies ExportedHandler<StorefrontEnv>;
