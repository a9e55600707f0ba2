import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { includedTaxMinor } from "#kernel";
import { createTaxDesk } from "../../src/pricing/adapters/tax-desk.ts";
import { SKU } from "../../test/support/every-route.ts";
import { address, call, desk, fillMarkets, send, shop, type Priced } from "../../test/support/market-shop.ts";

// A buyer whom staff know: their group's prices, their tax, and nobody else's page.

const staff = { authorization: `Bearer ${env.ADMIN_API_TOKEN}` };
async function asStaff<T>(method: string, path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? { headers: staff } : { body, headers: staff };
  const { status, text } = await send(method, `/admin/api${path}`, sent);
  expect(status, `${method} ${path}: ${text.slice(0, 300)}`).toBeLessThan(300);
  return JSON.parse(text) as T;
}
type Noted = { readonly id: string };
const linkOf = async ({ id }: Noted, isRenewed = false) => {
  const { href } = await asStaff<{ href: string }>("POST", `/customers/${id}/link`, { isRenewed });
  return {
    path: new URL(href).pathname + new URL(href).search,
    key: new URL(href).searchParams.get("key") ?? "",
  };
};
const cartOf = async (customer: Noted | undefined, quantity = 1): Promise<Priced> => {
  const { id } = await call<Priced>("POST", "/api/carts", {});
  if (customer) {
    const { key } = await linkOf(customer);
    await call("PUT", `/api/carts/${id}/customer`, { customerId: customer.id, key });
  }
  return call<Priced>("POST", `/api/carts/${id}/lines`, { sku: SKU, quantity });
};
const checkoutIn = async (cart: Priced, country: string) => {
  const { id } = await call<Priced>("POST", "/api/checkouts", { cartId: cart.id });
  const details = { email: "mira@example.com", country, address: address(country) };
  await call("PATCH", `/api/checkouts/${id}`, details);
  return { path: `/api/checkouts/${id}`, priced: await call<Priced>("GET", `/api/checkouts/${id}`) };
};

let trader: Noted;
beforeAll(async () => {
  await fillMarkets();
  await createTaxDesk(env.DB).saveCountry("AT", {
    rates: [{ country: "AT", taxClass: "standard", ratePpm: 200_000 }],
  });
  await createTaxDesk(env.DB).saveSettings({ originCountry: "DE", isAboveThreshold: true });
  await env.DB.prepare(
    "UPDATE delivery_methods SET countries = json('[\"DE\",\"AT\"]') WHERE method_id = 'post-DE'",
  ).run();
  await desk.saveList({
    listId: "trade",
    title: "Trade",
    kind: "price",
    status: "active",
    priority: 20,
    customerGroup: "trade",
    percentOffPpm: 500_000,
  });
  trader = await asStaff<Noted>("POST", "/customers", {
    email: "Trader@Example.com",
    customerGroup: "trade",
  });
});

describe("the group of a customer", () => {
  it("gives its prices to a cart that has shown the personal link, and to no other", async () => {
    const everybody = await cartOf(undefined);
    const theirs = await cartOf(trader);
    expect(theirs.items.amountMinor).toBeLessThan(everybody.items.amountMinor);
    expect((await cartOf(undefined)).items).toEqual(everybody.items);
  });

  it("holds up to the order, whose edits are priced alike", async () => {
    const cart = await cartOf(trader, 2);
    const { path, priced } = await checkoutIn(cart, "DE");
    const { orderId } = await call<{ orderId: string }>("POST", `${path}/place`, {
      payment: { kind: "manual", method: "bank_transfer" },
      expectedTotal: priced.total,
    });
    const view = await env.ORDERS.getByName(orderId as `ord_${string}`).view();
    expect(view.ok && view.value.draft).toMatchObject({
      customerId: trader.id,
      itemsMinor: cart.items.amountMinor,
    });
  });

  it("ends at once when staff take the customer out of it", async () => {
    const cart = await cartOf(trader);
    await asStaff("PUT", `/customers/${trader.id}`, { email: "trader@example.com" });
    const after = await call<Priced>("GET", `/api/carts/${cart.id}`);
    expect(after.items).toEqual((await cartOf(undefined)).items);
    await asStaff("PUT", `/customers/${trader.id}`, { email: "trader@example.com", customerGroup: "trade" });
  });

  it("comes with the link into the browser; the key leaves the address, and public pages stay the same", async () => {
    const page = async (headers: Record<string, string>) =>
      (await shop.visit(`/products/heron`, { headers })).text();
    const before = await page({});
    const { path } = await linkOf(trader);
    const welcome = await shop.visit(path, { redirect: "manual" });
    const cookie = welcome.headers.get("set-cookie") ?? "";
    expect([welcome.status, welcome.headers.get("location")]).toEqual([303, "/"]);
    expect(welcome.headers.get("cache-control")).toBe("private, no-store");
    expect(cookie).toMatch(/^kerbside_customer=cus_.*HttpOnly.*SameSite=Lax/);
    expect(await page({ cookie: cookie.split(";")[0] ?? "" })).toBe(before);
    const added = await shop.visit("/cart/lines", {
      method: "POST",
      redirect: "manual",
      headers: {
        cookie: cookie.split(";")[0] ?? "",
        origin: "https://shop.test",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ sku: SKU, quantity: "1" }),
    });
    const cartId = /kerbside_cart=(crt_[^;]+)/.exec(added.headers.get("set-cookie") ?? "")?.[1] ?? "";
    const cart = await call<Priced>("GET", `/api/carts/${cartId}`);
    expect(cart.items).toEqual((await cartOf(trader)).items);
  });

  it("is refused to whoever has a link that was renewed, or none", async () => {
    const old = await linkOf(trader);
    await linkOf(trader, true);
    const { id } = await call<Priced>("POST", "/api/carts", {});
    for (const key of [old.key, "guess"]) {
      const answer = await send("PUT", `/api/carts/${id}/customer`, { body: { customerId: trader.id, key } });
      expect([answer.status, answer.text]).toEqual([
        422,
        expect.stringContaining("/problems/cart/customer-unknown"),
      ]);
    }
    const stale = await shop.visit(old.path, { redirect: "manual" });
    expect([stale.status, stale.headers.get("set-cookie")]).toEqual([303, null]);
  });
});

describe("the tax of a customer", () => {
  const business = () =>
    asStaff<Noted>("POST", "/customers", {
      email: `${crypto.randomUUID()}@example.com`,
      taxStatus: "business",
      taxId: "AT U12345678",
    });

  it("is owed by a business itself in another country of the EU: nothing of it is charged, and the order says why", async () => {
    const everybody = await cartOf(undefined);
    const { path, priced } = await checkoutIn(await cartOf(await business()), "AT");
    expect(priced.tax.amountMinor).toBe(0);
    const [line] = everybody.lines;
    const grossMinor = line?.unitPrice.amountMinor ?? 0;
    expect(priced.items.amountMinor).toBe(grossMinor - includedTaxMinor(grossMinor, 200_000));
    expect(priced.total.amountMinor).toBe(priced.items.amountMinor + 490 - includedTaxMinor(490, 200_000));
    const { orderId } = await call<{ orderId: string }>("POST", `${path}/place`, {
      payment: { kind: "manual", method: "bank_transfer" },
      expectedTotal: priced.total,
    });
    const view = await env.ORDERS.getByName(orderId as `ord_${string}`).view();
    expect(view.ok && view.value.draft).toMatchObject({
      taxRelief: { reason: "reverse_charge", taxId: "ATU12345678" },
      taxMinor: 0,
      totalMinor: priced.total.amountMinor,
    });
  });

  it("is charged to a business at home as to everybody", async () => {
    const { priced } = await checkoutIn(await cartOf(await business()), "DE");
    const { priced: everybody } = await checkoutIn(await cartOf(undefined), "DE");
    expect(priced.total).toEqual(everybody.total);
    expect(priced.tax.amountMinor).toBeGreaterThan(0);
  });
});

describe("what staff note", () => {
  it.each([
    ["a business without a VAT id", { taxStatus: "business" }, "/taxId"],
    ["a VAT id that is none", { taxStatus: "business", taxId: "GB123456789" }, "/taxId"],
    ["an exemption without its number", { taxStatus: "exempt" }, "/taxId"],
    ["no address", { email: "nobody" }, "/email"],
  ])("is refused for %s", async (_, wrong, pointer) => {
    const body = { email: "new@example.com", ...wrong };
    const answer = await send("POST", "/admin/api/customers", { body, headers: staff });
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining(`"pointer":"${pointer}"`)]);
  });

  it("belongs to one customer per address, and is never overwritten unseen", async () => {
    const again = await send("POST", "/admin/api/customers", {
      body: { email: "TRADER@example.com" },
      headers: staff,
    });
    expect(again.status).toBe(409);
    const stale = await send("PUT", `/admin/api/customers/${trader.id}`, {
      body: { email: "trader@example.com" },
      headers: { ...staff, "if-match": '"v1"' },
    });
    expect(stale.status).toBe(412);
    const found = await asStaff<{ items: unknown[] }>("GET", "/customers?email=TRAD&customerGroup=trade");
    expect(found.items).toMatchObject([{ id: trader.id, email: "trader@example.com" }]);
  });
});
