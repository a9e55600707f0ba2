import type { OrderRpc } from "#orders";
import { objectNamespace } from "#platform";
import {
  WebhookInboxShell,
  type SettleOrder,
} from "../../durable-objects/webhook-inbox/webhook-inbox-object.ts";

/** A webhook inbox with its surroundings: the orders that its messages are about. */
export class WebhookInboxObject extends WebhookInboxShell<Pick<StorefrontEnv, "ORDERS">> {
  protected override settleOrder(): SettleOrder {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return (orderId, call) => orders.getByName(orderId).hear(call);
  }
}
