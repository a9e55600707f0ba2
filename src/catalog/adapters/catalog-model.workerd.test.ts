import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { DAY_MS } from "#kernel";
import type { CollectionRule, RuleCondition } from "../contract-model.ts";
import type { ProductInput } from "../contract.ts";
import { RULE_STEP_PRODUCTS } from "../domain/limits.ts";
import { listingAt } from "../domain/publication.ts";
import { createSearchReader } from "../../search/adapters/search-reader.ts";
import { catalogFixture, clearCatalog, must, START_MS, stockFact } from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../testing/samples.ts";
import { keepCatalog } from "./keep-catalog.ts";
import { applyStockFacts } from "./stock-projection.ts";

const { writer, reader, clock, save } = catalogFixture(env.DB);
const inShop = async (collection?: string): Promise<string[]> => {
  const asked = collection === undefined ? {} : { collection };
  const page = must(await reader.products({ ...asked, sort: "featured", limit: 100 }));
  return page.items.map(({ handle }) => handle);
};
const found = async (query: string) =>
  must(await createSearchReader(env.DB).search({ query, limit: 10 })).items.length;
const all = (...conditions: RuleCondition[]): CollectionRule => ({ match: "all", conditions });
const any = (...conditions: RuleCondition[]): CollectionRule => ({ match: "any", conditions });
const collect = (rule: CollectionRule, more = {}) =>
  writer.saveCollection(sampleCollection("c", { rule, ...more }));

beforeEach(() => clearCatalog(env.DB));

describe("a product is listed when it is active, within its dates and on the web channel", () => {
  const day = START_MS + 10 * DAY_MS;
  const heron = (publication: ProductInput["publication"]) =>
    sampleProduct("heron", publication ? { publication } : {});

  it("is a draft to the shop before its day, and comes and goes with the cron", async () => {
    await save(heron({ channels: ["web"], publishAtMs: day, unpublishAtMs: day + DAY_MS }));
    expect(await inShop()).toEqual([]);
    expect(await reader.product("heron")).toMatchObject({ refusal: { code: "product_unknown" } });
    expect((await keepCatalog(env.DB, day - 1)).listingsChanged).toBe(0);
    expect((await keepCatalog(env.DB, day)).listingsChanged).toBe(1);
    expect(await inShop()).toEqual(["heron"]);
    expect(await found("heron")).toBe(1);
    expect(must(await reader.product("heron")).isListed).toBe(true);
    await keepCatalog(env.DB, day + DAY_MS);
    expect(await inShop()).toEqual([]);
    expect(await found("heron")).toBe(0);
    expect((await keepCatalog(env.DB, day + 9 * DAY_MS)).listingsChanged).toBe(0);
  });

  it("is not sold before its day", async () => {
    await save(heron({ channels: ["web"], publishAtMs: day }));
    const { results } = await env.DB.prepare("SELECT id FROM variants").all<{ id: string }>();
    const [variant] = await reader.sellable(results.map(({ id }) => id));
    expect(variant?.productStatus).toBe("draft");
  });

  it("is not in the shop when it is sold elsewhere only", async () => {
    await save(heron({ channels: ["pos"] }));
    expect(await inShop()).toEqual([]);
    await save(heron({ channels: ["pos", "web"] }));
    expect(await inShop()).toEqual(["heron"]);
  });

  it("by the cron's statement exactly when the domain says so", async () => {
    const days = [undefined, START_MS - 5, START_MS + 5, START_MS + 9];
    const cases = days.flatMap((publishAtMs) =>
      days.flatMap((unpublishAtMs) =>
        [["web"], ["pos"]].map((channels) => ({
          ...(publishAtMs === undefined ? {} : { publishAtMs }),
          ...(unpublishAtMs === undefined ? {} : { unpublishAtMs }),
          channels,
        })),
      ),
    );
    const wanted = cases.filter(
      ({ publishAtMs = 0, unpublishAtMs = Number.POSITIVE_INFINITY }) => publishAtMs < unpublishAtMs,
    );
    for (const [index, publication] of wanted.entries())
      await save(sampleProduct(`p-${String(index)}`, { publication }));
    for (const nowMs of [START_MS + 5, START_MS + 9]) {
      // Every row is due: the statement alone decides.
      await env.DB.prepare("UPDATE products SET listing_change_at_ms = 0").run();
      await keepCatalog(env.DB, nowMs);
      const { results } = await env.DB.prepare(
        "SELECT is_listed, listing_change_at_ms AS changes FROM products ORDER BY number",
      ).all<{ is_listed: number; changes: number | null }>();
      const expected = wanted.map((publication) => {
        const { isListed, changesAtMs } = listingAt("active", publication, nowMs);
        return { is_listed: isListed ? 1 : 0, changes: changesAtMs ?? null };
      });
      expect(results).toEqual(expected);
    }
  });

  it("keeps its dates and channels when a save does not speak of them", async () => {
    await save(heron({ channels: ["pos"] }));
    expect(await save({ ...heron(undefined), title: "Heron" })).toMatchObject({ outcome: "changed" });
    expect(await save({ ...heron(undefined), title: "Heron" })).toMatchObject({ outcome: "same" });
    expect(await inShop()).toEqual([]);
  });
});

describe("a rule takes", () => {
  const rows: readonly [string, CollectionRule, readonly string[]][] = [
    ["a tag in any case", all({ kind: "tag", tag: "BIRD" }), ["heron"]],
    ["a vendor", all({ kind: "vendor", vendor: "north" }), ["heron"]],
    ["words it is filed under", all({ kind: "type", type: "print" }), ["heron"]],
    ["a price range", all({ kind: "price", minimumMinor: 1_000, maximumMinor: 2_000 }), ["tide"]],
    ["what is on sale", all({ kind: "sale" }), ["tide"]],
    ["what is in stock", all({ kind: "in_stock" }), ["tide"]],
    ["what is new", all({ kind: "new", days: 5 }), ["heron"]],
    ["words in a title, without accents", all({ kind: "title", contains: "réed" }), ["heron"]],
    ["an attribute", all({ kind: "attribute", key: "material", value: "Oak" }), ["heron"]],
    [
      "an attribute within bounds",
      all({ kind: "attribute", key: "width", minimum: 20, maximum: 30 }),
      ["heron"],
    ],
    ["a text never within bounds", all({ kind: "attribute", key: "material", minimum: 1 }), []],
    ["any of two", any({ kind: "tag", tag: "bird" }, { kind: "sale" }), ["heron", "tide"]],
    ["all of two", all({ kind: "tag", tag: "bird" }, { kind: "sale" }), []],
  ];

  it.each(rows)("%s", async (_, rule, handles) => {
    await env.DB.prepare(
      `INSERT INTO product_types (key, name, attributes, content_hash, version, created_at_ms, updated_at_ms)
       VALUES ('frame', 'Frame', ?, 'x', 1, 1, 1)`,
    )
      .bind(
        JSON.stringify([
          {
            key: "material",
            label: "Material",
            kind: "choice",
            choices: ["oak"],
            isRequired: true,
            isFacet: true,
          },
          { key: "width", label: "Width", kind: "number", unit: "mm", isRequired: false, isFacet: true },
        ]),
      )
      .run();
    const tide = sampleProduct("tide", {
      publishedAtMs: START_MS - 9 * DAY_MS,
      productType: "Cloth",
      variants: [sampleVariant("TIDE", { priceMinor: 1_500, compareAtMinor: 1_800 })],
    });
    // One is there before the rule, the other comes after it: both ways of joining must say the same.
    await save(tide);
    await applyStockFacts(env.DB, [stockFact("TIDE", 9)]);
    must(await collect(rule));
    await save(
      sampleProduct("heron", {
        title: "Heron in the reeds",
        vendor: "North",
        tags: ["Bird"],
        typed: { typeKey: "frame", values: { material: "oak", width: 25 } },
      }),
    );
    expect((await inShop("c")).sort()).toEqual(handles);
  });
});

describe("membership follows", () => {
  it("a price and a sale that somebody else writes into the row", async () => {
    await save(sampleProduct("heron"));
    must(await collect(all({ kind: "sale" })));
    expect(await inShop("c")).toEqual([]);
    await env.DB.prepare("UPDATE products SET compare_at_minor = 9900 WHERE handle = 'heron'").run();
    await keepCatalog(env.DB, clock.now());
    expect(await inShop("c")).toEqual(["heron"]);
    await env.DB.prepare("UPDATE products SET compare_at_minor = NULL WHERE handle = 'heron'").run();
    await keepCatalog(env.DB, clock.now());
    expect(await inShop("c")).toEqual([]);
  });

  it("age, for one of two reasons only", async () => {
    await save(sampleProduct("heron", { tags: ["bird"] }));
    await save(sampleProduct("tide"));
    must(await collect(any({ kind: "new", days: 5 }, { kind: "tag", tag: "bird" })));
    expect(await inShop("c")).toEqual(["heron", "tide"]);
    expect((await keepCatalog(env.DB, START_MS + 100 * DAY_MS)).expired).toBe(1);
    expect(await inShop("c")).toEqual(["heron"]);
  });

  it("a rule in steps over many products, and goes on where a run was cut off", async () => {
    await save(sampleProduct("heron", { tags: ["bird"] }));
    await save(sampleProduct("tide", { tags: ["bird"] }));
    await env.DB.batch([
      env.DB.prepare("PRAGMA defer_foreign_keys = on"),
      env.DB.prepare("UPDATE variants SET product_number = ?1 WHERE sku = 'TIDE'").bind(
        3 * RULE_STEP_PRODUCTS,
      ),
      env.DB.prepare(
        "UPDATE product_channels SET product_number = ?1 WHERE product_number = (SELECT number FROM products WHERE handle = 'tide')",
      ).bind(3 * RULE_STEP_PRODUCTS),
      env.DB.prepare("UPDATE products SET number = ?1 WHERE handle = 'tide'").bind(3 * RULE_STEP_PRODUCTS),
    ]);
    must(await collect(all({ kind: "tag", tag: "bird" })));
    expect(await inShop("c")).toEqual(["heron"]);
    expect((await keepCatalog(env.DB, clock.now())).ruleSteps).toBe(2);
    expect(await inShop("c")).toEqual(["heron", "tide"]);
    expect((await keepCatalog(env.DB, clock.now())).ruleSteps).toBe(0);
  });
});

describe("what a person chose for a collection", () => {
  beforeEach(async () => {
    for (const handle of ["a", "b", "d"]) await save(sampleProduct(handle, { tags: ["bird"] }));
    await applyStockFacts(
      env.DB,
      ["A", "B", "D"].map((sku) => stockFact(sku, 9)),
    );
  });

  it("comes first in its order, whatever the rule says, and what is left out stays out", async () => {
    await save(sampleProduct("x"));
    await applyStockFacts(env.DB, [stockFact("X", 9)]);
    const rule = all({ kind: "tag", tag: "bird" });
    must(await collect(rule, { picks: ["x", "d"], exclusions: ["b"] }));
    expect(await inShop("c")).toEqual(["x", "d", "a"]);
    await save(sampleProduct("b", { tags: ["bird"], title: "Changed" }));
    expect(await inShop("c")).toEqual(["x", "d", "a"]);
    must(await collect(rule, { picks: [], exclusions: [] }));
    expect(await inShop("c")).toEqual(["a", "b", "d"]);
  });

  it("is the order of a collection kept by hand", async () => {
    must(await writer.saveCollection(sampleCollection("c", { picks: ["d", "a", "b"] })));
    expect(await inShop("c")).toEqual(["d", "a", "b"]);
    expect(must(await reader.collection("c")).productCount).toBe(3);
  });

  it("is refused when there is no such product", async () => {
    const refused = await writer.saveCollection(sampleCollection("c", { picks: ["nobody"] }));
    expect(refused).toMatchObject({ refusal: { errors: [{ pointer: "/picks/0" }] } });
  });

  it("leaves a redirect when the collection is renamed", async () => {
    must(await writer.saveCollection(sampleCollection("c")));
    must(await writer.saveCollection(sampleCollection("e"), { currentHandle: "c" }));
    expect(await reader.collection("c")).toMatchObject({
      refusal: { code: "collection_moved", movedTo: "e" },
    });
    expect(await writer.saveCollection(sampleCollection("c"))).toMatchObject({
      refusal: { code: "collection_moved" },
    });
  });
});

describe("a product page tells", () => {
  it("of related products that are listed, by kind and in order", async () => {
    await save(sampleProduct("a"));
    await save(sampleProduct("b"));
    await save(sampleProduct("gone", { status: "draft" }));
    await save(
      sampleProduct("heron", {
        relations: [
          { kind: "goes_with", handle: "b" },
          { kind: "goes_with", handle: "gone" },
          { kind: "accessory", handle: "b" },
          { kind: "goes_with", handle: "a" },
        ],
      }),
    );
    const { relations } = must(await reader.product("heron"));
    expect(relations.map(({ kind, product }) => `${kind} ${product.handle}`)).toEqual([
      "accessory b",
      "goes_with b",
      "goes_with a",
    ]);
  });

  it("what a bundle is made of", async () => {
    await save(sampleProduct("a", { title: "Cup" }));
    await save(sampleProduct("set"));
    await env.DB.prepare(
      "INSERT INTO bundle_components (bundle_sku, component_sku, quantity) VALUES ('SET', 'A', 2), ('SET', 'LOOSE', 1)",
    ).run();
    expect(must(await reader.product("set")).bundles).toEqual([
      {
        sku: "SET",
        parts: [
          { sku: "A", quantity: 2, handle: "a", title: "Cup" },
          { sku: "LOOSE", quantity: 1 },
        ],
      },
    ]);
  });
});
