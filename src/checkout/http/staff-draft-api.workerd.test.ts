import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import { epochMs, mintId } from "#kernel";
import type { OrderRpc } from "#orders";
import { newTraceparent, objectNamespace } from "#platform";
import { wallClock } from "#shipping";
import type { Market } from "#pricing";
import type { WebEnv } from "#web";
import { jsonCaller } from "../../../test/support/checkout-app.ts";
import { FakePrices, HERON_ID, TOWEL_ID } from "../../../test/support/fake-prices.ts";
import { createNames } from "../adapters/names.ts";
import { createStaffDraftStore } from "../adapters/staff-draft-table.ts";
import type { StaffDraftPorts } from "../app/staff-draft-desk.ts";
import { createStaffDraftApi } from "./staff-draft-api.ts";

const ADDRESS = { fullName: "Mira Sand", line1: "Hafenweg 2", city: "Bremen", postalCode: "28195" };
const whole = (prices: FakePrices) => ({
  currency: "EUR",
  country: "DE",
  email: "mira@example.com",
  address: ADDRESS,
  lines: [{ variantId: HERON_ID, quantity: 2 }],
  discount: { label: "For the wait", amountMinor: 101 },
  deliveryMethodId: prices.methods[0]?.methodId ?? "",
});

const HOME: Market = {
  marketId: "home",
  name: "Home",
  currency: "EUR",
  countries: [],
  defaultLocale: "en-GB",
  locales: ["en-GB"],
  pricesIncludeTax: true,
  rounding: { stepMinor: 1, endingMinor: 0 },
  exchangeRatePpm: 1_000_000,
  pathPrefix: "",
  isDefault: true,
};

let prices: FakePrices;
let send: ReturnType<typeof jsonCaller>;

beforeEach(async () => {
  prices = new FakePrices();
  const ports: StaffDraftPorts = {
    drafts: createStaffDraftStore(env.DB),
    orders: objectNamespace<OrderRpc>(env.ORDERS),
    prices,
    names: createNames("test-session-secret"),
    markets: () => Promise.resolve([HOME]),
    shop: { currency: "EUR", country: "DE", locale: "en-GB", ownLocale: "en-GB", timeZone: "Europe/Berlin" },
    mintDraftId: () => mintId("drf", epochMs(Date.now())),
    now: () => epochMs(Date.now()),
    wallClock: wallClock("Europe/Berlin"),
  };
  const app = new Hono<WebEnv>();
  app.use("*", async (c, next) => {
    c.set("requestId", "req_test");
    c.set("traceparent", newTraceparent());
    await next();
  });
  app.route(
    "/",
    createStaffDraftApi({
      portsOf: () => ports,
      actorOf: () => "staff:test",
      shopOrigin: () => "https://shop.test",
      cardProvider: () => "fake",
    }),
  );
  send = jsonCaller(app);
  for (const { sku } of prices.variants) {
    const call = { traceparent: newTraceparent(), actor: "test" };
    await env.STOCK.getByName(sku).adjust(
      { adjustmentId: "opening", kind: "counted", quantity: 100, reason: "count" },
      call,
    );
  }
});

const start = async (body: object = whole(prices)) => {
  const { json, headers } = await send("POST", "/draft-orders", { body });
  return { id: String(json["id"]), etag: headers.get("etag") ?? "", json };
};
const manual = { payment: { kind: "manual", method: "bank_transfer" } };

describe("an order that staff write", () => {
  test("may lack everything, and says what it lacks", async () => {
    const { json } = await start({ currency: "EUR", country: "DE", lines: [] });
    expect(json).toMatchObject({
      status: "open",
      version: 1,
      missing: ["lines", "email", "address", "delivery"].slice(0, 3),
      total: { amountMinor: expect.any(Number) as number },
    });
  });

  test("adds up with a discount that is split to the last cent", async () => {
    const { json } = await start({
      ...whole(prices),
      lines: [
        { variantId: HERON_ID, quantity: 1 },
        { variantId: TOWEL_ID, quantity: 2 },
      ],
    });
    const lines = json["lines"] as { total: { amountMinor: number }; discount: { amountMinor: number } }[];
    const sum = lines.reduce((all, line) => all + line.total.amountMinor, 0);
    expect(lines.reduce((all, line) => all + line.discount.amountMinor, 0)).toBe(101);
    expect(sum + Number(json["delivery"].amountMinor)).toBe(json["total"].amountMinor);
    expect(json["missing"]).toEqual([]);
  });

  test("honours a price that staff agreed to", async () => {
    const { json } = await start({
      ...whole(prices),
      lines: [{ variantId: HERON_ID, quantity: 3, unitPriceMinor: 700 }],
    });
    expect(json["items"]).toEqual({ currency: "EUR", amountMinor: 2_100 });
  });

  test("is changed by whoever has seen the last version only", async () => {
    const { id, etag } = await start();
    const body = { ...whole(prices), lines: [{ variantId: HERON_ID, quantity: 1 }] };
    expect(await send("PUT", `/draft-orders/${id}`, { body })).toMatchObject({ status: 428 });
    const changed = await send("PUT", `/draft-orders/${id}`, { body, headers: { "if-match": etag } });
    expect(changed).toMatchObject({ status: 200, json: { version: 2 } });
    expect(await send("PUT", `/draft-orders/${id}`, { body, headers: { "if-match": etag } })).toMatchObject({
      status: 412,
      json: { version: 2 },
    });
  });

  test("becomes one order, however often and from however many desks it is placed", async () => {
    const { id, etag } = await start();
    const place = () =>
      send("POST", `/draft-orders/${id}/place`, {
        body: { payment: { kind: "link" } },
        headers: { "if-match": etag },
      });
    const answers = await Promise.all([place(), place(), place()]);
    const orderIds = new Set(
      answers.filter(({ status }) => status === 201).map(({ json }) => String(json["orderId"])),
    );
    expect(orderIds.size).toBe(1);
    expect(answers.every(({ status }) => [201, 409, 412].includes(status))).toBe(true);
    const again = await place();
    expect(again).toMatchObject({ status: 201, json: { orderId: [...orderIds][0] } });
    const { json } = await send("GET", `/draft-orders/${id}`);
    expect(json).toMatchObject({ status: "placed", orderId: [...orderIds][0] });
  });

  test("opens again when the goods are gone, and can be placed after it was mended", async () => {
    const { id, etag } = await start({ ...whole(prices), lines: [{ variantId: HERON_ID, quantity: 5_000 }] });
    const refused = await send("POST", `/draft-orders/${id}/place`, {
      body: { payment: { kind: "link" } },
      headers: { "if-match": etag },
    });
    expect(refused).toMatchObject({ status: 409, json: { type: "/problems/orders/out-of-stock" } });
    const open = await send("GET", `/draft-orders/${id}`);
    expect(open.json).toMatchObject({ status: "open" });
    expect(open.json["orderId"]).toBeUndefined();
    const mended = await send("PUT", `/draft-orders/${id}`, {
      body: whole(prices),
      headers: { "if-match": open.headers.get("etag") ?? "" },
    });
    const placed = await send("POST", `/draft-orders/${id}/place`, {
      body: { payment: { kind: "link" } },
      headers: { "if-match": mended.headers.get("etag") ?? "" },
    });
    expect(placed.status).toBe(201);
  });

  test("is not placed while something is missing or not sold any more", async () => {
    const { id, etag } = await start({
      currency: "EUR",
      country: "DE",
      lines: [{ variantId: "var_gone", quantity: 1 }],
    });
    const refused = await send("POST", `/draft-orders/${id}/place`, {
      body: manual,
      headers: { "if-match": etag },
    });
    expect(refused).toMatchObject({ status: 409, json: { type: "/problems/checkout/draft-incomplete" } });
    expect(refused.json["unknownLineIds"]).toHaveLength(1);
  });

  test("ends when it is given up, once and for all", async () => {
    const { id, etag } = await start();
    const cancel = () => send("POST", `/draft-orders/${id}/cancel`, { headers: { "if-match": etag } });
    expect(await cancel()).toMatchObject({ status: 200, json: { status: "cancelled" } });
    expect(await cancel()).toMatchObject({ status: 200, json: { status: "cancelled" } });
    const placed = await send("POST", `/draft-orders/${id}/place`, {
      body: manual,
      headers: { "if-match": '"v2"' },
    });
    expect(placed).toMatchObject({ status: 409, json: { draftStatus: "cancelled" } });
  });

  test("names the fields that are wrong", async () => {
    const answer = await send("POST", "/draft-orders", {
      body: { ...whole(prices), email: "nobody", address: { fullName: "" } },
    });
    expect(answer.status).toBe(422);
    const pointers = (answer.json["errors"] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers).toContain("/email");
    expect(pointers.some((pointer) => pointer.startsWith("/address/"))).toBe(true);
  });

  test("is listed by state, the last changed first", async () => {
    const { id } = await start();
    const list = await send("GET", "/draft-orders?status=open&limit=1");
    expect(list.json["items"]).toMatchObject([{ id, status: "open", lineCount: 1 }]);
    expect(await send("GET", "/draft-orders?cursor=nonsense")).toMatchObject({ status: 422 });
  });
});
