import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "#kernel";
import type { CollectionRule } from "../contract-model.ts";
import { createSearchReader } from "../../search/adapters/search-reader.ts";
import { catalogFixture, clearCatalog, must, START_MS, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { expireNewest } from "./rule-steps.ts";
import { applyStockFacts } from "./stock-projection.ts";

const byTag = (tag: string): CollectionRule => ({ match: "all", conditions: [{ kind: "tag", tag }] });
const byAge = (days: number): CollectionRule => ({ match: "all", conditions: [{ kind: "new", days }] });

const { writer, reader, clock, save } = catalogFixture(env.DB);
const handlesOf = (page: { readonly items: readonly { readonly handle: string }[] }) =>
  page.items.map(({ handle }) => handle);
const members = async (collection: string) =>
  handlesOf(must(await reader.products({ collection, sort: "featured", limit: 100 })));
const countOf = async (handle: string) => must(await reader.collection(handle)).productCount;

beforeEach(() => clearCatalog(env.DB));

const tea = sampleProduct("tea-towel", {
  title: "Tea towel",
  options: ["Colour"],
  variants: [
    sampleVariant("TEA-RED", {
      optionValues: ["Red"],
      priceMinor: 1800,
      compareAtMinor: 2400,
      lowest30DaysMinor: 2000,
    }),
    sampleVariant("TEA-BLUE", {
      optionValues: ["Blue"],
      priceMinor: 1900,
      pictureIndex: 1,
      barcode: "4006381333931",
    }),
  ],
  pictures: [
    { url: "/media/tea-1.svg", alt: "Tea towel on a rail", width: 800, height: 1000 },
    { url: "/media/tea-2.svg", alt: "", width: 800, height: 1000 },
  ],
  tags: ["Cloth", "cloth", "Kitchen"],
  attributes: [{ name: "Material", value: "Half linen" }],
  seoTitle: "Tea towel, half linen",
});

describe("saving a product", () => {
  it("makes everything readable that was written", async () => {
    must(await writer.saveCollection(sampleCollection("cloth")));
    const saved = await save({ ...tea, collections: ["cloth"] });
    expect(saved).toMatchObject({ outcome: "created", handle: "tea-towel", version: 1 });
    const view = must(await reader.product("tea-towel"));
    expect(view).toMatchObject({
      productId: saved.productId,
      title: "Tea towel",
      status: "active",
      currency: "EUR",
      priceMinMinor: 1800,
      priceMaxMinor: 1900,
      compareAtMinor: 2400,
      availability: "sold_out",
      variantCount: 2,
      tags: ["Cloth", "Kitchen"],
      options: [{ name: "Colour", values: ["Red", "Blue"] }],
      attributes: [{ name: "Material", value: "Half linen" }],
      collections: [{ handle: "cloth", title: "cloth" }],
      seoTitle: "Tea towel, half linen",
      picture: { url: "/media/tea-1.svg" },
      secondPicture: { url: "/media/tea-2.svg" },
    });
    expect(view.variants.map(({ sku, title, availableUnits }) => [sku, title, availableUnits])).toEqual([
      ["TEA-RED", "Red", 0],
      ["TEA-BLUE", "Blue", 0],
    ]);
    expect(view.variants[0]).toMatchObject({ lowest30DaysMinor: 2000, requiresShipping: true });
    expect(view.variants[1]?.mediaId).toBe(view.pictures[1]?.mediaId);
  });

  it("changes nothing when the same is saved again", async () => {
    const first = await save(tea);
    const before = must(await reader.product("tea-towel"));
    clock.advance(1000);
    expect(await save(tea)).toEqual({ ...first, outcome: "same" });
    expect(must(await reader.product("tea-towel"))).toEqual(before);
  });

  it("keeps ids of product, variants and pictures through an edit", async () => {
    await save(tea);
    const before = must(await reader.product("tea-towel"));
    const [red = sampleVariant("X"), blue = sampleVariant("X")] = tea.variants;
    const changed = await save({
      ...tea,
      title: "Tea towel, new",
      variants: [
        { ...blue, sku: "TEA-BLUE-2" },
        { ...red, optionValues: ["Madder"] },
      ],
      pictures: tea.pictures.toReversed(),
    });
    expect(changed).toMatchObject({ outcome: "changed", version: 2 });
    const after = must(await reader.product("tea-towel"));
    expect(after.productId).toBe(before.productId);
    expect(after.variants.map(({ variantId }) => variantId)).toEqual(
      before.variants.map(({ variantId }) => variantId).toReversed(),
    );
    expect(after.pictures.map(({ mediaId }) => mediaId)).toEqual(
      before.pictures.map(({ mediaId }) => mediaId).toReversed(),
    );
  });

  it("drops script from the description and keeps its words", async () => {
    await save({
      ...tea,
      descriptionHtml:
        '<p onclick="x()">Half linen</p><script>steal()</script><a href="javascript:x()">a</a>',
    });
    expect(must(await reader.product("tea-towel")).descriptionHtml).toBe("<p>Half linen</p><a>a</a>");
  });

  it("refuses a bad product with the fields to mend, and writes nothing", async () => {
    const result = await writer.saveProduct({ ...tea, title: " ", variants: [] });
    expect(result).toMatchObject({
      ok: false,
      refusal: {
        code: "invalid_product",
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: "/title" }),
          expect.objectContaining({ pointer: "/variants" }),
        ]),
      },
    });
    expect(await reader.product("tea-towel")).toMatchObject({ refusal: { code: "product_unknown" } });
  });

  it("refuses a collection that does not exist", async () => {
    expect(await writer.saveProduct({ ...tea, collections: ["nowhere"] })).toMatchObject({
      refusal: { code: "invalid_product", errors: [{ pointer: "/collections/0" }] },
    });
  });

  it("keeps an old handle as a way to the new one", async () => {
    await save(tea);
    const renamed = { ...tea, handle: "kitchen-towel" };
    expect(must(await writer.saveProduct(renamed, { currentHandle: "tea-towel" }))).toMatchObject({
      outcome: "changed",
    });
    expect(await reader.product("tea-towel")).toEqual({
      ok: false,
      refusal: { code: "product_moved", handle: "tea-towel", movedTo: "kitchen-towel" },
    });
    expect(await writer.saveProduct(tea)).toMatchObject({ refusal: { code: "product_moved" } });
    must(await writer.saveProduct(tea, { currentHandle: "kitchen-towel" }));
    expect(must(await reader.product("tea-towel")).version).toBe(3);
    expect(await reader.product("kitchen-towel")).toMatchObject({ refusal: { movedTo: "tea-towel" } });
  });

  it("refuses the handle of another product, now or before", async () => {
    await save(tea);
    await save(sampleProduct("heron"));
    must(await writer.saveProduct(sampleProduct("grey-heron"), { currentHandle: "heron" }));
    for (const handle of ["heron", "grey-heron"]) {
      expect(await writer.saveProduct({ ...tea, handle }, { currentHandle: "tea-towel" })).toMatchObject({
        refusal: { code: "handle_taken", handle },
      });
    }
  });

  it("refuses an expected version that has passed", async () => {
    await save(tea);
    await save({ ...tea, title: "Other" });
    expect(await writer.saveProduct({ ...tea, title: "Third" }, { expectedVersion: 1 })).toEqual({
      ok: false,
      refusal: { code: "version_conflict", version: 2 },
    });
  });

  it("lets one of many simultaneous saves of a version through", async () => {
    await save(tea);
    const results = await Promise.all(
      ["a", "b", "c", "d"].map((title) => writer.saveProduct({ ...tea, title }, { expectedVersion: 1 })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(must(await reader.product("tea-towel")).version).toBe(2);
  });

  it("makes one product of many simultaneous first saves", async () => {
    await Promise.all(["a", "b", "c"].map((title) => writer.saveProduct({ ...tea, title })));
    const { n } = must({
      ok: true,
      value: await env.DB.prepare("SELECT count(*) AS n FROM products").first<{ n: number }>(),
    }) ?? { n: 0 };
    expect(n).toBe(1);
  });
});

describe("what shoppers see of a product's status", () => {
  it("hides a draft, and shows an archived product only on its own page", async () => {
    await save({ ...tea, status: "draft" });
    expect(await reader.product("tea-towel")).toMatchObject({ refusal: { code: "product_unknown" } });
    await save(tea);
    expect(handlesOf(must(await reader.products({ sort: "newest", limit: 10 })))).toEqual(["tea-towel"]);
    must(await writer.archiveProduct("tea-towel"));
    expect(must(await writer.archiveProduct("tea-towel")).outcome).toBe("same");
    expect(must(await reader.product("tea-towel")).status).toBe("archived");
    expect(must(await reader.products({ sort: "newest", limit: 10 })).items).toEqual([]);
    expect(must(await createSearchReader(env.DB).search({ query: "tea", limit: 10 })).count).toBe(0);
    expect((await save(tea)).outcome).toBe("changed");
    expect(must(await createSearchReader(env.DB).search({ query: "tea", limit: 10 })).count).toBe(1);
  });

  it("dates a product from the day that it stops being a draft", async () => {
    await save({ ...tea, status: "draft" });
    clock.advance(DAY_MS);
    await save(tea);
    clock.advance(DAY_MS);
    await save({ ...tea, title: "Later" });
    const row = await env.DB.prepare("SELECT published_at_ms AS at FROM products").first<{ at: number }>();
    expect(row?.at).toBe(clock.now() - DAY_MS);
  });
});

describe("collections", () => {
  it("have the products that name them, those with their tag and those of their days", async () => {
    must(await writer.saveCollection(sampleCollection("by-hand")));
    must(await writer.saveCollection(sampleCollection("kitchen", { rule: byTag("KITCHEN") })));
    must(await writer.saveCollection(sampleCollection("new", { rule: byAge(30) })));
    await save({ ...tea, collections: ["by-hand"] });
    await save(sampleProduct("old", { tags: ["kitchen"], publishedAtMs: START_MS - 300 * DAY_MS }));
    expect(await members("by-hand")).toEqual(["tea-towel"]);
    expect(await members("kitchen")).toEqual(["tea-towel", "old"]);
    expect(await members("new")).toEqual(["tea-towel"]);
    await save(sampleProduct("old", { collections: ["by-hand"], publishedAtMs: START_MS - 300 * DAY_MS }));
    expect(await members("kitchen")).toEqual(["tea-towel"]);
    expect(await members("by-hand")).toEqual(["tea-towel", "old"]);
  });

  it("follow their rule when it changes, and time when it passes", async () => {
    await save({ ...tea, publishedAtMs: START_MS - 2 * DAY_MS });
    must(await writer.saveCollection(sampleCollection("c", { rule: byTag("kitchen") })));
    expect(await members("c")).toEqual(["tea-towel"]);
    must(await writer.saveCollection(sampleCollection("c", { rule: byTag("garden") })));
    expect(await members("c")).toEqual([]);
    must(await writer.saveCollection(sampleCollection("c", { rule: byAge(400) })));
    expect(await members("c")).toEqual(["tea-towel"]);
    expect(await expireNewest(env.DB, START_MS)).toBe(0);
    expect(await expireNewest(env.DB, START_MS + 399 * DAY_MS)).toBe(1);
    expect(await members("c")).toEqual([]);
    expect(await countOf("c")).toBe(0);
  });

  it("count their active products through every change", async () => {
    must(await writer.saveCollection(sampleCollection("c")));
    await save({ ...tea, collections: ["c"] });
    await save(sampleProduct("draft", { status: "draft", collections: ["c"] }));
    expect(await countOf("c")).toBe(1);
    await save(sampleProduct("draft", { collections: ["c"] }));
    expect(await countOf("c")).toBe(2);
    must(await writer.archiveProduct("draft"));
    expect(await countOf("c")).toBe(1);
    await save(tea);
    expect(await countOf("c")).toBe(0);
  });

  it("are the same when saved again, and are listed in the merchant's order", async () => {
    expect(must(await writer.saveCollection(sampleCollection("b", { position: 2 }))).outcome).toBe("created");
    expect(must(await writer.saveCollection(sampleCollection("b", { position: 2 }))).outcome).toBe("same");
    must(await writer.saveCollection(sampleCollection("a", { position: 3 })));
    must(await writer.saveCollection(sampleCollection("c", { position: 1 })));
    const first = must(await reader.collections({ limit: 2 }));
    expect(handlesOf(first)).toEqual(["c", "b"]);
    const second = must(
      await reader.collections({ limit: 2, ...(first.nextCursor ? { cursor: first.nextCursor } : {}) }),
    );
    expect(handlesOf(second)).toEqual(["a"]);
    expect(second.nextCursor).toBeUndefined();
  });
});

describe("stock", () => {
  it("reaches every variant of the SKU and the product's list row", async () => {
    await save(tea);
    await applyStockFacts(env.DB, [stockFact("TEA-BLUE", 4)]);
    const view = must(await reader.product("tea-towel"));
    expect(view.availability).toBe("low");
    expect(view.variants.map(({ availability, availableUnits }) => [availability, availableUnits])).toEqual([
      ["sold_out", 0],
      ["low", 4],
    ]);
    await applyStockFacts(env.DB, [
      stockFact("TEA-RED", 0, { policy: { kind: "backorder", limit: 3, expectedAt: "2026-12-14" } }),
      stockFact("TEA-BLUE", 0, { version: 2 }),
    ]);
    expect(must(await reader.product("tea-towel"))).toMatchObject({
      availability: "backorder",
      expectedAt: "2026-12-14",
    });
  });

  it("ignores facts that are late or repeated, in any order", async () => {
    await save(tea);
    await applyStockFacts(env.DB, [
      stockFact("TEA-RED", 9, { version: 3 }),
      stockFact("TEA-RED", 2, { version: 2 }),
    ]);
    await applyStockFacts(env.DB, [stockFact("TEA-RED", 0, { version: 1 })]);
    await applyStockFacts(env.DB, [stockFact("TEA-RED", 1, { version: 3 })]);
    expect(must(await reader.product("tea-towel")).availability).toBe("in_stock");
  });

  it("is there when it was told before the product existed", async () => {
    await applyStockFacts(env.DB, [stockFact("TEA-RED", 0, { policy: { kind: "untracked" } })]);
    await save(tea);
    const view = must(await reader.product("tea-towel"));
    expect(view.availability).toBe("in_stock");
    expect(view.variants[0]).not.toHaveProperty("availableUnits");
  });

  it("is part of what checkout reads of a variant", async () => {
    await save(tea);
    await applyStockFacts(env.DB, [stockFact("TEA-BLUE", 7)]);
    const [, blue] = must(await reader.product("tea-towel")).variants;
    const found = await reader.sellable([blue?.variantId ?? "", blue?.variantId ?? "", "var_unknown"]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      variantId: blue?.variantId,
      productHandle: "tea-towel",
      productStatus: "active",
      variantTitle: "Blue",
      sku: "TEA-BLUE",
      currency: "EUR",
      priceMinor: 1900,
      availability: "in_stock",
      availableUnits: 7,
      picture: { url: "/media/tea-2.svg" },
    });
  });

  it("is applied for a hundred SKUs at once", async () => {
    const skus = Array.from({ length: 100 }, (_, index) => `S-${index}`);
    await save(
      sampleProduct("many", {
        options: ["N"],
        variants: skus.map((sku) => sampleVariant(sku, { optionValues: [sku] })),
      }),
    );
    await applyStockFacts(
      env.DB,
      skus.map((sku, index) => stockFact(sku, index)),
    );
    const view = must(await reader.product("many"));
    expect(view.variants.map(({ availableUnits }) => availableUnits)).toEqual(skus.map((_, index) => index));
  });
});
