import { beforeEach, describe, expect, it } from "vitest";
import { openApiShop, type ApiShop } from "../../../test/support/api-shop.ts";
import { HERON_ID } from "../../../test/support/fake-prices.ts";

const ADDRESS = { fullName: "Mira Beispiel", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };
const DETAILS = { email: "mira@example.com", address: ADDRESS };
const TOKEN = { payment: { kind: "token", token: "tok_approve" } };

let shop: ApiShop;
beforeEach(() => {
  shop = openApiShop();
});

async function checkoutWith() {
  const cartId = await shop.cartWith();
  const { id } = (await shop.call("POST", "/api/checkouts", { body: { cartId } })).json;
  expect((await shop.call("PATCH", `/api/checkouts/${id}`, { body: DETAILS })).status).toBe(200);
  return { cartId, path: `/api/checkouts/${id}` };
}

describe("a cart that is opened with lines", () => {
  it("has them all at once, by id or SKU, several of one variant as one line", async () => {
    const lines = [
      { variantId: HERON_ID, quantity: 1 },
      { sku: "towel", quantity: 2 },
      { sku: shop.sku.toLowerCase(), quantity: 3 },
    ];
    expect(await shop.call("POST", "/api/carts", { body: { country: "at", lines } })).toMatchObject({
      status: 201,
      json: {
        country: "AT",
        lines: [
          { variantId: HERON_ID, quantity: 4, unitPrice: { amountMinor: 3400 } },
          { sku: "TOWEL", quantity: 2 },
        ],
        items: { amountMinor: 4 * 3400 + 2 * 1800 },
      },
    });
  });

  it("is not opened when one of them cannot be had; every mistake is named", async () => {
    shop.prices.change("TOWEL", { productStatus: "archived" });
    const lines = [
      { variantId: HERON_ID, quantity: 15 },
      { sku: "NOPE", quantity: 1 },
      { sku: "TOWEL", quantity: 1 },
      { sku: shop.sku, quantity: 6 },
    ];
    const refused = await shop.call("POST", "/api/carts", {
      headers: shop.key("lines-refused"),
      body: { lines },
    });
    expect(refused).toMatchObject({ status: 422, json: { type: "/problems/cart/lines-refused" } });
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "/lines/1",
      "/lines/2",
      "/lines/3",
    ]);
    // The key is still free for the mended request.
    shop.prices.change("TOWEL", { productStatus: "active" });
    const mended = { lines: [{ sku: "TOWEL", quantity: 1 }] };
    expect(
      (await shop.call("POST", "/api/carts", { headers: shop.key("lines-refused"), body: mended })).status,
    ).toBe(201);
  });

  it("is refused in another currency than its own", async () => {
    const body = { currency: "CHF", lines: [{ variantId: HERON_ID, quantity: 1 }] };
    expect(await shop.call("POST", "/api/carts", { body })).toMatchObject({
      status: 422,
      json: { errors: [{ pointer: "/lines/0", detail: "The cart is in CHF, this is sold in EUR." }] },
    });
  });

  it("is the same for the same key, also when its goods are not sold any more", async () => {
    const headers = shop.key();
    const body = { lines: [{ variantId: HERON_ID, quantity: 1 }] };
    const first = await shop.call("POST", "/api/carts", { headers, body });
    shop.prices.change(shop.sku, { productStatus: "archived" });
    const again = await shop.call("POST", "/api/carts", { headers, body });
    expect([again.status, again.json.id, again.json.lines.length]).toEqual([201, first.json.id, 1]);
    const other = { lines: [{ variantId: HERON_ID, quantity: 2 }] };
    expect((await shop.call("POST", "/api/carts", { headers, body: other })).status).toBe(422);
  });
});

describe("a checkout that is opened with details", () => {
  it("lacks nothing afterwards, and its total is the one that is charged", async () => {
    await shop.stock(5);
    const cartId = await shop.cartWith(2);
    const body = { cartId, ...DETAILS, country: "DE", deliveryMethodId: "post" };
    const opened = await shop.call("POST", "/api/checkouts", { body });
    expect(opened).toMatchObject({ status: 201, json: { missing: [], email: "mira@example.com" } });
    const place = { ...TOKEN, expectedTotal: opened.json.total };
    const placed = await shop.call("POST", `/api/checkouts/${opened.json.id}/place`, {
      headers: shop.key(),
      body: place,
    });
    expect(placed.status).toBe(201);
  });

  it("is not opened when they are wrong", async () => {
    const cartId = await shop.cartWith();
    const body = {
      cartId,
      email: "nobody",
      address: { ...ADDRESS, postalCode: "1" },
      deliveryMethodId: "moon",
    };
    const refused = await shop.call("POST", "/api/checkouts", { body });
    expect(refused.status).toBe(422);
    expect(refused.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "/email",
      "/deliveryMethodId",
      "/address/postalCode",
    ]);
    expect((await shop.call("GET", `/api/carts/${cartId}`)).json.checkoutId).toBeUndefined();
  });

  it("is the open one with other details, where there is one; what is not sent stays", async () => {
    const { cartId, path } = await checkoutWith();
    const body = { cartId, deliveryMethodId: "post" };
    const again = await shop.call("POST", "/api/checkouts", { body });
    expect(`/api/checkouts/${again.json.id}`).toBe(path);
    expect(again.json).toMatchObject({ missing: [], email: DETAILS.email, deliveryMethodId: "post" });
  });
});

describe("a checkout that is opened with lines", () => {
  const LINES = [{ variantId: HERON_ID, quantity: 2 }];
  const whole = () => ({ lines: LINES, ...DETAILS, country: "de", deliveryMethodId: "post" });

  it("has a cart of its own, and two calls make an order", async () => {
    await shop.stock(5);
    const opened = await shop.call("POST", "/api/checkouts", { body: whole() });
    expect(opened).toMatchObject({
      status: 201,
      json: { missing: [], country: "DE", lines: [{ quantity: 2 }], deliveryMethodId: "post" },
    });
    const cart = `/api/carts/${opened.json.cartId}`;
    expect((await shop.call("GET", cart)).json).toMatchObject({ lines: [{ quantity: 2 }] });
    const placed = await shop.call("POST", `/api/checkouts/${opened.json.id}/place`, {
      headers: shop.key(),
      body: { ...TOKEN, expectedTotal: opened.json.total },
    });
    expect(placed).toMatchObject({ status: 201, json: { status: "confirmed" } });
  });

  it("costs what it costs when a cart is opened first", async () => {
    const cartId = await shop.cartWith(2);
    const { lines: _, ...details } = whole();
    const slow = await shop.call("POST", "/api/checkouts", { body: { cartId, ...details } });
    const fast = await shop.call("POST", "/api/checkouts", { body: whole() });
    for (const part of ["items", "delivery", "taxes", "total", "deliveryOptions"])
      expect(fast.json[part], part).toEqual(slow.json[part]);
  });

  it("is the same for the same key, also once it was ordered or its goods are gone; not for another body", async () => {
    await shop.stock(5);
    const headers = shop.key();
    const open = (body: object) => shop.call("POST", "/api/checkouts", { headers, body });
    const first = await open(whole());
    expect((await open(whole())).json.id).toBe(first.json.id);
    await shop.call("POST", `/api/checkouts/${first.json.id}/place`, { headers: shop.key(), body: TOKEN });
    shop.prices.change(shop.sku, { productStatus: "archived" });
    expect(await open(whole())).toMatchObject({ status: 201, json: { id: first.json.id } });
    const other = await open({ ...whole(), email: "else@example.com" });
    expect(other).toMatchObject({ status: 422, json: { type: "/problems/checkout/idempotency-key-reused" } });
  });

  it("is not opened, and no cart either, when anything is wrong; the key stays free", async () => {
    const headers = shop.key();
    const open = (body: object) => shop.call("POST", "/api/checkouts", { headers, body });
    const pointers = async (body: object) => {
      const refused = await open(body);
      expect(refused.status).toBe(422);
      return refused.json.errors.map((error: { pointer: string }) => error.pointer);
    };
    expect(await pointers({ ...whole(), lines: [...LINES, { sku: "NOPE", quantity: 1 }] })).toEqual([
      "/lines/1",
    ]);
    expect(await pointers({ ...whole(), email: "nobody" })).toEqual(["/email"]);
    expect(await pointers({ ...whole(), market: "moon" })).toEqual(["/market"]);
    expect((await open(whole())).status).toBe(201);
  });

  it.each([
    ["nothing to buy", { email: "mira@example.com" }],
    ["a cart and lines", { cartId: "crt_1", lines: LINES }],
    ["no line", { lines: [] }],
    ["a cart and a currency", { cartId: "crt_1", currency: "EUR" }],
    ["lines and a cart's version", { lines: LINES, cartVersion: 1 }],
  ])("refuses %s", async (_, body) => {
    expect((await shop.call("POST", "/api/checkouts", { body })).status).toBe(422);
  });

  it("leaves what is sold out in the cart, and is not opened when nothing is left", async () => {
    shop.prices.change(shop.sku, { availability: "sold_out" });
    const both = [...LINES, { sku: "TOWEL", quantity: 1 }];
    const opened = await shop.call("POST", "/api/checkouts", { body: { lines: both } });
    expect(opened.json.lines.map((line: { sku: string }) => line.sku)).toEqual(["TOWEL"]);
    expect((await shop.call("GET", `/api/carts/${opened.json.cartId}`)).json.lines).toHaveLength(2);
    expect((await shop.call("POST", "/api/checkouts", { body: { lines: LINES } })).json.type).toBe(
      "/problems/checkout/cart-empty",
    );
  });
});
