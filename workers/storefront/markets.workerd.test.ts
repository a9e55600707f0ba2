import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createPriceDesk } from "../../src/pricing/adapters/price-desk.ts";
import type { StockFact } from "#catalog";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { PRICE_MEMORY_MS } from "../../src/checkout/limits.ts";
import { fillCatalogue, HANDLE, SKU } from "../../test/support/every-route.ts";
import { publicShop } from "../../test/support/public-shop.ts";

// One shop, three markets, sales and steps: what is shown anywhere is what is charged.

const shop = publicShop(() => Date.now());
const options = { db: env.DB, shopCurrency: "EUR", now: () => Date.now() };
const desk = createPriceDesk(options);
const KUWAIT = {
  marketId: "kw",
  name: "Kuwait",
  currency: "KWD",
  countries: ["KW"],
  defaultLocale: "en-KW",
  locales: ["en-KW"],
  pricesIncludeTax: true,
  rounding: { stepMinor: 50, endingMinor: 0 },
  exchangeRatePpm: 330_000,
  pathPrefix: "kw",
  isDefault: false,
};
const JAPAN = {
  ...KUWAIT,
  marketId: "jp",
  name: "Japan",
  currency: "JPY",
  countries: ["JP"],
  defaultLocale: "en-JP",
  locales: ["en-JP"],
  rounding: { stepMinor: 10, endingMinor: 0 },
  exchangeRatePpm: 160_000_000,
  pathPrefix: "jp",
};

const STOCKED: StockFact = {
  sku: SKU,
  onHand: 100,
  held: 0,
  damaged: 0,
  safety: 0,
  incoming: 0,
  inTransit: 0,
  available: 100,
  orderable: 100,
  arrangement: 0,
  policy: { kind: "deny" },
  version: 1,
  changedAtMs: 1_780_000_000_000,
};

beforeAll(async () => {
  await fillCatalogue();
  await applyStockFacts(env.DB, [STOCKED]);
  await desk.saveMarket(KUWAIT);
  await desk.saveMarket(JAPAN);
  await desk.saveList({
    listId: "sale",
    title: "Sale",
    kind: "sale",
    status: "active",
    priority: 5,
    percentOffPpm: 150_000,
  });
  await desk.saveList({ listId: "steps", title: "Steps", kind: "price", status: "active", priority: 9 });
  await desk.putEntries("steps", [
    { sku: SKU, minQuantity: 5, price: { kind: "percent", percentOffPpm: 200_000 } },
    { sku: SKU, minQuantity: 12, price: { kind: "percent", percentOffPpm: 300_000 } },
  ]);
});

type Money = { readonly currency: string; readonly amountMinor: number };
type Line = { readonly unitPrice: Money; readonly total: Money };
type Cart = {
  readonly id: string;
  readonly lines: readonly Line[];
  readonly items: Money;
  readonly total: Money;
};
type Product = {
  readonly currency: string;
  readonly priceMinMinor?: number;
  readonly variants: readonly {
    readonly price: Money;
    readonly priceSteps?: readonly { readonly minQuantity: number; readonly price: Money }[];
  }[];
};

let keys = 0;
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await shop.visit(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: { "content-type": "application/json", "idempotency-key": `markets-${(keys += 1)}` },
  });
  const text = await answer.text();
  expect(answer.status, `${method} ${path}: ${text.slice(0, 300)}`).toBeLessThan(300);
  return JSON.parse(text) as T;
}
const page = async (path: string) => {
  const answer = await shop.visit(path, {});
  return { status: answer.status, html: await answer.text() };
};

describe("a market in the path", () => {
  it("shows its prices, its tax words, and links that stay in it", async () => {
    const { status, html } = await page(`/ch-de/products/${HANDLE}`);
    expect(status).toBe(200);
    expect(html).toContain("CHF");
    expect(html).not.toContain("€");
    expect(html).toContain('href="/ch-de/collections/prints"');
    expect(html).not.toMatch(/<a [^>]*href="\/(?:products|collections)\/(?![^>]*hreflang)/);
    expect(html).toContain('href="/cart"');
    expect(html).toContain('<input type="hidden" name="market" value="ch"');
    expect(html).toMatch(/<link rel="canonical" href="[^"]*\/ch-de\/products\/heron"/);
    expect(html).toMatch(/<link rel="alternate" hreflang="en-GB" href="[^"]*\/products\/heron"/);
  });

  it("has its first page, and its address without the last slash leads there", async () => {
    expect((await page("/ch-de/")).status).toBe(200);
    const short = await shop.visit("/ch-de", { redirect: "manual" });
    expect([short.status, short.headers.get("location")]).toEqual([301, "/ch-de/"]);
  });

  it.each([
    ["/ch-de/collections/prints?filter.size=A3", "/ch-de/collections/prints?filter.size=a3"],
    ["/ch-de/search?q=heron&filter.size=A3", "/ch-de/search?q=heron&filter.size=a3"],
    ["/ch-de/collections/prints?after=nonsense", "/ch-de/collections/prints"],
    ["/collections/prints?filter.size=A3", "/collections/prints?filter.size=a3"],
  ])("is not left by a page that leads on: %s", async (path, target) => {
    const answer = await shop.visit(path, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe(target);
  });

  it.each(["/zz-de/products/heron", "/ch-it/", "/xx/collections/prints"])(
    "is not found at %s",
    async (path) => {
      expect((await page(path)).status).toBe(404);
    },
  );
});

describe("every price shown is the price charged", () => {
  const markets = [
    { marketId: "home", prefix: "", currency: "EUR" },
    { marketId: "ch", prefix: "/ch-de", currency: "CHF" },
    { marketId: "jp", prefix: "/jp-en", currency: "JPY" },
    { marketId: "kw", prefix: "/kw-en", currency: "KWD" },
  ];

  it.each(markets)(
    "in $currency, on card, product page, cart and checkout, at every quantity",
    async (market) => {
      const product = await call<Product>("GET", `${market.prefix}/api/products/${HANDLE}`);
      const listed = await call<{ items: { handle: string; priceMin: Money }[] }>(
        "GET",
        `${market.prefix}/api/products?limit=100`,
      );
      const card = listed.items.find((one) => one.handle === HANDLE);
      const [variant] = product.variants;
      expect(variant?.price.currency).toBe(market.currency);
      expect(card?.priceMin).toEqual(variant?.price);
      const steps = variant?.priceSteps ?? [];
      expect(steps.map((step) => step.minQuantity)).toEqual([1, 5, 12]);
      for (const quantity of [1, 4, 5, 11, 12, 20]) {
        const shown = [...steps].reverse().find((step) => step.minQuantity <= quantity)?.price;
        const opened = await call<Cart>("POST", "/api/carts", { market: market.marketId });
        const cart = await call<Cart>("POST", `/api/carts/${opened.id}/lines`, { sku: SKU, quantity });
        expect(cart.lines[0]?.unitPrice).toEqual(shown);
        const checkout = await call<Cart>("POST", "/api/checkouts", { cartId: cart.id });
        expect(checkout.lines[0]?.unitPrice).toEqual(shown);
        expect(checkout.items).toEqual({
          currency: market.currency,
          amountMinor: (shown?.amountMinor ?? 0) * quantity,
        });
        const lines = [{ sku: SKU, quantity }];
        const atOnce = await call<Cart>("POST", "/api/checkouts", { market: market.marketId, lines });
        expect(atOnce.items).toEqual(checkout.items);
      }
    },
  );

  it("moves a cart to another market in sight, and back to the same amounts", async () => {
    const opened = await call<Cart>("POST", "/api/carts", {});
    const before = await call<Cart>("POST", `/api/carts/${opened.id}/lines`, { sku: SKU, quantity: 6 });
    const moved = await call<Cart>("PUT", `/api/carts/${opened.id}/market`, { market: "ch" });
    expect(moved.items.currency).toBe("CHF");
    const back = await call<Cart>("PUT", `/api/carts/${opened.id}/market`, { market: "home" });
    expect(back.items).toEqual(before.items);
  });

  it("catches a list that ends while somebody checks out", async () => {
    const opened = await call<Cart>("POST", "/api/carts", { market: "ch" });
    const cart = await call<Cart>("POST", `/api/carts/${opened.id}/lines`, { sku: SKU, quantity: 1 });
    await env.DB.prepare("UPDATE price_lists SET ends_at_ms = ?1 WHERE id = 'sale'")
      .bind(Date.now() - 1)
      .run();
    await env.DB.prepare("UPDATE resolved_prices SET valid_until_ms = ?1")
      .bind(Date.now() - 1)
      .run();
    await vi.waitFor(
      async () => {
        const later = await call<Cart>("GET", `/api/carts/${cart.id}`);
        expect(later.items.amountMinor).toBeGreaterThan(cart.items.amountMinor);
        expect(later.lines[0]).toMatchObject({ notices: [{ code: "price_changed" }] });
      },
      // What a cart shows may be two seconds old.
      { timeout: 2 * PRICE_MEMORY_MS, interval: 200 },
    );
  });
});
