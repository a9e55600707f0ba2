import type { OrderRpc } from "#orders";
import { objectNamespace, type OutboxQueues } from "#platform";
import { VoucherShell, type FateInquiry } from "../../durable-objects/voucher/voucher-object.ts";
import { outboxQueues } from "./stock-object.ts";

type Env = Pick<StorefrontEnv, "ORDERS" | "PROJECTION_QUEUE" | "SHIPPING_QUEUE" | "NOTIFICATION_QUEUE">;

/** A voucher object with its surroundings: it asks order objects, and tells the projection queue. */
export class VoucherObject extends VoucherShell<Env> {
  protected override queues(): OutboxQueues {
    return outboxQueues(this.env);
  }

  protected override fateOf(): FateInquiry {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return ({ orderId, part }) => orders.getByName(orderId).fateOfHold(part);
  }
}
