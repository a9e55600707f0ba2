import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { fillCatalogue, HANDLE, SKU, staffCookie } from "../../test/support/every-route.ts";
import { publicShop } from "../../test/support/public-shop.ts";
import { withStaleReplica } from "../../test/support/stale-replica.ts";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { catalogFixture, must, stockFact } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";

// F11: a replica of the database may be as late as it likes. Time stands far ahead, so that no cache answers instead of it.
const clock = { now: Date.now() };
const replica = withStaleReplica(env.DB);
const shop = publicShop(() => clock.now, replica.db);
const { writer } = catalogFixture(env.DB);
const PAGES = [
  `/products/${HANDLE}`,
  "/collections/prints",
  `/search?q=${HANDLE}`,
  "/",
  "/sitemap.xml",
  `/api/products/${HANDLE}`,
];
const OLD = /22[.,]00|2200/;
const NEW = /34[.,]00|3400/;

async function see(path: string, headers: Record<string, string> = {}): Promise<string> {
  clock.now += 86_400_000;
  const answer = await shop.visit(path, { headers });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
}

const send = async (method: string, path: string, body: object) => {
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await shop.visit(path, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json<Record<string, unknown>>() };
};

beforeAll(async () => {
  await fillCatalogue();
  await applyStockFacts(env.DB, [stockFact(SKU, 9)]);
  for (const path of PAGES) await see(path);
  const edited = sampleProduct(HANDLE, {
    title: "Heron",
    collections: ["prints"],
    variants: [sampleVariant(SKU, { priceMinor: 3400 })],
  });
  must(await writer.saveProduct(edited, { currentHandle: HANDLE }));
});

describe("while the nearest replica has not seen an edit", () => {
  it.each(PAGES)("%s is made from the replica, and is what it was", async (path) => {
    const text = await see(path);
    // The sitemap names no price, and search asks with the time, so each of its questions is a new one to the replica.
    if (path !== "/sitemap.xml" && !path.startsWith("/search")) expect(text).toMatch(OLD);
    expect(replica.asked()).toBeGreaterThan(0);
  });

  it("a product that the replica does not know yet is not there, and is kept by nobody", async () => {
    await shop.visit("/products/new-one");
    must(await writer.saveProduct(sampleProduct("new-one")));
    const answer = await shop.visit("/products/new-one");
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([404, "private, no-store"]);
  });

  it("staff see their own edit at once, because the back office reads the primary", async () => {
    const cookie = await staffCookie(shop);
    expect(await see(`/admin/products/${HANDLE}`, { cookie })).toMatch(NEW);
    const text = await see(`/admin/api/products/${HANDLE}`, {
      authorization: `Bearer ${env.ADMIN_API_TOKEN}`,
    });
    expect(text).toMatch(NEW);
  });

  it("the cart and the checkout count with the truth", async () => {
    const cart = await send("POST", "/api/carts", {});
    await send("POST", `/api/carts/${String(cart.body["id"])}/lines`, { sku: SKU, quantity: 1 });
    const shown = await shop.visit(`/api/carts/${String(cart.body["id"])}`);
    expect(await shown.text()).toMatch(NEW);
    const opened = await send("POST", "/api/checkouts", { cartId: cart.body["id"] });
    expect(opened.status).toBe(201);
    expect(JSON.stringify(opened.body)).toMatch(NEW);
    expect(JSON.stringify(opened.body)).not.toMatch(OLD);
  });
});
