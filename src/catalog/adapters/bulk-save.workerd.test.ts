import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { MAX_BULK_PRODUCTS } from "../domain/limits.ts";
import { createSearchReader } from "../../search/adapters/search-reader.ts";
import { catalogFixture, clearCatalog, must, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { applyStockFacts } from "./stock-projection.ts";

const { writer, reader, save } = catalogFixture(env.DB);

beforeEach(() => clearCatalog(env.DB));

const shirt = (handle: string, changes = {}) =>
  sampleProduct(handle, {
    title: `Shirt ${handle}`,
    options: ["Size"],
    variants: ["S", "M"].map((size) =>
      sampleVariant(`${handle}-${size}`, { optionValues: [size], barcode: `b-${handle}-${size}` }),
    ),
    pictures: [{ url: `/media/${handle}.svg`, alt: handle, width: 10, height: 20 }],
    tags: ["Linen"],
    collections: ["summer"],
    ...changes,
  });

/** All that the catalogue stores, without what no two saves share. */
const tables = async () => {
  const reads = [
    "SELECT handle, title, title_key, status, tags, options, price_min_minor, variant_count, availability_rank, featured_position, picture ->> 'url' AS picture, content_hash, version FROM products ORDER BY number",
    "SELECT p.handle, v.position, v.sku, v.barcode, v.option_values, v.title, v.price_minor, v.requires_shipping, v.media_id IS NULL AS bare FROM variants v JOIN products p ON p.number = v.product_number ORDER BY p.number, v.position",
    "SELECT p.handle, m.position, m.url, m.alt, m.width, m.height FROM media m JOIN products p ON p.number = m.product_number ORDER BY p.number, m.position",
    "SELECT c.handle AS collection, p.handle, cp.is_listed, cp.featured_position FROM collection_products cp JOIN collections c ON c.id = cp.collection_id JOIN products p ON p.number = cp.product_number ORDER BY c.handle, p.number",
    "SELECT handle, product_count FROM collections ORDER BY handle",
  ];
  const answers = await env.DB.batch(reads.map((sql) => env.DB.prepare(sql)));
  return answers.map(({ results }) => results);
};

const makeCollections = async () => {
  must(await writer.saveCollection(sampleCollection("summer")));
  must(
    await writer.saveCollection(
      sampleCollection("linen", { rule: { match: "all", conditions: [{ kind: "tag", tag: "linen" }] } }),
    ),
  );
};

describe("saving many products at once", () => {
  it("stores exactly what saving them one after another stores", async () => {
    const goods = ["one", "two", "three"].map((handle) => shirt(handle));
    await makeCollections();
    await applyStockFacts(env.DB, [stockFact("two-M", 9)]);
    for (const product of goods) await save(product);
    const oneByOne = await tables();
    await clearCatalog(env.DB);
    await makeCollections();
    await applyStockFacts(env.DB, [stockFact("two-M", 9)]);
    const saved = await writer.saveProducts(goods);
    expect(saved.map((answer) => must(answer).outcome)).toEqual(["created", "created", "created"]);
    expect(await tables()).toEqual(oneByOne);
    const found = must(await createSearchReader(env.DB).search({ query: "shirt", limit: 10 }));
    expect(found.items.map(({ handle }) => handle).toSorted()).toEqual(["one", "three", "two"]);
  });

  it("changes nothing the second time, and only what differs after that", async () => {
    await makeCollections();
    const goods = ["one", "two", "three"].map((handle) => shirt(handle));
    const first = (await writer.saveProducts(goods)).map(must);
    const before = await tables();
    const second = (await writer.saveProducts(goods)).map(must);
    expect(second.map(({ outcome }) => outcome)).toEqual(["same", "same", "same"]);
    expect(await tables()).toEqual(before);
    const third = (
      await writer.saveProducts([goods[0], shirt("two", { title: "Blouse" })].flatMap((p) => p ?? []))
    ).map(must);
    expect(third.map(({ outcome, version }) => [outcome, version])).toEqual([
      ["same", 1],
      ["changed", 2],
    ]);
    expect(third[1]?.productId).toBe(first[1]?.productId);
    expect(must(await reader.product("two")).title).toBe("Blouse");
  });

  it("answers a refused product in its place and saves its neighbours", async () => {
    await save(sampleProduct("old-name"));
    must(await writer.saveProduct(sampleProduct("new-name"), { currentHandle: "old-name" }));
    const answers = await writer.saveProducts([
      sampleProduct("good"),
      sampleProduct("bad", { title: "" }),
      sampleProduct("lost", { collections: ["nowhere"] }),
      sampleProduct("old-name"),
      sampleProduct("good-too"),
    ]);
    expect(answers.map((answer) => (answer.ok ? answer.value.outcome : answer.refusal.code))).toEqual([
      "created",
      "invalid_product",
      "invalid_product",
      "product_moved",
      "created",
    ]);
    must(await reader.product("good-too"));
  });

  it("lets the later one win of two with the same handle, as one after another would", async () => {
    const answers = await writer.saveProducts([
      sampleProduct("twice", { title: "First" }),
      sampleProduct("twice", { title: "Second" }),
    ]);
    expect(answers.map((answer) => must(answer).outcome)).toEqual(["created", "changed"]);
    expect(must(await reader.product("twice")).title).toBe("Second");
  });

  it("saves lists of the full length, however long their texts are", async () => {
    const long = `<p>${"wörd ".repeat(4_000)}</p>`;
    const goods = Array.from({ length: MAX_BULK_PRODUCTS }, (_, index) =>
      sampleProduct(`long-${index}`, { descriptionHtml: long }),
    );
    const outcomes = (await writer.saveProducts(goods)).map((answer) => must(answer).outcome);
    expect(outcomes).toEqual(goods.map(() => "created"));
    expect(must(await reader.product("long-99")).descriptionHtml).toBe(`<p>${"wörd ".repeat(4_000)}</p>`);
    expect(await writer.saveProducts([])).toEqual([]);
  });
});
