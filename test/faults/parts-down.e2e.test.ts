import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { WORKERS } from "../../scripts/lib/workers.ts";
import { gather, judgeBooks, unsettled, type Witnesses } from "../crash/oracle.ts";
import { breakShop, useBreakableShop } from "../support/breakable-shop-harness.ts";
import { stockUp, witnessesOf } from "../support/stock-up.ts";
import { ask, expectOk, readyCheckout, until, type Ask, type Placed } from "../support/shop-client.ts";
import type { Faults } from "./switchboard.ts";

// One part of the shop is broken while people buy. The others go on, and the backlog drains by itself, each effect once (P4).

const SKU = "KE-PR-HERON-A4-NONE";
const UNITS = 1_000;
/** Buyers while a part is down. */
const BUYERS = 2;
/** Milliseconds in which the backlog has to be gone after the part is back. */
const DRAIN_MS = 90_000;

/** Buyers who may find out that the provider is down before everybody is told so. */
const MOST_FINDERS = 8;
/** Milliseconds until a provider that is back is asked again. */
const REOPEN_MS = 20_000;

const harness = useBreakableShop();
let witnesses: Witnesses;
let buyers = 0;

beforeAll(async () => {
  witnesses = witnessesOf(harness.shop);
  await stockUp(witnesses, SKU, UNITS);
});

afterEach(() => breakShop(harness.shop, {}));

async function buy(token = "tok_approve") {
  buyers += 1;
  const checkout = await readyCheckout(
    witnesses.origin,
    [{ sku: SKU, quantity: 1 }],
    `b${buyers}@down.example`,
  );
  const placing: Ask = {
    method: "POST",
    path: `/api/checkouts/${checkout.id}/place`,
    json: { payment: { kind: "token", token }, expectedTotal: checkout.total },
    headers: { "idempotency-key": `down-${buyers}` },
  };
  return { checkout, placing, answer: await ask<Placed>(witnesses.origin, placing) };
}

async function query<Row>(sql: string): Promise<readonly Row[]> {
  const db = await harness.shop.shop.getD1Database("DB", WORKERS.storefront.name);
  return (await db.prepare(sql).all<Row>()).results;
}

/** What has not reached its place yet, one line each. */
async function backlog(orderIds: readonly string[]): Promise<readonly string[]> {
  const lines = [...(await unsettled(witnesses, [SKU], orderIds))];
  for (const id of orderIds) {
    const mails = await query<{ template: string }>(`SELECT template FROM mails WHERE order_id = '${id}'`);
    if (mails.length === 0) lines.push(`${id} has no mail`);
    const parcels = await query(`SELECT parcel_id FROM parcels WHERE order_id = '${id}'`);
    if (parcels.length === 0) lines.push(`${id} has no parcel`);
  }
  return lines;
}

/** Effects that came more than once. */
const doubled = async (): Promise<readonly unknown[]> => [
  ...(await query("SELECT order_id, template FROM mails GROUP BY order_id, template HAVING count(*) > 1")),
  ...(await query("SELECT order_id FROM parcels GROUP BY order_id HAVING count(*) > 1")),
];

const BROKEN: readonly (readonly [what: string, faults: Partial<Faults>])[] = [
  ["D1 refusing writes", { d1: "refuse-writes" }],
  ["D1 answering nothing but the price check", { d1: "prices-only" }],
  ["D1 stalling every write", { d1: "stall-writes" }],
  ["D1 writing and losing the reply", { d1: "lost-reply" }],
  ["all queues down", { queues: "down" }],
  ["the fulfilment Worker throwing", { worker: "down" }],
  ["the mailer down", { d1: "no-mail" }],
];

describe.each(BROKEN)("F11: with %s", (_, faults) => {
  it(
    "people go on buying, and the backlog drains by itself, each effect once",
    { timeout: 60_000 + DRAIN_MS },
    async () => {
      await breakShop(harness.shop, faults);
      const orderIds: string[] = [];
      for (let index = 0; index < BUYERS; index += 1) {
        const { answer } = await buy();
        expect([answer.status, answer.body.status], answer.text).toEqual([201, "confirmed"]);
        orderIds.push(answer.body.orderId);
      }
      await breakShop(harness.shop, {});
      const mendedAt = performance.now();
      const left = await until(
        () => backlog(orderIds),
        (waiting) => waiting.length === 0,
        DRAIN_MS,
      );
      expect(left).toEqual([]);
      console.log(`drained after ${Math.round(performance.now() - mendedAt)} ms`);
      expect(await doubled()).toEqual([]);
      expect(judgeBooks(await gather(witnesses, [SKU]), new Map([[SKU, UNITS]]))).toEqual([]);
    },
  );
});

describe("F11: with D1 answering nothing but the price check", () => {
  it("pages and lists that need it say so with a 503 that can be tried again", async () => {
    await breakShop(harness.shop, { d1: "prices-only" });
    const paths = ["/admin/api/orders", "/api/products?limit=7", "/search?q=tile"];
    for (const path of paths) {
      const headers = { authorization: `Bearer ${witnesses.adminToken}` };
      const { status, headers: replied } = await ask(witnesses.origin, { path, headers });
      if (status === 200) continue;
      expect([path, status, replied.has("retry-after")]).toEqual([path, 503, true]);
    }
  });
});

describe("F28: with the payment provider down", () => {
  const spoil = (mode: string, count: number) =>
    expectOk(witnesses.paymentOrigin, {
      method: "POST",
      path: "/v1/faults",
      json: { mode, count },
      headers: { authorization: `Bearer ${witnesses.paymentKey}` },
    });

  const pay = (request: Ask) => ask<Placed & { readonly type?: string }>(witnesses.origin, request);

  it("buyers soon get a clear 503, nothing is charged, nothing stays held, and the refused are served afterwards", async () => {
    await spoil("down", 10_000);
    const bought = [];
    // The first ones find out that it is down: what became of their payment is unknown, and looked into.
    while (bought.length < MOST_FINDERS && bought.at(-1)?.answer.status !== 503) bought.push(await buy());
    const refused = [bought.at(-1), await buy()].filter((each) => each !== undefined);
    for (const { answer } of refused) {
      expect([answer.status, Reflect.get(answer.body, "type")]).toEqual([
        503,
        "/problems/orders/payment-unavailable",
      ]);
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    await spoil("down", 0);
    for (const { placing } of refused) {
      // A refused order is over, and its reply is kept under its key; the checkout is open for a new one.
      let tries = 0;
      const again = (): Ask => ({
        ...placing,
        headers: { "idempotency-key": `${placing.path}-${(tries += 1)}` },
      });
      const served = await until(
        () => pay(again()),
        ({ status }) => status === 201,
        REOPEN_MS,
      );
      expect([served.status, served.body.status], served.text).toEqual([201, "confirmed"]);
    }
    const left = await until(
      () => unsettled(witnesses, [SKU]),
      (waiting) => waiting.length === 0,
      DRAIN_MS,
    );
    expect(left).toEqual([]);
    expect(judgeBooks(await gather(witnesses, [SKU]), new Map([[SKU, UNITS]]))).toEqual([]);
  }, 180_000);
});
