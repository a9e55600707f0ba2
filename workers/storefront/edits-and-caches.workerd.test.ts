import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { CATALOGUE_TAG } from "#catalog";
import { CONTENT_TAG } from "#content";
import { followChanges } from "#edge-cache";
import { changeFollower } from "../fulfilment/purge-consumer.ts";
import { reachIndexes } from "./purge-object.ts";
import { publicShop } from "../../test/support/public-shop.ts";
import { CACHE_STATUS_HEADER } from "../../test/support/workers-cache.ts";
import { createContentStore } from "../../src/content/adapters/content-store.ts";
import { tagsOfWrite } from "../../src/edge-cache/http/purge-after-write.ts";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import { catalogFixture, clearCatalog, must, stockFact } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";

const { writer, save } = catalogFixture(env.DB);
const heron = (priceMinor: number) =>
  sampleProduct("heron", {
    title: "Heron",
    collections: ["prints"],
    variants: [sampleVariant("HRN-1", { priceMinor })],
  });
const clock = { now: 1_900_000_000_000 };

async function shopWithHeron() {
  const shop = publicShop(() => clock.now);
  let position = await follow(0, () => undefined);
  async function follow(from: number, purge: (tags: readonly string[]) => void): Promise<number> {
    let reached = from;
    const purges = {
      position: () => Promise.resolve(from),
      ask: (request: { readonly tags: readonly string[]; readonly position?: number }) => {
        purge(request.tags);
        reached = request.position ?? from;
        return Promise.resolve();
      },
    };
    await followChanges({ ...changeFollower(env as unknown as FulfilmentEnv), purges }, []);
    return reached;
  }
  return {
    shop,
    see: async (path: string) => {
      const answer = await shop.visit(path);
      return { status: answer.headers.get(CACHE_STATUS_HEADER), text: await answer.text() };
    },
    /** What the purge queue and the purge object do after a save. */
    purge: async () => {
      const tags: string[] = [];
      position = await follow(position, (changed) => void tags.push(...changed));
      await reachIndexes(env as unknown as StorefrontEnv, position);
      shop.cache.purge("Catalogue", tags);
    },
  };
}

beforeEach(async () => {
  await clearCatalog(env.DB);
  await env.DB.batch(
    ["tax_rates", "delivery_methods", "content_documents"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE true`),
    ),
  );
  await env.DB.batch([
    env.DB.prepare("INSERT INTO tax_rates (country, tax_class, rate_ppm) VALUES ('DE', 'standard', 190000)"),
    env.DB.prepare(
      `INSERT INTO delivery_methods (method_id, name, carrier, countries, currency, price_minor, min_days, max_days, cutoff_hour, position, is_active)
       VALUES ('post', 'Standard', 'Post', '["DE"]', 'EUR', 490, 2, 4, 15, 1, 1)`,
    ),
  ]);
  must(await writer.saveCollection(sampleCollection("prints", { title: "Prints" })));
  await save(heron(2200));
  await applyStockFacts(env.DB, [stockFact("HRN-1", 9)]);
  clock.now += 86_400_000;
});

/** What staff have written: blocks of the home page, a page that there was and a new one. */
async function writeTexts(): Promise<void> {
  const texts = createContentStore(env.DB, { sanitise: (html) => html, nowMs: () => clock.now });
  const none = { text: "", href: "", label: "", collection: "", pictureUrl: "", pictureAlt: "" };
  must(await texts.saveHome([{ ...none, kind: "hero", title: "Pressed by hand" }], 0));
  for (const handle of ["about", "presses"]) {
    const bodyHtml = "<p>Pressed by hand</p>";
    must(await texts.savePage({ handle, title: "Our presses", description: "", bodyHtml }, 0));
  }
}

const PAGES = [
  "/products/heron",
  "/collections/prints",
  "/search?q=heron",
  "/",
  "/api/products/heron",
  "/api/search?q=heron",
];
const OLD = /22[.,]00|2200/;
const NEW = /34[.,]00|3400/;

describe("an edit", () => {
  it.each(PAGES)(
    "shows on %s as soon as its tags are purged, long before the copy grows old",
    async (path) => {
      const { see, purge } = await shopWithHeron();
      expect((await see(path)).text).toMatch(OLD);
      must(await writer.saveProduct(heron(3400), { currentHandle: "heron" }));
      expect((await see(path)).text).toMatch(OLD);
      await purge();
      const after = (await see(path)).text;
      expect(after).toMatch(NEW);
      expect(after).not.toMatch(OLD);
    },
  );

  it.each(PAGES)("shows on %s within a minute even when no purge goes through", async (path) => {
    const { see } = await shopWithHeron();
    await see(path);
    must(await writer.saveProduct(heron(3400), { currentHandle: "heron" }));
    clock.now += 60_001;
    expect((await see(path)).text).toMatch(NEW);
  });

  it("of its collections takes a product's card off the list that it has left", async () => {
    const { see, purge } = await shopWithHeron();
    expect((await see("/collections/prints")).text).toContain("Heron");
    must(await writer.saveProduct({ ...heron(2200), collections: [] }, { currentHandle: "heron" }));
    await purge();
    expect((await see("/collections/prints")).text).not.toContain("/products/heron");
  });

  it.each([
    ["/admin/content/home", "/", "Pressed by hand"],
    ["/admin/content/pages", "/pages/about", "Pressed by hand"],
    ["/admin/content/pages", "/sitemap/pages.xml", "/pages/presses"],
  ])("by %s shows on %s as soon as its tag is purged", async (form, path, words) => {
    const { shop, see } = await shopWithHeron();
    expect((await see(path)).text).not.toContain(words);
    await writeTexts();
    expect((await see(path)).text).not.toContain(words);
    const tags = tagsOfWrite(form, { everything: CATALOGUE_TAG, content: CONTENT_TAG });
    shop.cache.purge("Catalogue", tags ?? []);
    expect((await see(path)).text).toContain(words);
    expect(tags).toEqual([CONTENT_TAG]);
  });

  it("leaves the pages of other products where they are", async () => {
    await save(sampleProduct("tide"));
    const { see, purge } = await shopWithHeron();
    expect((await see("/api/products/tide")).status).toBe("MISS");
    must(await writer.saveProduct(heron(3400), { currentHandle: "heron" }));
    await purge();
    expect((await see("/api/products/tide")).status).toBe("HIT");
  });
});

describe("a price that changes while a copy of the page still shows the old one", () => {
  it("is never charged unseen: the checkout refuses with the new total, and nothing is ordered", async () => {
    const { shop, see } = await shopWithHeron();
    expect((await see("/products/heron")).text).toMatch(OLD);
    const send = async (method: string, path: string, body: object) => {
      const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      const answer = await shop.visit(path, { method, headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json<Record<string, unknown>>() };
    };
    const cart = await send("POST", "/api/carts", {});
    await send("POST", `/api/carts/${String(cart.body["id"])}/lines`, { sku: "HRN-1", quantity: 1 });
    const opened = await send("POST", "/api/checkouts", { cartId: cart.body["id"] });
    const checkout = `/api/checkouts/${String(opened.body["id"])}`;
    const address = { fullName: "Ada", line1: "Lindenallee 1", city: "Berlin", postalCode: "10115" };
    await send("PATCH", checkout, { email: "ada@example.com", country: "DE", address });
    await send("PATCH", checkout, { deliveryMethodId: "post" });
    must(await writer.saveProduct(heron(3400), { currentHandle: "heron" }));
    expect((await see("/products/heron")).text).toMatch(OLD);

    const placed = await send("POST", `${checkout}/place`, {
      payment: { kind: "token", token: "tok_approve" },
      expectedTotal: { currency: "EUR", amountMinor: 2690 },
    });
    expect(placed.status).toBe(409);
    expect(placed.body["type"]).toMatch(/total-changed$/);
    expect(JSON.stringify(placed.body)).toContain("3890");
    const orders = await env.DB.prepare("SELECT count(*) AS count FROM orders").first<{ count: number }>();
    expect(orders?.count).toBe(0);
  });
});
