import { shardName, type StockShardRpc } from "#inventory";
import type { OrderRpc } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import { StockShell, type FateInquiry } from "../../durable-objects/stock/stock-object.ts";
import { ShardShell } from "../../durable-objects/stock/stock-shard.ts";

type QueueEnv = Pick<StorefrontEnv, "PROJECTION_QUEUE" | "SHIPPING_QUEUE" | "NOTIFICATION_QUEUE">;
type OrderEnv = Pick<StorefrontEnv, "ORDERS">;
type Env = QueueEnv &
  OrderEnv &
  Pick<StorefrontEnv, "STOCK_SHARDS"> &
  Partial<Pick<StorefrontEnv, "LINE_HOLDS_PER_SECOND" | "SPLIT_HOLDS_PER_SECOND">>;

/** The queues behind every object's outbox. */
export const outboxQueues = (env: QueueEnv): OutboxQueues => ({
  projection: env.PROJECTION_QUEUE,
  shipping: env.SHIPPING_QUEUE,
  notifications: env.NOTIFICATION_QUEUE,
});

const fatesOf = (env: OrderEnv): FateInquiry => {
  const orders = objectNamespace<OrderRpc>(env.ORDERS);
  return ({ orderId, part }) => orders.getByName(orderId).fateOfHold(part);
};

/** A number above 0, or nothing, so that a typo leaves the limit as it is. */
const rateOf = (text: string | undefined): number | undefined =>
  Number(text) > 0 ? Number(text) : undefined;

/** A stock object with its surroundings: it asks order objects and its shards, and tells the projection queue. */
export class StockObject extends StockShell<Env> {
  constructor(ctx: DurableObjectState, env: Env) {
    const lineOpensAt = rateOf(env.LINE_HOLDS_PER_SECOND);
    const splitAt = rateOf(env.SPLIT_HOLDS_PER_SECOND);
    super(ctx, env, {
      ...(lineOpensAt === undefined ? {} : { lineOpensAt }),
      ...(splitAt === undefined ? {} : { splitAt }),
    });
  }

  protected override queues(): OutboxQueues {
    return outboxQueues(this.env);
  }

  protected override fateOf(): FateInquiry {
    return fatesOf(this.env);
  }

  protected override shard(shard: number): StockShardRpc {
    return objectNamespace<StockShardRpc>(this.env.STOCK_SHARDS).getByName(shardName(this.name, shard));
  }
}

/** A shard of a hot SKU with its surroundings: it asks order objects, and nobody else. */
export class StockShardObject extends ShardShell<OrderEnv> {
  protected override fateOf(): FateInquiry {
    return fatesOf(this.env);
  }
}
