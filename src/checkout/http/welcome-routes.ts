import { Hono, type Context } from "hono";
import { rememberCustomer } from "#customers";
import { isId } from "#kernel";
import type { WebEnv } from "#web";
import { enterMarket } from "../app/enter-market.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { callOf } from "./call-context.ts";
import { cartOf } from "./cart-cookies.ts";

const MAX_KEY_CHARACTERS = 128;

/**
 * `/welcome/{customer}?key=…`: the personal link that a merchant sends. The browser keeps who it belongs to, a cart that it
 * has becomes theirs, and the key leaves the address by a redirect. A link that is not valid any more leads to the shop all
 * the same, and changes nothing.
 */
export function createWelcomeRoutes(portsOf: (c: Context) => CheckoutPorts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/welcome/:customerId", async (c) => {
    const ports = portsOf(c);
    const customerId = c.req.param("customerId");
    const key = c.req.query("key") ?? "";
    if (!isId("cus", customerId) || key === "" || key.length > MAX_KEY_CHARACTERS)
      return c.redirect("/", 303);
    const known = await ports.customers.recognise(customerId, key);
    if (!known) return c.redirect("/", 303);
    rememberCustomer(c, { customerId, key });
    const cartId = cartOf(c);
    // A cart that is gone, or at the till right now, stays as it is.
    if (cartId) await enterMarket(ports, { cartId, customerId }, callOf(c));
    return c.redirect("/", 303);
  });
  return app;
}
