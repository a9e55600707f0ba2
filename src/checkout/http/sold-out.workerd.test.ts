import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { objectNamespace } from "#platform";
import type { CartRpc } from "#cart";
import { openApiShop, type ApiShop } from "../../../test/support/api-shop.ts";
import { createNames } from "../adapters/names.ts";

// What this isolate has heard of goods that are gone, and what it may not do with that. See sold-out-hints.ts.

const ADDRESS = { fullName: "Mira Beispiel", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };
const DETAILS = { email: "mira@example.com", address: ADDRESS };
const TOKEN = { payment: { kind: "token", token: "tok_approve" } };
const SOLD_OUT = "/problems/orders/out-of-stock";

let shop: ApiShop;
beforeEach(async () => {
  shop = openApiShop();
  await shop.stock(1);
});

async function openCheckout() {
  const cartId = await shop.cartWith();
  const { id } = (await shop.call("POST", "/api/checkouts", { body: { cartId } })).json;
  expect((await shop.call("PATCH", `/api/checkouts/${id}`, { body: DETAILS })).status).toBe(200);
  return { cartId, id: id as string, path: `/api/checkouts/${id}` };
}

const place = (path: string, headers: Record<string, string> = shop.key()) =>
  shop.call("POST", `${path}/place`, { body: TOKEN, headers });

/** One buyer takes the last unit and the next one finds nothing, which is what the isolate hears. */
async function sellOut() {
  const [winner, loser] = [await openCheckout(), await openCheckout()];
  const keys = { won: shop.key(), lost: shop.key() };
  const bought = await place(winner.path, keys.won);
  expect(bought.status).toBe(201);
  expect((await place(loser.path, keys.lost)).json.type).toBe(SOLD_OUT);
  return { winner, loser, keys, bought };
}

describe("after the last unit", () => {
  it("the next buyer is turned away at once: no price is read, and the checkout stays as it is", async () => {
    const late = await openCheckout();
    await sellOut();
    const before = (await shop.call("GET", late.path)).json;
    shop.prices.reads = 0;
    expect(await place(late.path)).toMatchObject({
      status: 409,
      json: {
        type: SOLD_OUT,
        shortages: [{ sku: shop.sku, requested: 1, available: 0, lineIds: [before.lines[0].id] }],
      },
    });
    expect(shop.prices.reads).toBe(0);
    expect((await shop.call("GET", late.path)).json).toEqual(before);
  });

  it("those who have an answer get it again", async () => {
    const { winner, loser, keys, bought } = await sellOut();
    expect((await place(winner.path, keys.won)).json).toEqual(bought.json);
    expect((await place(loser.path, keys.lost)).json.type).toBe(SOLD_OUT);
  });

  it("an order that an earlier request is placing is not talked over: its object answers", async () => {
    const buyer = await openCheckout();
    await sellOut();
    await env.STOCK.getByName(shop.sku).adjust(
      { adjustmentId: `more-${shop.sku}`, kind: "received", quantity: 1, reason: "test" },
      { traceparent: "", actor: "test" },
    );
    const headers = shop.key();
    const checkoutId = buyer.id as Parameters<ReturnType<typeof createNames>["orderId"]>[0];
    const orderId = await createNames("test-session-secret").orderId(checkoutId, headers["idempotency-key"]);
    const cart = objectNamespace<CartRpc>(env.CARTS).getByName(buyer.cartId);
    await cart.beginPlacement({ checkoutId, orderId }, { traceparent: "", actor: "test" });
    expect(await place(buyer.path, headers)).toMatchObject({ status: 201, json: { orderId } });
  });
});
