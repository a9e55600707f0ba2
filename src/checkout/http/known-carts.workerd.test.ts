import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { CartRpc } from "#cart";
import { checkoutApp, jsonCaller } from "../../../test/support/checkout-app.ts";
import { FakePrices, HERON_ID, TOWEL_ID } from "../../../test/support/fake-prices.ts";

const ADDRESS = { fullName: "Mira Beispiel", line1: "Lindenallee 12", postalCode: "10405", city: "Berlin" };

/** One isolate of the storefront: what it remembers of carts is its own, and the calls it makes to them are counted. */
function isolate(prices: FakePrices) {
  const { app, ports } = checkoutApp(prices);
  const calls: string[] = [];
  // What happens elsewhere just before a call reaches the cart, once.
  const before = new Map<string, () => Promise<unknown>>();
  const carts = {
    // A stub has the object's methods, whatever its type says (`objectNamespace`).
    getByName: (name: string) =>
      new Proxy(env.CARTS.getByName(name) as unknown as CartRpc, {
        get(cart, method: keyof CartRpc) {
          return async (...input: readonly unknown[]): Promise<unknown> => {
            calls.push(method);
            const elsewhere = before.get(method);
            before.delete(method);
            await elsewhere?.();
            // Called on the stub itself: it is no ordinary object.
            return (cart as unknown as Record<string, (...all: readonly unknown[]) => unknown>)[method]?.(
              ...input,
            );
          };
        },
      }),
  };
  Object.assign(ports, { carts });
  return { call: jsonCaller(app), calls, before };
}

let one: ReturnType<typeof isolate>;
let other: ReturnType<typeof isolate>;

beforeEach(() => {
  const prices = new FakePrices();
  one = isolate(prices);
  other = isolate(prices);
});

const lines = (cartId: string): string => `/api/carts/${cartId}/lines`;
const heron = (quantity: number) => ({ body: { variantId: HERON_ID, quantity } });

async function openedBy(shop: typeof one): Promise<{ cartId: string; path: string }> {
  const cartId = (await shop.call("POST", "/api/carts")).json["id"] as string;
  await shop.call("POST", lines(cartId), heron(1));
  const { json } = await shop.call("POST", "/api/checkouts", { body: { cartId } });
  return { cartId, path: `/api/checkouts/${String(json["id"])}` };
}

describe("an isolate that knows a cart", () => {
  it("opens it with goods and its checkout with all details in two calls", async () => {
    const lines = [{ sku: "HERON-A3", quantity: 1 }];
    const { json } = await one.call("POST", "/api/carts", { body: { lines } });
    const details = { email: "mira@example.com", country: "DE", address: ADDRESS, deliveryMethodId: "post" };
    await one.call("POST", "/api/checkouts", { body: { cartId: json["id"], ...details } });
    expect(one.calls).toEqual(["open", "openCheckout"]);
  });

  it("leaves a country that was chosen elsewhere, when it opens the checkout once more", async () => {
    const { cartId, path } = await openedBy(one);
    expect((await other.call("PATCH", path, { body: { country: "FR" } })).json["country"]).toBe("FR");
    // Its postcode would do in Germany, too, which this isolate takes for the country.
    const address = { ...ADDRESS, postalCode: "75001", city: "Paris" };
    const given = await one.call("POST", "/api/checkouts", { body: { cartId, address } });
    expect(given).toMatchObject({ status: 201, json: { country: "FR", address: { country: "FR" } } });
  });

  it("leaves a country that is chosen while it opens the checkout once more", async () => {
    const { cartId, path } = await openedBy(one);
    one.before.set("openCheckout", () => other.call("PATCH", path, { body: { country: "FR" } }));
    const again = await one.call("POST", "/api/checkouts", { body: { cartId, email: "mira@example.com" } });
    expect(again.json).toMatchObject({ email: "mira@example.com", country: "FR" });
  });

  it("changes it, opens its checkout and changes that with one call each", async () => {
    const { path } = await openedBy(one);
    expect(one.calls).toEqual(["open", "addLine", "openCheckout"]);
    one.calls.length = 0;
    const details = { email: "mira@example.com", country: "DE", address: ADDRESS };
    expect((await one.call("PATCH", path, { body: details })).status).toBe(200);
    expect(one.calls).toEqual(["patchCheckout"]);
  });

  it("reads it anew when another isolate was faster, and loses nothing of either", async () => {
    const cartId = (await one.call("POST", "/api/carts")).json["id"] as string;
    await one.call("POST", lines(cartId), heron(1));
    await other.call("POST", lines(cartId), { body: { variantId: TOWEL_ID, quantity: 2 } });
    one.calls.length = 0;
    const both = await one.call("POST", lines(cartId), heron(2));
    expect(one.calls).toEqual(["addLine", "view", "addLine"]);
    expect(both.json).toMatchObject({
      version: 3,
      lines: [
        { variantId: HERON_ID, quantity: 3 },
        { variantId: TOWEL_ID, quantity: 2 },
      ],
    });
  });

  it("keeps an address that came by another isolate", async () => {
    const { path } = await openedBy(one);
    await other.call("PATCH", path, { body: { country: "AT", address: { ...ADDRESS, postalCode: "1010" } } });
    const named = await one.call("PATCH", path, { body: { email: "mira@example.com" } });
    expect(named.json).toMatchObject({ email: "mira@example.com", country: "AT" });
    const seen = await other.call("GET", path);
    expect(seen.json).toMatchObject({ address: { postalCode: "1010" }, total: named.json["total"] });
  });

  it("opens the checkout of the cart as it is, not as it was", async () => {
    const cartId = (await one.call("POST", "/api/carts")).json["id"] as string;
    await one.call("POST", lines(cartId), heron(1));
    await other.call("POST", lines(cartId), heron(3));
    const { json } = await one.call("POST", "/api/checkouts", { body: { cartId } });
    expect(json).toMatchObject({ lines: [{ quantity: 4 }] });
  });

  it("refuses a version that is old, and says which one holds", async () => {
    const cartId = (await one.call("POST", "/api/carts")).json["id"] as string;
    await one.call("POST", lines(cartId), heron(1));
    await other.call("POST", lines(cartId), heron(1));
    const stale = await one.call("POST", "/api/checkouts", { body: { cartId, cartVersion: 1 } });
    expect([stale.status, stale.json["version"]]).toEqual([409, 2]);
  });
});
