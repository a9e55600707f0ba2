import { beforeAll, describe, expect, it } from "vitest";
import { useShop } from "../support/shop-harness.ts";
import {
  ask,
  askAll,
  expectOk,
  readyCheckout,
  until,
  type Answer,
  type Ask,
  type Cart,
  type Checkout,
} from "../support/shop-client.ts";

// A client that got no answer sends its request again. Nothing may happen twice, and it gets the answer that it missed.

const harness = useShop();
const SKU = "KE-PR-HERON-A4-OAK";
const UNITS = 1_000;
const CATALOGUE_MS = 20_000;

let origin: string;
let staff: Readonly<Record<string, string>>;

beforeAll(async () => {
  origin = harness.shop.url;
  staff = { authorization: `Bearer ${harness.shop.adminToken}` };
  await expectOk(origin, adjust("start", { kind: "counted", quantity: UNITS, reason: "test" }));
  // The catalogue hears of new units a moment later.
  await until(availability, (word) => word === "in_stock", CATALOGUE_MS);
});

async function availability(): Promise<string | undefined> {
  const { variants } = await expectOk<{ variants: { sku: string; availability: string }[] }>(origin, {
    path: "/api/products/heron",
  });
  return variants.find(({ sku }) => sku === SKU)?.availability;
}

const adjust = (key: string, json: unknown): Ask => ({
  method: "POST",
  path: `/admin/api/stock/${SKU}/adjustments`,
  json,
  headers: { ...staff, "idempotency-key": key },
});

const onHand = async (): Promise<number> =>
  (await expectOk<{ onHand: number }>(origin, { path: `/admin/api/stock/${SKU}`, headers: staff })).onHand;

const checkoutOf = (email: string, quantity = 1): Promise<Checkout> =>
  readyCheckout(origin, [{ sku: SKU, quantity }], email);

const placing = (checkout: Checkout, key: string, token = "tok_approve"): Ask => ({
  method: "POST",
  path: `/api/checkouts/${checkout.id}/place`,
  json: { payment: { kind: "token", token } },
  headers: { "idempotency-key": key },
});

const ordersOf = async (email: string): Promise<number> => {
  // The list is seconds behind; an order too many would come with the others.
  await new Promise((settle) => setTimeout(settle, 1_500));
  return (await askAll(origin, { path: `/admin/api/orders?q=${encodeURIComponent(email)}`, headers: staff }))
    .length;
};

/** A second answer is the first one's twin, but for the name of its own request. */
function expectSame(again: Answer<unknown>, first: Answer<unknown>): void {
  const { instance: _, ...was } = first.body as Record<string, unknown>;
  const { instance: __, ...is } = again.body as Record<string, unknown>;
  expect([again.status, is]).toEqual([first.status, was]);
}

async function newCart(): Promise<Cart> {
  const cart = await expectOk<Cart>(origin, { method: "POST", path: "/api/carts", json: {} });
  return expectOk(origin, {
    method: "POST",
    path: `/api/carts/${cart.id}/lines`,
    json: { sku: SKU, quantity: 2 },
  });
}

type Case = readonly [what: string, prepare: () => Promise<Ask>, other: unknown];

const CASES: readonly Case[] = [
  [
    "opening a cart",
    async () => ({ method: "POST", path: "/api/carts", json: { lines: [{ sku: SKU, quantity: 1 }] } }),
    { lines: [{ sku: SKU, quantity: 2 }] },
  ],
  [
    "adding units",
    async () => ({
      method: "POST",
      path: `/api/carts/${(await newCart()).id}/lines`,
      json: { sku: SKU, quantity: 1 },
    }),
    { sku: SKU, quantity: 2 },
  ],
  [
    "setting a quantity",
    async () => {
      const cart = await newCart();
      return {
        method: "PATCH",
        path: `/api/carts/${cart.id}/lines/${cart.lines[0]?.id ?? ""}`,
        json: { quantity: 3 },
      };
    },
    { quantity: 4 },
  ],
  [
    "opening a checkout",
    async () => ({ method: "POST", path: "/api/checkouts", json: { cartId: (await newCart()).id } }),
    undefined,
  ],
  [
    "giving details",
    async () => ({
      method: "PATCH",
      path: `/api/checkouts/${(await checkoutOf("details@twice.example")).id}`,
      json: { email: "a@twice.example" },
    }),
    { email: "b@twice.example" },
  ],
  [
    "placing an order",
    async () => placing(await checkoutOf("one@twice.example"), "unused"),
    { payment: { kind: "token", token: "tok_decline" } },
  ],
];

describe.each(CASES)("%s", (what, prepare, other) => {
  it("twice under one key is done once, with the same reply; under a key of another request it is refused", async () => {
    const key = `twice-${what.replaceAll(" ", "-")}`;
    const request = await prepare();
    const keyed = { ...request, headers: { ...request.headers, "idempotency-key": key } };
    const first = await ask(origin, keyed);
    expect(Math.floor(first.status / 100)).toBe(2);
    expectSame(await ask(origin, keyed), first);
    const quoted = { ...keyed, headers: { ...keyed.headers, "idempotency-key": `"${key}"` } };
    expectSame(await ask(origin, quoted), first);
    if (other === undefined) return;
    const reused = await ask<{ type: string }>(origin, { ...keyed, json: other });
    expect([reused.status, reused.body.type]).toEqual([422, "/problems/checkout/idempotency-key-reused"]);
    expectSame(await ask(origin, keyed), first);
  });
});

describe("removing a line", () => {
  it("twice under one key gives the same reply", async () => {
    const cart = await newCart();
    const request: Ask = {
      method: "DELETE",
      path: `/api/carts/${cart.id}/lines/${cart.lines[0]?.id ?? ""}`,
      headers: { "idempotency-key": "twice-removing" },
    };
    const first = await ask(origin, request);
    expect(first.status).toBe(200);
    expectSame(await ask(origin, request), first);
  });
});

describe("a stock adjustment", () => {
  it("ten times at once under one key moves the units once", async () => {
    const before = await onHand();
    const request = adjust("ten", { kind: "received", quantity: 7, reason: "delivery" });
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(origin, request)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await onHand()).toBe(before + 7);
  });
});

describe("an order", () => {
  it("placed ten times at once under one key exists once, and everybody gets the same reply or is told to wait", async () => {
    const checkout = await checkoutOf("ten@twice.example", 3);
    const before = await onHand();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ask(origin, placing(checkout, "ten-at-once"))),
    );
    const placed = answers.filter(({ status }) => status === 201);
    const others = answers.filter(({ status }) => status !== 201);
    expect(placed.length).toBeGreaterThan(0);
    expect(new Set(placed.map(({ text }) => text)).size).toBe(1);
    expect(others.filter(({ status }) => status !== 409)).toEqual([]);
    expect(await ordersOf("ten@twice.example")).toBe(1);
    expect(await onHand()).toBe(before - 3);
  });

  it("placed under ten keys at once from one checkout exists once", async () => {
    const checkout = await checkoutOf("keys@twice.example", 2);
    const before = await onHand();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => ask(origin, placing(checkout, `one-of-ten-${index}`))),
    );
    expect(answers.filter(({ status }) => status === 201).length).toBe(1);
    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    expect(await ordersOf("keys@twice.example")).toBe(1);
    expect(await onHand()).toBe(before - 2);
  });

  it("that was declined is declined again under its key, and can be paid under a new one", async () => {
    const checkout = await checkoutOf("declined@twice.example");
    const before = await onHand();
    const first = await ask(origin, placing(checkout, "declined", "tok_decline"));
    expect(first.status).toBe(402);
    expectSame(await ask(origin, placing(checkout, "declined", "tok_decline")), first);
    expect((await ask(origin, placing(checkout, "declined-then-paid"))).status).toBe(201);
    expectSame(await ask(origin, placing(checkout, "declined", "tok_decline")), first);
    expect(await onHand()).toBe(before - 1);
  });

  it("that is called off twice is called off once", async () => {
    const checkout = await checkoutOf("cancel@twice.example");
    const placed = await expectOk<{ orderId: string; accessKey: string }>(origin, {
      ...placing(checkout, "to-cancel"),
      json: { payment: { kind: "redirect" } },
    });
    const request: Ask = {
      method: "POST",
      path: `/api/orders/${placed.orderId}/cancel`,
      headers: { authorization: `Bearer ${placed.accessKey}` },
    };
    const answers = [await ask<Checkout>(origin, request), await ask<Checkout>(origin, request)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of answers) expect(["releasing", "cancelled"]).toContain(body.status);
  });
});
