import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { openApiShop, type ApiShop } from "../../../test/support/api-shop.ts";
import { HERON_ID, TOWEL_ID } from "../../../test/support/fake-prices.ts";

const ADDRESS = { fullName: "Mira Beispiel", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };
const DETAILS = { email: "mira@example.com", address: ADDRESS };
const TOKEN = { payment: { kind: "token", token: "tok_approve" } };

const KEY = { "idempotency-key": "k" };

let shop: ApiShop;
beforeEach(() => {
  shop = openApiShop();
});

async function checkoutWith(quantity = 1) {
  const cartId = await shop.cartWith(quantity);
  const { id } = (await shop.call("POST", "/api/checkouts", { body: { cartId } })).json;
  expect((await shop.call("PATCH", `/api/checkouts/${id}`, { body: DETAILS })).status).toBe(200);
  return { cartId, path: `/api/checkouts/${id}` };
}

describe("carts", () => {
  it("are opened, filled by id or SKU, changed and emptied", async () => {
    const opened = await shop.call("POST", "/api/carts", { body: { country: "at" } });
    expect(opened).toMatchObject({
      status: 201,
      json: { version: 0, country: "AT", total: { currency: "EUR", amountMinor: 0 } },
    });
    const path = opened.headers.get("location") ?? "";
    await shop.call("POST", `${path}/lines`, { body: { variantId: HERON_ID, quantity: 1 } });
    const two = await shop.call("POST", `${path}/lines`, { body: { sku: "towel", quantity: 2 } });
    expect(two.json).toMatchObject({
      version: 2,
      items: { amountMinor: 7000 },
      lines: [{ quantity: 1 }, { sku: "TOWEL", quantity: 2, total: { amountMinor: 3600 } }],
    });
    const [first, second] = two.json.lines;
    expect(
      (await shop.call("PATCH", `${path}/lines/${first.id}`, { body: { quantity: 3 } })).json.lines[0]
        .quantity,
    ).toBe(3);
    await shop.call("PATCH", `${path}/lines/${first.id}`, { body: { quantity: 0 } });
    expect((await shop.call("DELETE", `${path}/lines/${second.id}`)).json.lines).toEqual([]);
  });

  it("answer 304 to whoever has them, and not when only a price has moved", async () => {
    const path = `/api/carts/${await shop.cartWith()}`;
    const etag = (await shop.call("GET", path)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"v1-/);
    expect((await shop.call("GET", path, { headers: { "if-none-match": etag } })).status).toBe(304);
    shop.prices.change(shop.sku, { priceMinor: 3600 });
    const moved = await shop.call("GET", path, { headers: { "if-none-match": etag } });
    expect(moved).toMatchObject({ status: 200, json: { lines: [{ notices: [{ code: "price_changed" }] }] } });
  });

  it("take a change for their version and refuse one for another with 412", async () => {
    const path = `/api/carts/${await shop.cartWith()}`;
    const { headers, json } = await shop.call("GET", path);
    const change = (etag: string) =>
      shop.call("PATCH", `${path}/lines/${json.lines[0].id}`, {
        body: { quantity: 2 },
        headers: { "if-match": etag },
      });
    expect((await change(headers.get("etag") ?? "")).status).toBe(200);
    expect(await change(headers.get("etag") ?? "")).toMatchObject({
      status: 412,
      json: { type: "/problems/cart/version-conflict", version: 2 },
    });
    expect((await change('"nonsense"')).status).toBe(412);
  });

  it("are the same cart for the same key, and a problem for another body under it", async () => {
    const headers = shop.key();
    const first = await shop.call("POST", "/api/carts", { headers, body: { country: "DE" } });
    expect((await shop.call("POST", "/api/carts", { headers, body: { country: "DE" } })).json.id).toBe(
      first.json.id,
    );
    expect(await shop.call("POST", "/api/carts", { headers, body: { country: "AT" } })).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/idempotency-key-reused" },
    });
  });

  it("do a keyed change once", async () => {
    const path = `/api/carts/${await shop.cartWith()}`;
    const headers = shop.key();
    const body = { variantId: TOWEL_ID, quantity: 1 };
    await shop.call("POST", `${path}/lines`, { headers, body });
    expect((await shop.call("POST", `${path}/lines`, { headers, body })).json.lines[1].quantity).toBe(1);
    expect(
      (await shop.call("POST", `${path}/lines`, { headers, body: { ...body, quantity: 2 } })).status,
    ).toBe(422);
  });
});

describe("bad input gets a problem and changes nothing", () => {
  const line = { variantId: HERON_ID, quantity: 1 };
  it.each([
    ["broken JSON", "{", {}, 400],
    ["no JSON at all", JSON.stringify(line), { "content-type": "text/plain" }, 415],
    ["a body too large", JSON.stringify({ ...line, note: "x".repeat(70_000) }), {}, 413],
    ["no object", "[]", {}, 422],
    ["null", "null", {}, 422],
    ["an unknown member", { ...line, price: 1 }, {}, 422],
    ["neither variant nor SKU", { quantity: 1 }, {}, 422],
    ["both variant and SKU", { ...line, sku: "TOWEL" }, {}, 422],
    ["an unknown variant", { ...line, variantId: "var_0" }, {}, 422],
    ["an unknown SKU", { sku: "NOPE", quantity: 1 }, {}, 422],
    ["a SKU of SQL", { sku: "' OR 1=1 --", quantity: 1 }, {}, 422],
    ["no quantity", { variantId: HERON_ID }, {}, 422],
    ["quantity zero", { ...line, quantity: 0 }, {}, 422],
    ["a negative quantity", { ...line, quantity: -1 }, {}, 422],
    ["a fractional quantity", { ...line, quantity: 1.5 }, {}, 422],
    ["a huge quantity", { ...line, quantity: 1e21 }, {}, 422],
    ["more than a line takes", { ...line, quantity: 21 }, {}, 422],
    ["a quantity in text", { ...line, quantity: "1" }, {}, 422],
    ["quantity true", { ...line, quantity: true }, {}, 422],
    ["quantity null", { ...line, quantity: null }, {}, 422],
    ["a key of spaces", line, { "idempotency-key": " " }, 400],
    ["a key too long", line, { "idempotency-key": "x".repeat(256) }, 400],
    ["a stale version", line, { "if-match": '"v9"' }, 412],
  ])("adding %s", async (_, body, headers, status) => {
    const path = `/api/carts/${(await shop.call("POST", "/api/carts")).json.id}`;
    const answer = await shop.call("POST", `${path}/lines`, { body, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({
      status,
      type: expect.stringMatching(/^\/problems\//),
      detail: expect.any(String),
    });
    expect((await shop.call("GET", path)).json).toMatchObject({ version: 0, lines: [] });
  });

  it.each([
    ["GET", "/api/carts/nonsense", undefined, 404],
    ["GET", `/api/carts/crt_${"0".repeat(36)}`, undefined, 404],
    ["POST", `/api/carts/crt_${"0".repeat(36)}/lines`, line, 404],
    ["POST", "/api/carts/%00/lines", line, 404],
    ["PATCH", `/api/carts/crt_${"0".repeat(36)}/lines/lin_1`, { quantity: 1 }, 404],
    ["POST", "/api/carts", { currency: "euro" }, 422],
    ["POST", "/api/carts", { country: "Germany" }, 422],
    ["POST", "/api/carts", { locale: "de" }, 422],
    ["POST", "/api/checkouts", {}, 422],
    ["POST", "/api/checkouts", { cartId: "nonsense" }, 404],
    ["POST", "/api/checkouts", { cartId: `crt_${"0".repeat(36)}` }, 404],
    ["GET", "/api/checkouts/nonsense", undefined, 404],
    ["GET", `/api/checkouts/chk_${"0".repeat(46)}`, undefined, 404],
    ["PATCH", `/api/checkouts/chk_${"0".repeat(46)}`, { email: "a@example.com" }, 404],
    ["GET", `/api/checkouts/chk_${"0".repeat(46)}/delivery-options`, undefined, 404],
    ["GET", "/api/orders/nonsense", undefined, 404],
    ["GET", `/api/orders/ord_${"0".repeat(26)}?key=guess`, undefined, 404],
    ["POST", `/api/orders/ord_${"0".repeat(26)}/cancel`, {}, 404],
  ])("%s %s", async (method, path, body, status) => {
    expect(await shop.call(method, path, body === undefined ? {} : { body })).toMatchObject({
      status,
      json: { status },
    });
  });

  it("an empty cart, a stale cart, an unknown line", async () => {
    const empty = (await shop.call("POST", "/api/carts")).json.id;
    expect(await shop.call("POST", "/api/checkouts", { body: { cartId: empty } })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/cart-empty" },
    });
    const cartId = await shop.cartWith();
    expect(await shop.call("POST", "/api/checkouts", { body: { cartId, cartVersion: 0 } })).toMatchObject({
      status: 409,
      json: { type: "/problems/cart/version-conflict" },
    });
    expect(
      await shop.call("PATCH", `/api/carts/${cartId}/lines/lin_none`, { body: { quantity: 1 } }),
    ).toMatchObject({ status: 404, json: { type: "/problems/cart/line-unknown" } });
  });

  it.each([
    ["nothing", {}],
    ["an unknown member", { phone: "1" }],
    ["a word for an e-mail", { email: "mira" }],
    ["a country that is none", { country: "XX" }],
    ["an empty address", { address: { fullName: "" } }],
    ["an address with a country of its own", { address: { ...ADDRESS, country: "DE" } }],
    ["a postcode of another country", { address: { ...ADDRESS, postalCode: "SW1A 1AA" } }],
    ["a way of delivery that is none", { deliveryMethodId: "drone" }],
    ["one good and one bad detail", { email: "good@example.com", address: { ...ADDRESS, postalCode: "1" } }],
  ])("details with %s", async (_, body) => {
    const { json } = await shop.call("POST", "/api/checkouts", { body: { cartId: await shop.cartWith() } });
    const answer = await shop.call("PATCH", `/api/checkouts/${json.id}`, { body });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.length).toBeGreaterThan(0);
    expect((await shop.call("GET", `/api/checkouts/${json.id}`)).json).toMatchObject({
      version: json.version,
      missing: ["email", "address"],
    });
  });

  it.each([
    ["no key", TOKEN, {}, 400],
    ["no payment", {}, KEY, 422],
    ["an unknown kind of payment", { payment: { kind: "card", number: "4242" } }, KEY, 422],
    ["a token that is none", { payment: { kind: "token", token: "" } }, KEY, 422],
    [
      "a way back to another site",
      { payment: { kind: "redirect", returnUrl: "https://evil.example/" } },
      KEY,
      422,
    ],
    [
      "a way back that is a script",
      { payment: { kind: "redirect", returnUrl: "javascript:alert(1)" } },
      KEY,
      422,
    ],
    ["a way back to a sister site", { payment: { kind: "redirect", cancelUrl: "//evil.example" } }, KEY, 422],
    ["a fractional total", { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 1.5 } }, KEY, 422],
    [
      "a total in another currency",
      { ...TOKEN, expectedTotal: { currency: "USD", amountMinor: 3890 } },
      KEY,
      422,
    ],
  ])("placing with %s", async (_, body, headers, status) => {
    const { path } = await checkoutWith();
    expect((await shop.call("POST", `${path}/place`, { body, headers })).status).toBe(status);
    expect((await shop.call("GET", path)).json.status).toBe("open");
  });
});

describe("checkouts", () => {
  it("are quoted with tax, ways of delivery and what is missing", async () => {
    const { path } = await checkoutWith(2);
    const { json } = await shop.call("GET", path);
    expect(json).toMatchObject({
      missing: [],
      total: { amountMinor: 6800 },
      delivery: { id: "post", price: { amountMinor: 0 } },
      address: { country: "DE" },
    });
    expect((await shop.call("GET", `${path}/delivery-options`)).json.items).toHaveLength(1);
  });

  it("ask for an address again when the country changes, and say that nothing goes to Iceland", async () => {
    const { path } = await checkoutWith();
    expect((await shop.call("PATCH", path, { body: { country: "AT" } })).json.missing).toEqual(["address"]);
    expect((await shop.call("PATCH", path, { body: { country: "IS" } })).json.missing).toEqual([
      "address",
      "delivery",
    ]);
  });

  it("refuse to be placed while something is missing, and stay open", async () => {
    const { json } = await shop.call("POST", "/api/checkouts", { body: { cartId: await shop.cartWith() } });
    const answer = await shop.call("POST", `/api/checkouts/${json.id}/place`, {
      body: TOKEN,
      headers: shop.key(),
    });
    expect(answer).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/checkout-incomplete", missing: ["email", "address"] },
    });
    expect((await shop.call("GET", `/api/checkouts/${json.id}`)).json.status).toBe("open");
  });

  it("refuse a change for another version", async () => {
    const { path } = await checkoutWith();
    expect(
      (await shop.call("PATCH", path, { body: { wantsNews: true }, headers: { "if-match": '"v1"' } })).status,
    ).toBe(412);
  });
});

describe("placing an order", () => {
  it("makes one order per key, gives the same reply again, and shows the order to whoever has its key", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    const headers = shop.key();
    const first = await shop.call("POST", `${path}/place`, { body: TOKEN, headers });
    expect(first).toMatchObject({
      status: 201,
      json: { status: "confirmed", orderNumber: expect.any(String) },
    });
    expect((await shop.call("POST", `${path}/place`, { body: TOKEN, headers })).json).toEqual(first.json);
    const order = `/api/orders/${first.json.orderId}`;
    const shown = await shop.call("GET", `${order}?key=${first.json.accessKey}`);
    expect(shown).toMatchObject({
      status: 200,
      json: { total: { amountMinor: 3890 }, tax: { amountMinor: 543 + 78 } },
    });
    expect(JSON.stringify(shown.json)).not.toContain("crt_");
    expect(JSON.stringify(shown.json)).not.toContain("chk_");
    expect(
      (await shop.call("GET", order, { headers: { authorization: `Bearer ${first.json.accessKey}` } }))
        .status,
    ).toBe(200);
    expect((await shop.call("GET", order)).status).toBe(404);
    expect((await shop.call("GET", `${order}?key=guess`)).status).toBe(404);
    expect(await env.STOCK.getByName(shop.sku).level()).toMatchObject({ onHand: 4, held: 0 });
  });

  it("makes one order out of two presses at once", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    const headers = shop.key();
    const answers = await Promise.all(
      [1, 2, 3].map(() => shop.call("POST", `${path}/place`, { body: TOKEN, headers })),
    );
    expect(
      new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.json.orderId)).size,
    ).toBe(1);
    expect(
      answers.every(
        (answer) => answer.status === 201 || answer.json.type === "/problems/orders/request-in-progress",
      ),
    ).toBe(true);
    expect(await env.STOCK.getByName(shop.sku).level()).toMatchObject({ onHand: 4 });
  });

  it("gives a second key the first one's order", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    const first = await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() });
    const second = await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() });
    expect(second).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/checkout-closed", orderId: first.json.orderId },
    });
  });

  it("refuses another body under the same key", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    const headers = shop.key();
    await shop.call("POST", `${path}/place`, { body: TOKEN, headers });
    const other = await shop.call("POST", `${path}/place`, {
      body: { payment: { kind: "token", token: "other" } },
      headers,
    });
    expect(other).toMatchObject({ status: 422, json: { type: "/problems/checkout/idempotency-key-reused" } });
  });

  it("charges nothing when the total moved, says what moved it, and takes the new total under a new key", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    shop.prices.change(shop.sku, { priceMinor: 3600 });
    const refused = await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() });
    expect(refused).toMatchObject({
      status: 409,
      json: {
        type: "/problems/checkout/total-changed",
        oldTotal: { amountMinor: 3890 },
        newTotal: { amountMinor: 4090 },
        movedLines: [{ oldUnitPrice: { amountMinor: 3400 }, newUnitPrice: { amountMinor: 3600 } }],
        deliveryChange: { amountMinor: 0 },
      },
    });
    expect(await env.STOCK.getByName(shop.sku).level()).toMatchObject({ onHand: 5, held: 0 });
    const body = { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 4090 } };
    expect((await shop.call("POST", `${path}/place`, { body, headers: shop.key() })).status).toBe(201);
  });

  it("charges nothing when something sold out, names the line, and stays open", async () => {
    await shop.stock(1);
    const { path, cartId } = await checkoutWith(2);
    const refused = await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() });
    expect(refused).toMatchObject({
      status: 409,
      json: { type: "/problems/orders/out-of-stock", shortages: [{ requested: 2, available: 1 }] },
    });
    expect((await shop.call("GET", path)).json.status).toBe("open");
    expect((await shop.call("GET", `/api/carts/${cartId}`)).json.lines).toHaveLength(1);
  });

  it("leaves the checkout open when a refused order's key comes back with another body", async () => {
    await shop.stock(1);
    const { path } = await checkoutWith(2);
    const headers = shop.key();
    expect((await shop.call("POST", `${path}/place`, { body: TOKEN, headers })).status).toBe(409);
    const other = { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 6800 } };
    expect(await shop.call("POST", `${path}/place`, { body: other, headers })).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/idempotency-key-reused" },
    });
    expect((await shop.call("GET", path)).json.status).toBe("open");
  });

  it("refuses a cart that changed after the checkout was opened", async () => {
    await shop.stock(5);
    const { path, cartId } = await checkoutWith();
    await shop.call("POST", `/api/carts/${cartId}/lines`, { body: { variantId: TOWEL_ID, quantity: 1 } });
    expect(await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/cart-changed" },
    });
  });

  it("refuses what the shop has withdrawn", async () => {
    const { path } = await checkoutWith();
    shop.prices.change(shop.sku, { productStatus: "archived" });
    expect(await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/lines-unavailable" },
    });
  });

  it("gives the checkout back when prices cannot be read, and says that repeating helps", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    const headers = shop.key();
    shop.prices.isBroken = true;
    expect(await shop.call("POST", `${path}/place`, { body: TOKEN, headers })).toMatchObject({
      status: 503,
      json: { type: "/problems/checkout/unavailable" },
    });
    shop.prices.isBroken = false;
    expect((await shop.call("POST", `${path}/place`, { body: TOKEN, headers })).status).toBe(201);
  });

  it("reads prices once on the way to an order", async () => {
    await shop.stock(5);
    const { path } = await checkoutWith();
    shop.prices.reads = 0;
    await shop.call("POST", `${path}/place`, { body: TOKEN, headers: shop.key() });
    expect(shop.prices.reads).toBe(1);
  });
});
