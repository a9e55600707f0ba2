import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { CollectionRule } from "../contract-model.ts";
import {
  catalogFixture,
  clearCatalog,
  must,
  stockFact,
  type CatalogFixture,
} from "../testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct } from "../testing/samples.ts";
import { queryChanges, queryLatestSequence } from "./change-feed.ts";
import { applyStockFacts } from "./stock-projection.ts";

let shop: CatalogFixture;
beforeEach(async () => {
  await clearCatalog(env.DB);
  shop = catalogFixture(env.DB);
});

const changesAfter = (after: number) => queryChanges(env.DB, { after, limit: 100 });
const numberOf = async (handle: string): Promise<number> => {
  const row = await env.DB.prepare("SELECT number FROM products WHERE handle = ?")
    .bind(handle)
    .first<{ number: number }>();
  return row?.number ?? 0;
};

describe("the change feed", () => {
  it("names each product once, at its latest change, and nothing twice to who remembers the place", async () => {
    const start = await queryLatestSequence(env.DB);
    await shop.save(sampleProduct("heron"));
    await shop.save(sampleProduct("tide"));
    await shop.save(sampleProduct("heron", { title: "Heron, again" }));
    const changes = await changesAfter(start);
    expect(changes.map(({ productNumber }) => productNumber)).toEqual([
      await numberOf("tide"),
      await numberOf("heron"),
    ]);
    expect(changes.at(-1)?.sequence).toBe(await queryLatestSequence(env.DB));
    expect(await changesAfter(changes.at(-1)?.sequence ?? 0)).toEqual([]);
  });

  it("says nothing when the same is saved again", async () => {
    await shop.save(sampleProduct("heron"));
    const before = await queryLatestSequence(env.DB);
    await shop.save(sampleProduct("heron"));
    expect(await changesAfter(before)).toEqual([]);
  });

  it("tells of a new stock bucket, and not of a unit less in the same bucket", async () => {
    await shop.save(sampleProduct("heron"));
    const sold = await queryLatestSequence(env.DB);
    await applyStockFacts(env.DB, [stockFact("HERON", 40)]);
    expect(await changesAfter(sold)).toHaveLength(1);
    const counted = await queryLatestSequence(env.DB);
    await applyStockFacts(env.DB, [stockFact("HERON", 39, { version: 2 })]);
    expect(await changesAfter(counted)).toEqual([]);
  });

  it("tells of joining and of leaving a collection by its rule", async () => {
    await shop.save(sampleProduct("heron", { tags: ["bird"] }));
    const before = await queryLatestSequence(env.DB);
    const rule = (tag: string): CollectionRule => ({ match: "all", conditions: [{ kind: "tag", tag }] });
    must(await shop.writer.saveCollection(sampleCollection("birds", { rule: rule("bird") })));
    const joined = await changesAfter(before);
    expect(joined).toHaveLength(1);
    must(await shop.writer.saveCollection(sampleCollection("birds", { rule: rule("fish") })));
    const left = await changesAfter(joined.at(-1)?.sequence ?? 0);
    expect(left.map(({ productNumber }) => productNumber)).toEqual([await numberOf("heron")]);
  });

  it("tells of a deleted product, so that a follower drops it, and never goes back", async () => {
    await shop.save(sampleProduct("heron"));
    const number = await numberOf("heron");
    const before = await queryLatestSequence(env.DB);
    await clearCatalog(env.DB);
    const changes = await changesAfter(before);
    expect(changes.map(({ productNumber }) => productNumber)).toEqual([number]);
    expect(await queryLatestSequence(env.DB)).toBeGreaterThan(before);
  });

  it("tells of every member of a collection that gets another handle", async () => {
    for (const handle of ["a", "b"]) await shop.save(sampleProduct(handle, { tags: ["bird"] }));
    must(
      await shop.writer.saveCollection(
        sampleCollection("birds", { rule: { match: "all", conditions: [{ kind: "tag", tag: "bird" }] } }),
      ),
    );
    const before = await queryLatestSequence(env.DB);
    await env.DB.prepare("UPDATE collections SET handle = 'fowl' WHERE handle = 'birds'").run();
    expect(await changesAfter(before)).toHaveLength(2);
  });

  it("is read in pages along its index", async () => {
    const start = await queryLatestSequence(env.DB);
    for (const handle of ["a", "b", "c"]) await shop.save(sampleProduct(handle));
    const first = await queryChanges(env.DB, { after: start, limit: 2 });
    const second = await queryChanges(env.DB, { after: first.at(-1)?.sequence ?? 0, limit: 2 });
    expect([first.length, second.length]).toEqual([2, 1]);
  });
});
