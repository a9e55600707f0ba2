import type { OrderRpc } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import { StockShell, type FateInquiry } from "../../durable-objects/stock/stock-object.ts";

type QueueEnv = Pick<StorefrontEnv, "PROJECTION_QUEUE" | "SHIPPING_QUEUE" | "NOTIFICATION_QUEUE">;
type Env = QueueEnv & Pick<StorefrontEnv, "ORDERS"> & Partial<Pick<StorefrontEnv, "LINE_HOLDS_PER_SECOND">>;

/** The queues behind every object's outbox. */
export const outboxQueues = (env: QueueEnv): OutboxQueues => ({
  projection: env.PROJECTION_QUEUE,
  shipping: env.SHIPPING_QUEUE,
  notifications: env.NOTIFICATION_QUEUE,
});

/** A stock object with its surroundings: it asks order objects, and tells the projection queue. */
export class StockObject extends StockShell<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    const opensAt = Number(env.LINE_HOLDS_PER_SECOND);
    super(ctx, env, opensAt > 0 ? opensAt : undefined);
  }

  protected override queues(): OutboxQueues {
    return outboxQueues(this.env);
  }

  protected override fateOf(): FateInquiry {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return ({ orderId, part }) => orders.getByName(orderId).fateOf(part);
  }
}
