import { Hono, type Context } from "hono";
import { isId } from "#kernel";
import { cartIdOfCheckout } from "#cart";
import { htmlPage, type WebEnv } from "#web";
import { viewCheckout } from "../app/checkout-use-cases.ts";
import { linesInFront } from "../app/pass-lines.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { LinePage } from "../pages/line-page.tsx";
import { callOf } from "./call-context.ts";

/** `/checkout/{id}/line`: where a shopper waits for a turn. Opening it keeps the place; the turn leads back to the review. */
export function createLinePages(portsOf: (c: Context) => CheckoutPorts): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/checkout/:checkoutId/line", async (c) => {
    const ports = portsOf(c);
    const id = c.req.param("checkoutId");
    const cartId = isId("chk", id) ? cartIdOfCheckout(id) : undefined;
    if (!isId("chk", id) || !cartId) return c.redirect("/cart", 303);
    const viewed = await viewCheckout(ports, id);
    const back = `/checkout/${id}?step=review`;
    if (!viewed.ok) return c.redirect(back, 303);
    for (const { sku, title } of linesInFront(viewed.value.basket.lines, ports.now())) {
      const position = await ports.gates.getByName(sku).position(cartId, callOf(c));
      if (position.kind !== "waiting") continue;
      // Works without script; a number of seconds alone means this same address.
      c.header("refresh", String(position.pollAfterSeconds));
      return htmlPage(c, <LinePage checkoutId={id} title={title} position={position} />);
    }
    return c.redirect(back, 303);
  });
  return app;
}
