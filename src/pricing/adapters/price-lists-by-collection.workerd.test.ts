import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createCatalogWriter } from "../../catalog/adapters/catalog-writer.ts";
import { clearCatalog, must } from "../../catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../catalog/testing/samples.ts";
import { createPriceDesk } from "./price-desk.ts";
import { resolveQueued } from "./price-resolver.ts";

const options = { db: env.DB, shopCurrency: "EUR", now: () => 1_795_000_000_000 };
const desk = createPriceDesk(options);
const writer = createCatalogWriter(env.DB, { currency: "EUR", sanitise: (html) => html });
const OFF = {
  listId: "prints-off",
  title: "A fifth off prints",
  kind: "sale",
  status: "active",
  priority: 1,
  percentOffPpm: 200_000,
  collection: "prints",
} as const;

const save = (handle: string, collections: readonly string[]) =>
  writer.saveProduct(
    sampleProduct(handle, {
      collections: [...collections],
      variants: [sampleVariant(handle.toUpperCase(), { priceMinor: 1_000 })],
    }),
    { currentHandle: handle },
  );
const priceOf = async (handle: string) => {
  await resolveQueued(options);
  return env.DB.prepare("SELECT price_min_minor AS price FROM products WHERE handle = ?1")
    .bind(handle)
    .first("price");
};

beforeEach(async () => {
  await clearCatalog(env.DB);
  await env.DB.batch(
    ["price_lists", "resolved_prices", "price_history", "price_work"].map((table) =>
      env.DB.prepare(`DELETE FROM ${table} WHERE true`),
    ),
  );
  for (const handle of ["prints", "papers"]) must(await writer.saveCollection(sampleCollection(handle)));
  await save("heron", ["prints"]);
  await save("tide", ["papers"]);
});

describe("a percentage off one collection", () => {
  it("is taken off its products and off no other", async () => {
    must(await desk.saveList(OFF));
    expect([await priceOf("heron"), await priceOf("tide")]).toEqual([800, 1_000]);
  });

  it("follows a product that comes into the collection, and one that leaves it", async () => {
    must(await desk.saveList(OFF));
    await save("tide", ["papers", "prints"]);
    await save("heron", []);
    expect([await priceOf("heron"), await priceOf("tide")]).toEqual([1_000, 800]);
  });

  it("stays with the collection when that gets another handle", async () => {
    must(await desk.saveList(OFF));
    must(await writer.saveCollection(sampleCollection("art"), { currentHandle: "prints" }));
    const list = must(await desk.list("prints-off"));
    expect([list.list.collection, await priceOf("heron")]).toEqual(["art", 800]);
  });

  it("is refused for a collection that there is not", async () => {
    const saved = await desk.saveList({ ...OFF, collection: "moon" });
    expect(saved).toMatchObject({
      ok: false,
      refusal: { code: "invalid_terms", mistakes: [{ field: "collection" }] },
    });
  });
});
