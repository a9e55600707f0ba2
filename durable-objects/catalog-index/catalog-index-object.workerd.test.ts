import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { FacetDefinition, IndexQuery } from "#browse";
import { epochMs } from "#kernel";
import { facetDesk } from "../../src/browse/adapters/facet-table.ts";
import { queryLatestSequence } from "../../src/catalog/adapters/change-feed.ts";
import { applyStockFacts } from "../../src/catalog/adapters/stock-projection.ts";
import {
  catalogFixture,
  clearCatalog,
  must,
  stockFact,
  type CatalogFixture,
} from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";

let shop: CatalogFixture;
beforeEach(async () => {
  await clearCatalog(env.DB);
  await facetDesk(env.DB).save([]);
  shop = catalogFixture(env.DB);
});

const query = (changes: Partial<IndexQuery> = {}): IndexQuery => ({
  filters: { values: {} },
  sort: "featured",
  limit: 24,
  ...changes,
});
const print = (handle: string, sizes: readonly string[], collections: readonly string[] = []) =>
  sampleProduct(handle, {
    options: ["Size"],
    collections,
    variants: sizes.map((size) => sampleVariant(`${handle.toUpperCase()}-${size}`, { optionValues: [size] })),
  });

/** An index of its own, whose clock moves by hand. */
function index() {
  const stub = env.CATALOG_INDEX.getByName(`index:${crypto.randomUUID()}`);
  let at = epochMs(1_900_000_000_000);
  const world = (change: { laterMs?: number; isDatabaseDown?: boolean } = {}) =>
    runInDurableObject(stub, (instance) => {
      at = epochMs(at + (change.laterMs ?? 0));
      instance.clock = { now: () => at };
      if (change.isDatabaseDown !== undefined) instance.isDatabaseDown = change.isDatabaseDown;
      return instance.reads;
    });
  const ask = async (changes: Partial<IndexQuery> = {}) => {
    await world();
    return must(await stub.list(query(changes)));
  };
  return { stub, world, ask };
}

const handlesOf = async (numbers: readonly number[]): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    "SELECT p.handle FROM json_each(?1) n JOIN products p ON p.number = n.value ORDER BY n.key",
  )
    .bind(JSON.stringify(numbers))
    .all<{ handle: string }>();
  return results.map(({ handle }) => handle);
};

describe("a catalogue index object", () => {
  it("makes itself from the database when it is first asked", async () => {
    await shop.save(print("heron", ["A3", "A4"]));
    await shop.save(print("tide", ["A4"]));
    await shop.save(sampleProduct("draft", { status: "draft" }));
    const { ask } = index();
    const found = await ask({ filters: { values: { size: ["a3"] } } });
    expect(await handlesOf(found.numbers)).toEqual(["heron"]);
    expect(found).toMatchObject({ count: 1, total: 2, without: { size: 2 } });
    expect(found.facets.find(({ key }) => key === "size")?.values).toMatchObject([
      { label: "A3", count: 1, isSelected: true },
      { label: "A4", count: 2 },
    ]);
  });

  it("shows an edit, a new stock level, an archived product and a new member a second later", async () => {
    must(await shop.writer.saveCollection(sampleCollection("prints")));
    await shop.save(print("heron", ["A3"], ["prints"]));
    await shop.save(print("tide", ["A4"]));
    const { ask, world } = index();
    await ask();
    await shop.save(print("heron", ["A5"], ["prints"]));
    await shop.save(print("tide", ["A4"], ["prints"]));
    await shop.save(print("kiln", ["A5"]));
    await applyStockFacts(env.DB, [stockFact("KILN-A5", 40)]);
    await world({ laterMs: 1_000 });
    const found = await ask({ filters: { values: { size: ["a5"], stock: ["in-stock"] } } });
    expect(await handlesOf(found.numbers)).toEqual(["kiln"]);
    expect((await ask({ collection: "prints" })).count).toBe(2);
    must(await shop.writer.archiveProduct("tide"));
    await world({ laterMs: 1_000 });
    expect(await handlesOf((await ask({ collection: "prints" })).numbers)).toEqual(["heron"]);
  });

  it("takes over an edit at once when it is told to reach it, and says when it cannot", async () => {
    await shop.save(print("heron", ["A3"]));
    const { ask, stub, world } = index();
    expect([await stub.reach(1_000), await world()]).toEqual([true, 0]);
    await ask();
    await shop.save(print("tide", ["A3"]));
    const latest = await queryLatestSequence(env.DB);
    expect((await ask({ limit: 5 })).count).toBe(1);
    expect(await stub.reach(latest)).toBe(true);
    expect((await ask({ limit: 6 })).count).toBe(2);
    await world({ isDatabaseDown: true });
    expect(await stub.reach(latest + 1)).toBe(false);
  });

  it("reads the database once a second at most, however often it is asked", async () => {
    await shop.save(print("heron", ["A3"]));
    const { ask, world } = index();
    await ask();
    const before = await world();
    for (let time = 0; time < 20; time += 1) await ask({ limit: time + 1 });
    expect(await world()).toBe(before);
    await world({ laterMs: 1_000 });
    await Promise.all([ask(), ask({ limit: 3 }), ask({ limit: 4 })]);
    expect(await world()).toBe(before + 1);
  });

  it("wakes from its own copy and catches up, without reading the catalogue again", async () => {
    await shop.save(print("heron", ["A3"]));
    const { ask, stub, world } = index();
    const before = await ask();
    await shop.save(print("tide", ["A3"]));
    await evictDurableObject(stub);
    const after = await ask();
    expect([before.count, after.count]).toEqual([1, 2]);
    // One read of the changes.
    expect(await world()).toBe(1);
  });

  it("goes on with what it knows while the database is down, and says so when it knows nothing", async () => {
    await shop.save(print("heron", ["A3"]));
    const { ask, stub, world } = index();
    await world({ isDatabaseDown: true });
    expect(await stub.list(query())).toMatchObject({ ok: false, refusal: { code: "index_unready" } });
    await world({ isDatabaseDown: false, laterMs: 6_000 });
    expect((await ask()).count).toBe(1);
    await world({ isDatabaseDown: true, laterMs: 5_000 });
    expect((await ask()).count).toBe(1);
  });

  it("files everything anew when staff define their own facets, and gives them back when they ask", async () => {
    await shop.save(sampleProduct("heron", { tags: ["material:cotton"] }));
    await shop.save(sampleProduct("tide", { tags: ["material:linen"] }));
    const { ask, stub, world } = index();
    await ask();
    const own: FacetDefinition = {
      key: "stuff",
      label: "Material",
      sources: [{ kind: "tag", prefix: "material:" }],
      position: 1,
      isActive: true,
      valueOrder: "count",
    };
    await facetDesk(env.DB).save([own]);
    await world({ laterMs: 1_000 });
    await ask();
    await expect.poll(async () => (await ask()).facets.map(({ label }) => label)).toEqual(["Material"]);
    expect(await stub.facets()).toEqual([own]);
  });

  it("finds what it holds differently from the database, and mends it", async () => {
    for (const handle of ["heron", "tide", "kiln"]) await shop.save(print(handle, ["A3"]));
    const { ask, world } = index();
    await ask();
    // Written past the change feed, as no code of ours does.
    await env.DB.batch([
      env.DB.prepare("CREATE TABLE feed_copy AS SELECT * FROM catalog_changes"),
      env.DB.prepare("UPDATE products SET price_min_minor = 1, price_max_minor = 1 WHERE handle = 'tide'"),
      env.DB.prepare("DELETE FROM catalog_changes WHERE product_number > 0"),
      env.DB.prepare("INSERT INTO catalog_changes SELECT * FROM feed_copy"),
      env.DB.prepare("DROP TABLE feed_copy"),
    ]);
    const cheap = { filters: { values: {}, priceToMinor: 5 } };
    await world({ laterMs: 1_000 });
    expect((await ask(cheap)).count).toBe(0);
    await world({ laterMs: 30_000 });
    expect((await ask(cheap)).count).toBe(1);
  });

  it("begins anew after the database was put back in time", async () => {
    await shop.save(print("heron", ["A3"]));
    await shop.save(print("tide", ["A3"]));
    const { ask, world } = index();
    await ask();
    await env.DB.batch([
      env.DB.prepare("UPDATE products SET is_listed = 0 WHERE handle = 'tide'"),
      env.DB.prepare("DELETE FROM catalog_changes WHERE product_number > 0"),
      env.DB.prepare(
        "INSERT INTO catalog_changes (product_number, sequence) SELECT number, number FROM products",
      ),
    ]);
    await world({ laterMs: 1_000 });
    await ask();
    await expect.poll(async () => (await ask()).count).toBe(1);
  });
});
