import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { checkoutApp, jsonCaller } from "../../../test/support/checkout-app.ts";
import { FakePrices, heron, HERON_ID, TOWEL_ID } from "../../../test/support/fake-prices.ts";

const ADDRESS = { fullName: "Mira Beispiel", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };
const DETAILS = { email: "mira@example.com", address: ADDRESS };
const TOKEN = { payment: { kind: "token", token: "tok_approve" } };

let prices: FakePrices;
let call: ReturnType<typeof jsonCaller>;
let serial = 0;
const key = (text?: string): { readonly "idempotency-key": string } => ({
  "idempotency-key": text ?? `key-${(serial += 1)}`,
});

beforeEach(() => {
  prices = new FakePrices();
  serial += 1;
  // Stock objects outlive a test; each test sells goods of its own.
  prices.variants = [heron({ sku: `HERON-${serial}` }), ...prices.variants.slice(1)];
  call = jsonCaller(checkoutApp(prices).app);
});

const sku = (): string => prices.variants[0]?.sku ?? "";
const stock = (units: number) =>
  env.STOCK.getByName(sku()).adjust(
    { adjustmentId: `adj-${sku()}`, kind: "received", quantity: units, reason: "test" },
    { traceparent: "", actor: "test" },
  );

async function cartWith(quantity = 1) {
  const cart = (await call("POST", "/api/carts")).json;
  await call("POST", `/api/carts/${cart.id}/lines`, { body: { variantId: HERON_ID, quantity } });
  return cart.id as string;
}

async function checkoutWith(quantity = 1) {
  const cartId = await cartWith(quantity);
  const { id } = (await call("POST", "/api/checkouts", { body: { cartId } })).json;
  expect((await call("PATCH", `/api/checkouts/${id}`, { body: DETAILS })).status).toBe(200);
  return { cartId, path: `/api/checkouts/${id}` };
}

describe("carts", () => {
  it("are opened, filled by id or SKU, changed and emptied", async () => {
    const opened = await call("POST", "/api/carts", { body: { country: "at" } });
    expect(opened).toMatchObject({
      status: 201,
      json: { version: 0, country: "AT", total: { currency: "EUR", amountMinor: 0 } },
    });
    const path = opened.headers.get("location") ?? "";
    await call("POST", `${path}/lines`, { body: { variantId: HERON_ID, quantity: 1 } });
    const two = await call("POST", `${path}/lines`, { body: { sku: "towel", quantity: 2 } });
    expect(two.json).toMatchObject({
      version: 2,
      items: { amountMinor: 7000 },
      lines: [{ quantity: 1 }, { sku: "TOWEL", quantity: 2, total: { amountMinor: 3600 } }],
    });
    const [first, second] = two.json.lines;
    expect(
      (await call("PATCH", `${path}/lines/${first.id}`, { body: { quantity: 3 } })).json.lines[0].quantity,
    ).toBe(3);
    await call("PATCH", `${path}/lines/${first.id}`, { body: { quantity: 0 } });
    expect((await call("DELETE", `${path}/lines/${second.id}`)).json.lines).toEqual([]);
  });

  it("answer 304 to whoever has them, and not when only a price has moved", async () => {
    const path = `/api/carts/${await cartWith()}`;
    const etag = (await call("GET", path)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"v1-/);
    expect((await call("GET", path, { headers: { "if-none-match": etag } })).status).toBe(304);
    prices.change(sku(), { priceMinor: 3600 });
    const moved = await call("GET", path, { headers: { "if-none-match": etag } });
    expect(moved).toMatchObject({ status: 200, json: { lines: [{ notices: [{ code: "price_changed" }] }] } });
  });

  it("take a change for their version and refuse one for another with 412", async () => {
    const path = `/api/carts/${await cartWith()}`;
    const { headers, json } = await call("GET", path);
    const change = (etag: string) =>
      call("PATCH", `${path}/lines/${json.lines[0].id}`, {
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
    const headers = key();
    const first = await call("POST", "/api/carts", { headers, body: { country: "DE" } });
    expect((await call("POST", "/api/carts", { headers, body: { country: "DE" } })).json.id).toBe(
      first.json.id,
    );
    expect(await call("POST", "/api/carts", { headers, body: { country: "AT" } })).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/idempotency-key-reused" },
    });
  });

  it("do a keyed change once", async () => {
    const path = `/api/carts/${await cartWith()}`;
    const headers = key();
    const body = { variantId: TOWEL_ID, quantity: 1 };
    await call("POST", `${path}/lines`, { headers, body });
    expect((await call("POST", `${path}/lines`, { headers, body })).json.lines[1].quantity).toBe(1);
    expect((await call("POST", `${path}/lines`, { headers, body: { ...body, quantity: 2 } })).status).toBe(
      422,
    );
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
    const path = `/api/carts/${(await call("POST", "/api/carts")).json.id}`;
    const answer = await call("POST", `${path}/lines`, { body, headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.json).toMatchObject({
      status,
      type: expect.stringMatching(/^\/problems\//),
      detail: expect.any(String),
    });
    expect((await call("GET", path)).json).toMatchObject({ version: 0, lines: [] });
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
    expect(await call(method, path, body === undefined ? {} : { body })).toMatchObject({
      status,
      json: { status },
    });
  });

  it("an empty cart, a stale cart, an unknown line", async () => {
    const empty = (await call("POST", "/api/carts")).json.id;
    expect(await call("POST", "/api/checkouts", { body: { cartId: empty } })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/cart-empty" },
    });
    const cartId = await cartWith();
    expect(await call("POST", "/api/checkouts", { body: { cartId, cartVersion: 0 } })).toMatchObject({
      status: 409,
      json: { type: "/problems/cart/version-conflict" },
    });
    expect(
      await call("PATCH", `/api/carts/${cartId}/lines/lin_none`, { body: { quantity: 1 } }),
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
    const { json } = await call("POST", "/api/checkouts", { body: { cartId: await cartWith() } });
    const answer = await call("PATCH", `/api/checkouts/${json.id}`, { body });
    expect(answer.status).toBe(422);
    expect(answer.json.errors.length).toBeGreaterThan(0);
    expect((await call("GET", `/api/checkouts/${json.id}`)).json).toMatchObject({
      version: json.version,
      missing: ["email", "address"],
    });
  });

  it.each([
    ["no key", TOKEN, {}, 400],
    ["no payment", {}, key("k"), 422],
    ["an unknown kind of payment", { payment: { kind: "card", number: "4242" } }, key("k"), 422],
    ["a token that is none", { payment: { kind: "token", token: "" } }, key("k"), 422],
    [
      "a way back to another site",
      { payment: { kind: "redirect", returnUrl: "https://evil.example/" } },
      key("k"),
      422,
    ],
    [
      "a way back that is a script",
      { payment: { kind: "redirect", returnUrl: "javascript:alert(1)" } },
      key("k"),
      422,
    ],
    [
      "a way back to a sister site",
      { payment: { kind: "redirect", cancelUrl: "//evil.example" } },
      key("k"),
      422,
    ],
    ["a fractional total", { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 1.5 } }, key("k"), 422],
    [
      "a total in another currency",
      { ...TOKEN, expectedTotal: { currency: "USD", amountMinor: 3890 } },
      key("k"),
      422,
    ],
  ])("placing with %s", async (_, body, headers, status) => {
    const { path } = await checkoutWith();
    expect((await call("POST", `${path}/place`, { body, headers })).status).toBe(status);
    expect((await call("GET", path)).json.status).toBe("open");
  });
});

describe("checkouts", () => {
  it("are quoted with tax, ways of delivery and what is missing", async () => {
    const { path } = await checkoutWith(2);
    const { json } = await call("GET", path);
    expect(json).toMatchObject({
      missing: [],
      total: { amountMinor: 6800 },
      delivery: { id: "post", price: { amountMinor: 0 } },
      address: { country: "DE" },
    });
    expect((await call("GET", `${path}/delivery-options`)).json.items).toHaveLength(1);
  });

  it("ask for an address again when the country changes, and say that nothing goes to Iceland", async () => {
    const { path } = await checkoutWith();
    expect((await call("PATCH", path, { body: { country: "AT" } })).json.missing).toEqual(["address"]);
    expect((await call("PATCH", path, { body: { country: "IS" } })).json.missing).toEqual([
      "address",
      "delivery",
    ]);
  });

  it("refuse to be placed while something is missing, and stay open", async () => {
    const { json } = await call("POST", "/api/checkouts", { body: { cartId: await cartWith() } });
    const answer = await call("POST", `/api/checkouts/${json.id}/place`, { body: TOKEN, headers: key() });
    expect(answer).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/checkout-incomplete", missing: ["email", "address"] },
    });
    expect((await call("GET", `/api/checkouts/${json.id}`)).json.status).toBe("open");
  });

  it("refuse a change for another version", async () => {
    const { path } = await checkoutWith();
    expect(
      (await call("PATCH", path, { body: { wantsNews: true }, headers: { "if-match": '"v1"' } })).status,
    ).toBe(412);
  });
});

describe("placing an order", () => {
  it("makes one order per key, gives the same reply again, and shows the order to whoever has its key", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    const headers = key();
    const first = await call("POST", `${path}/place`, { body: TOKEN, headers });
    expect(first).toMatchObject({
      status: 201,
      json: { status: "confirmed", orderNumber: expect.any(String) },
    });
    expect((await call("POST", `${path}/place`, { body: TOKEN, headers })).json).toEqual(first.json);
    const order = `/api/orders/${first.json.orderId}`;
    const shown = await call("GET", `${order}?key=${first.json.accessKey}`);
    expect(shown).toMatchObject({
      status: 200,
      json: { total: { amountMinor: 3890 }, tax: { amountMinor: 543 + 78 } },
    });
    expect(JSON.stringify(shown.json)).not.toContain("crt_");
    expect(JSON.stringify(shown.json)).not.toContain("chk_");
    expect(
      (await call("GET", order, { headers: { authorization: `Bearer ${first.json.accessKey}` } })).status,
    ).toBe(200);
    expect((await call("GET", order)).status).toBe(404);
    expect((await call("GET", `${order}?key=guess`)).status).toBe(404);
    expect(await env.STOCK.getByName(sku()).level()).toMatchObject({ onHand: 4, held: 0 });
  });

  it("makes one order out of two presses at once", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    const headers = key();
    const answers = await Promise.all(
      [1, 2, 3].map(() => call("POST", `${path}/place`, { body: TOKEN, headers })),
    );
    expect(
      new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.json.orderId)).size,
    ).toBe(1);
    expect(
      answers.every(
        (answer) => answer.status === 201 || answer.json.type === "/problems/orders/request-in-progress",
      ),
    ).toBe(true);
    expect(await env.STOCK.getByName(sku()).level()).toMatchObject({ onHand: 4 });
  });

  it("gives a second key the first one's order", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    const first = await call("POST", `${path}/place`, { body: TOKEN, headers: key() });
    const second = await call("POST", `${path}/place`, { body: TOKEN, headers: key() });
    expect(second).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/checkout-closed", orderId: first.json.orderId },
    });
  });

  it("refuses another body under the same key", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    const headers = key();
    await call("POST", `${path}/place`, { body: TOKEN, headers });
    const other = await call("POST", `${path}/place`, {
      body: { payment: { kind: "token", token: "other" } },
      headers,
    });
    expect(other).toMatchObject({ status: 422, json: { type: "/problems/checkout/idempotency-key-reused" } });
  });

  it("charges nothing when the total moved, says what moved it, and takes the new total under a new key", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    prices.change(sku(), { priceMinor: 3600 });
    const refused = await call("POST", `${path}/place`, { body: TOKEN, headers: key() });
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
    expect(await env.STOCK.getByName(sku()).level()).toMatchObject({ onHand: 5, held: 0 });
    const body = { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 4090 } };
    expect((await call("POST", `${path}/place`, { body, headers: key() })).status).toBe(201);
  });

  it("charges nothing when something sold out, names the line, and stays open", async () => {
    await stock(1);
    const { path, cartId } = await checkoutWith(2);
    const refused = await call("POST", `${path}/place`, { body: TOKEN, headers: key() });
    expect(refused).toMatchObject({
      status: 409,
      json: { type: "/problems/orders/out-of-stock", shortages: [{ requested: 2, available: 1 }] },
    });
    expect((await call("GET", path)).json.status).toBe("open");
    expect((await call("GET", `/api/carts/${cartId}`)).json.lines).toHaveLength(1);
  });

  it("leaves the checkout open when a refused order's key comes back with another body", async () => {
    await stock(1);
    const { path } = await checkoutWith(2);
    const headers = key();
    expect((await call("POST", `${path}/place`, { body: TOKEN, headers })).status).toBe(409);
    const other = { ...TOKEN, expectedTotal: { currency: "EUR", amountMinor: 6800 } };
    expect(await call("POST", `${path}/place`, { body: other, headers })).toMatchObject({
      status: 422,
      json: { type: "/problems/checkout/idempotency-key-reused" },
    });
    expect((await call("GET", path)).json.status).toBe("open");
  });

  it("refuses a cart that changed after the checkout was opened", async () => {
    await stock(5);
    const { path, cartId } = await checkoutWith();
    await call("POST", `/api/carts/${cartId}/lines`, { body: { variantId: TOWEL_ID, quantity: 1 } });
    expect(await call("POST", `${path}/place`, { body: TOKEN, headers: key() })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/cart-changed" },
    });
  });

  it("refuses what the shop has withdrawn", async () => {
    const { path } = await checkoutWith();
    prices.change(sku(), { productStatus: "archived" });
    expect(await call("POST", `${path}/place`, { body: TOKEN, headers: key() })).toMatchObject({
      status: 409,
      json: { type: "/problems/checkout/lines-unavailable" },
    });
  });

  it("gives the checkout back when prices cannot be read, and says that repeating helps", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    const headers = key();
    prices.isBroken = true;
    expect(await call("POST", `${path}/place`, { body: TOKEN, headers })).toMatchObject({
      status: 503,
      json: { type: "/problems/checkout/unavailable" },
    });
    prices.isBroken = false;
    expect((await call("POST", `${path}/place`, { body: TOKEN, headers })).status).toBe(201);
  });

  it("reads prices once on the way to an order", async () => {
    await stock(5);
    const { path } = await checkoutWith();
    prices.reads = 0;
    await call("POST", `${path}/place`, { body: TOKEN, headers: key() });
    expect(prices.reads).toBe(1);
  });
});
