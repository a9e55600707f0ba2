import * as z from "zod";
import type { RunningShop } from "../../scripts/lib/shop.ts";

// What a program does that buys through the shop API.

const madeSchema = z.object({ id: z.string() });
const placedSchema = z.object({ orderId: z.string(), status: z.string() });

/** Calls the shop API with a body; any answer that is not 2xx fails the test. */
async function send(shop: RunningShop, path: string, init: { method: string; body: unknown; key?: string }) {
  const answer = await fetch(`${shop.url}/api${path}`, {
    method: init.method,
    headers: {
      "content-type": "application/json",
      ...(init.key === undefined ? {} : { "idempotency-key": init.key }),
    },
    body: JSON.stringify(init.body),
  });
  if (!answer.ok) throw new Error(`${init.method} /api${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A checkout of one unit that lacks nothing but the order; gives its id. */
export async function openCheckout(
  shop: RunningShop,
  { sku, email }: { readonly sku: string; readonly email: string },
): Promise<string> {
  const cart = madeSchema.parse(await send(shop, "/carts", { method: "POST", body: {} }));
  await send(shop, `/carts/${cart.id}/lines`, { method: "POST", body: { sku, quantity: 1 } });
  const checkout = madeSchema.parse(
    await send(shop, "/checkouts", { method: "POST", body: { cartId: cart.id } }),
  );
  const address = { fullName: "Mira Sand", line1: "Hafenweg 2", postalCode: "28195", city: "Bremen" };
  const path = `/checkouts/${checkout.id}`;
  await send(shop, path, { method: "PATCH", body: { email, country: "DE", address } });
  await send(shop, path, { method: "PATCH", body: { deliveryMethodId: "standard-de" } });
  return checkout.id;
}

/** Buys one unit with a card that is approved; gives the order. */
export async function buyByApi(shop: RunningShop, what: { readonly sku: string; readonly email: string }) {
  const checkoutId = await openCheckout(shop, what);
  const body = { payment: { kind: "token", token: "tok_approve" } };
  const key = crypto.randomUUID();
  return placedSchema.parse(
    await send(shop, `/checkouts/${checkoutId}/place`, { method: "POST", body, key }),
  );
}
