import type { OrderRpc } from "#orders";
import { objectNamespace } from "#platform";
import { CartShell, type OrderInquiry } from "../../durable-objects/cart/cart-object.ts";

type Env = Pick<StorefrontEnv, "ORDERS">;

/** A cart object with its surroundings: it asks order objects what became of a claimed checkout. */
export class CartObject extends CartShell<Env> {
  protected override orderInquiry(): OrderInquiry {
    const orders = objectNamespace<OrderRpc>(this.env.ORDERS);
    return (orderId) => orders.getByName(orderId).fateOf();
  }
}
