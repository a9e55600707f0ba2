import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addedTaxMinor } from "#pricing";
import {
  address,
  call,
  fillMarkets,
  PLACES,
  send,
  shownTo,
  type Place,
  type Priced,
} from "../../test/support/market-shop.ts";

// What staff write or change costs in a market what a shopper would pay there.

beforeAll(async () => {
  // Webhooks of the sandbox go nowhere; the order asks by itself.
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status: 204 })));
  await fillMarkets();
});
afterAll(() => void vi.unstubAllGlobals());

const staff = { authorization: `Bearer ${env.ADMIN_API_TOKEN}` };

async function asStaff<T>(method: string, path: string, body: unknown, headers = {}) {
  const answer = await send(method, `/admin/api${path}`, { body, headers: { ...staff, ...headers } });
  expect(answer.status, `${method} ${path}: ${answer.text.slice(0, 300)}`).toBeLessThan(300);
  return { json: JSON.parse(answer.text) as T, etag: answer.headers.get("etag") ?? "" };
}

type Drafted = Priced & { readonly market?: string; readonly isTaxAdded: boolean; readonly missing: unknown };

const variantOf = async () => {
  const { variants } = await call<{ variants: { id: string }[] }>("GET", "/api/products/heron");
  return variants[0]?.id ?? "";
};

const draftBody = async ({ currency, country }: Place, quantity: number) => ({
  currency,
  country,
  email: "mira@example.com",
  address: address(country),
  lines: [{ variantId: await variantOf(), quantity }],
  deliveryMethodId: `post-${country}`,
});

describe("a draft order", () => {
  it.each(PLACES)("in $currency costs what a shopper is shown there, at every step", async (place) => {
    for (const quantity of [1, 12]) {
      const { checkout } = await shownTo(place, quantity, []);
      const { json } = await asStaff<Drafted>("POST", "/draft-orders", await draftBody(place, quantity));
      expect(json).toMatchObject({
        missing: [],
        isTaxAdded: place.isTaxAdded,
        items: checkout.items,
        tax: checkout.tax,
        total: checkout.total,
      });
      expect(json.market).toBe(place.marketId === "home" ? undefined : place.marketId);
    }
  });

  it("refuses a currency that is not its market's, and a market that there is not", async () => {
    const [, swiss] = PLACES;
    const body = await draftBody(swiss ?? ({} as Place), 1);
    for (const [wrong, pointer] of [
      [{ ...body, market: "ch", currency: "EUR" }, "/currency"],
      [{ ...body, currency: "USD" }, "/currency"],
      [{ ...body, market: "moon" }, "/market"],
    ] as const) {
      const answer = await send("POST", "/admin/api/draft-orders", { body: wrong, headers: staff });
      expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(`"pointer":"${pointer}"`)]);
    }
  });
});

describe("an edit of a placed order", () => {
  it.each(PLACES)("in $currency adds a line at the market's price, with its tax", async (place) => {
    const { checkout, path } = await shownTo(place, 1, []);
    const { orderId } = await call<{ orderId: string }>("POST", `${path}/place`, {
      payment: { kind: "token", token: "tok_approve" },
      expectedTotal: checkout.total,
    });
    const order = env.ORDERS.getByName(orderId as `ord_${string}`);
    const isConfirmed = async () => {
      const view = await order.view();
      expect(view.ok && view.value.status).toBe("confirmed");
    };
    await vi.waitFor(isConfirmed, { timeout: 10_000, interval: 50 });
    const { checkout: twelve } = await shownTo(place, 12, []);
    const { json } = await asStaff<{ difference: Priced["total"]; total: Priced["total"] }>(
      "POST",
      `/orders/${orderId}/edits/preview`,
      {
        editId: "edit-1",
        reason: "The buyer wants a dozen more",
        added: [{ variantId: await variantOf(), quantity: 12 }],
        payment: { kind: "bank_transfer" },
      },
    );
    const lineTaxMinor = place.isTaxAdded ? addedTaxMinor(twelve.items.amountMinor, place.taxRatePpm) : 0;
    expect(json.difference).toEqual({
      currency: place.currency,
      amountMinor: twelve.items.amountMinor + lineTaxMinor,
    });
  });
});
