import * as fc from "fast-check";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  call,
  desk,
  fillMarkets,
  market,
  PLACES,
  send,
  shownTo,
  type Money,
  type Priced,
} from "../../test/support/market-shop.ts";
import { createSandboxTester } from "../payment-sandbox/testing/sandbox-tester.ts";

// "Every price shown equals the price charged", from the product page to the provider's own book: lists × currencies of
// 0, 2 and 3 digits × tax in the price or on top × discounts × quantities.

const seed = Number(process.env["SEED"] ?? 20261130);
/** Orders placed in each market; each is a whole checkout. */
const ORDERS_PER_MARKET = 4;

const sandbox = createSandboxTester(env);

beforeAll(async () => {
  // Webhooks of the sandbox go nowhere; the order asks by itself.
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 })));
  await fillMarkets();
});
afterAll(() => void vi.unstubAllGlobals());

/** What the provider has booked for an order: sums by kind of movement. */
async function booked(orderId: string, wanted: string) {
  const book = async () =>
    (await sandbox.api(`/v1/ledger?reference=${orderId}`)).body["items"] as {
      readonly kind: string;
      readonly amount: Money;
    }[];
  await vi.waitFor(async () => expect((await book()).some(({ kind }) => kind === wanted)).toBe(true), {
    timeout: 10_000,
    interval: 50,
  });
  return Object.fromEntries((await book()).map(({ kind, amount }) => [kind, amount]));
}

describe("every price shown is the price charged, in the provider's own book", () => {
  it.each(PLACES)("in $currency", { timeout: 60_000 }, async (place) => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 4, 5, 7, 11, 12, 20),
        fc.constantFrom([], ["SEVENTH"], ["ODD"]),
        async (quantity, codes) => {
          const { unitPrice, cart, checkout, path } = await shownTo(place, quantity, codes);
          expect(unitPrice?.currency).toBe(place.currency);
          const itemsMinor = (unitPrice?.amountMinor ?? 0) * quantity;
          for (const priced of [cart, checkout]) {
            expect(priced.lines[0]?.unitPrice).toEqual(unitPrice);
            expect(priced.items.amountMinor).toBe(itemsMinor);
            expect(priced.discount.amountMinor > 0).toBe(codes.length > 0);
          }
          const taxMinor = place.isTaxAdded ? checkout.tax.amountMinor : 0;
          expect(checkout.total.amountMinor).toBe(
            itemsMinor - checkout.discount.amountMinor + place.deliveryMinor + taxMinor,
          );
          const { orderId } = await call<{ orderId: string }>("POST", `${path}/place`, {
            payment: { kind: "token", token: "tok_approve" },
            expectedTotal: checkout.total,
          });
          const view = await env.ORDERS.getByName(orderId as `ord_${string}`).view();
          if (!view.ok) throw new Error("The order is not there.");
          const { draft } = view.value;
          expect(
            draft.lines.map(({ unitPriceMinor, quantity: units }) => ({ unitPriceMinor, units })),
          ).toEqual([{ unitPriceMinor: unitPrice?.amountMinor, units: quantity }]);
          const linesMinor = draft.lines.reduce(
            (sum, line) => sum + line.totalMinor + (line.addedTaxMinor ?? 0),
            0,
          );
          const { priceMinor, addedTaxMinor = 0 } = draft.delivery;
          expect(linesMinor + priceMinor + addedTaxMinor).toBe(checkout.total.amountMinor);
          const book = await booked(orderId, "captured");
          expect(book["authorised"]).toEqual(checkout.total);
          expect(book["captured"]).toEqual(checkout.total);
        },
      ),
      { seed, numRuns: ORDERS_PER_MARKET },
    );
  });

  it("in a market too, a price that rises after it was quoted is told before anything is paid", async () => {
    const [, swiss] = PLACES;
    if (!swiss) throw new Error("There is a second place.");
    const { path, checkout } = await shownTo(swiss, 2, []);
    await desk.saveMarket({
      ...market(swiss, 1_100_000),
      marketId: "ch",
      locales: ["de-CH"],
      defaultLocale: "de-CH",
    });
    const refused = await send("POST", `${path}/place`, {
      body: { payment: { kind: "token", token: "tok_approve" }, expectedTotal: checkout.total },
    });
    const now = await call<Priced>("GET", path);
    expect(now.total.amountMinor).toBeGreaterThan(checkout.total.amountMinor);
    const problem = JSON.parse(refused.text) as Record<string, unknown>;
    expect([refused.status, problem["type"]]).toEqual([409, "/problems/checkout/total-changed"]);
    expect(refused.text).toContain(`"amountMinor":${now.total.amountMinor}`);
    expect(refused.text).toContain('"currency":"CHF"');
    const { orderId } = await call<{ orderId: string }>("POST", `${path}/place`, {
      payment: { kind: "token", token: "tok_approve" },
      expectedTotal: now.total,
    });
    expect((await booked(orderId, "captured"))["captured"]).toEqual(now.total);
  });
});
