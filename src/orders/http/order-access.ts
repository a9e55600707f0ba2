import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { isId, refuse, type OrderId, type Problem, type Result } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import {
  ORDER_COOKIE,
  ORDER_COOKIE_SECONDS,
  type OrderRefusal,
  type OrderRpc,
  type OrderView,
} from "../contract.ts";

import { changeProblem } from "./order-problems.ts";

/** What the order's routes need; made once per request from the Worker's environment. */
export type OrderHttpPorts = {
  readonly orders: ObjectNamespace<OrderRpc>;
  /** Forwards a WebSocket request to the order object. */
  readonly live: (orderId: OrderId, request: Request) => Promise<Response>;
  /** Told after the buyer came back from paying, so that the cart's count can follow. */
  readonly afterReturn?: () => Promise<void>;
  /** IANA name of the shop's time zone. */
  readonly timeZone: string;
};

/** Characters of an access key at most; ours have 32. */
const MAX_KEY_CHARACTERS = 128;

/** The order id in the path; `undefined` when it cannot be one. */
export function orderIdOf(c: Context): OrderId | undefined {
  const id = c.req.param("orderId");
  return isId("ord", id) ? id : undefined;
}

/** The key that this request shows: in the address, as a Bearer token, or in the order's cookie. */
export function keyOf(c: Context): string | undefined {
  const bearer = /^Bearer ([\w-]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  const key = c.req.query("key") ?? bearer ?? getCookie(c, ORDER_COOKIE);
  return key !== undefined && key.length > 0 && key.length <= MAX_KEY_CHARACTERS ? key : undefined;
}

/** The order, when this request shows its key. Whatever is wrong, the answer is `order_unknown`: nothing to guess at. */
export async function readOrder(c: Context, ports: OrderHttpPorts): Promise<Result<OrderView, OrderRefusal>> {
  const orderId = orderIdOf(c);
  const key = keyOf(c);
  if (!orderId || key === undefined) return refuse({ code: "order_unknown" });
  return ports.orders.getByName(orderId).viewWithKey(key);
}

/** Keeps the key in cookies that only this order's own paths get; the address is clean afterwards. */
export function rememberKey(c: Context, orderId: OrderId, key: string): void {
  for (const path of [`/orders/${orderId}`, `/api/orders/${orderId}`]) {
    setCookie(c, ORDER_COOKIE, key, {
      path,
      httpOnly: true,
      // The buyer comes back from the provider's site by a link: Lax lets the cookie come along.
      sameSite: "Lax",
      secure: new URL(c.req.url).protocol === "https:",
      maxAge: ORDER_COOKIE_SECONDS,
    });
  }
}

/** What travels with the object call of a request. */
export function callOf(c: Context): CallContext {
  const traceparent: unknown = c.get("traceparent");
  return { traceparent: typeof traceparent === "string" ? traceparent : "", actor: "customer" };
}

/** The public problem of a refusal; the catalogue of problems stands with the checkout's. */
export function orderProblem(refusal: OrderRefusal): Problem {
  const change = changeProblem(refusal);
  if (change) return change;
  switch (refusal.code) {
    case "order_not_cancellable":
      return {
        type: "/problems/orders/order-not-cancellable",
        title: "The order cannot be cancelled any more",
        status: 409,
        detail: "It is on its way, or over already.",
        facts: { orderStatus: refusal.status },
      };
    case "transition_refused":
      return {
        type: "/problems/orders/transition-refused",
        title: "The order cannot do that now",
        status: 409,
        detail: "The order's state does not allow it.",
        facts: { orderStatus: refusal.status },
      };
    case "request_in_progress":
      return {
        type: "/problems/orders/request-in-progress",
        title: "The same request is being carried out",
        status: 409,
        detail: "Repeat it in a moment.",
        retryAfterSeconds: 1,
      };
    default:
      return {
        type: "/problems/orders/order-unknown",
        title: "No such order",
        status: 404,
        detail: "There is no order with this id, or the key is not its own.",
      };
  }
}
