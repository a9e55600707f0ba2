import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import type { OrderId } from "#kernel";
import { ORDER_COOKIE, ORDER_COOKIE_SECONDS } from "#orders";

/** Lets this browser see the order, on its page and in the API: the key lives in cookies that only those paths get. */
export function grantOrderAccess(c: Context, orderId: OrderId, accessKey: string): void {
  for (const path of [`/orders/${orderId}`, `/api/orders/${orderId}`]) {
    setCookie(c, ORDER_COOKIE, accessKey, {
      path,
      httpOnly: true,
      // The buyer comes back from the provider's site by a link: Lax lets the cookie come along.
      sameSite: "Lax",
      secure: new URL(c.req.url).protocol === "https:",
      maxAge: ORDER_COOKIE_SECONDS,
    });
  }
}
