import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SemanticIndex } from "#semantics";
import { createMeaningTexts } from "../../catalog/adapters/meaning-texts.ts";
import { clearCatalog } from "../../catalog/testing/catalog-fixture.ts";
import { sampleProduct } from "../../catalog/testing/samples.ts";
import { createLocalIndex } from "../../semantics/adapters/local-index.ts";
import { useModelOf } from "../../semantics/testing/semantic-fixture.ts";
import { MEANING_LIMIT_MS, ORDERED_BY_MEANING } from "../domain/limits.ts";
import { must, searchFixture } from "../testing/search-fixture.ts";

const index = createLocalIndex(env.DB);
const plain = searchFixture(env.DB);
const shop = searchFixture(env.DB, { semantics: index });
const none: SemanticIndex = {
  upsert: async () => [],
  remove: async () => undefined,
  query: async () => [],
  neighbours: async () => new Map(),
  compareTexts: async () => new Map(),
};
const withIndex = (semantics: Partial<SemanticIndex>) =>
  searchFixture(env.DB, { semantics: { ...none, ...semantics } });

const good = (handle: string, title: string, tags: readonly string[]) =>
  sampleProduct(handle, { title, tags: [...tags], productType: "", vendor: "" });

beforeAll(async () => {
  await clearCatalog(env.DB);
  for (const name of ["tern", "wren", "lark", "swift", "robin", "heron"])
    await shop.save(good(`${name}-print`, `${name} print`, ["paper", "wall", "frame"]));
  for (const name of ["kiln", "barley", "fern", "plait", "seed", "oat"])
    await shop.save(good(`${name}-towel`, `${name} towel`, ["linen", "kitchen", "dish"]));
  // Both are named "frame", and only one is anything like what is called so elsewhere. The newer one would come first.
  await shop.save(good("frame-paper", "Frame large", ["paper", "wall"]));
  await shop.save(good("frame-dish", "Frame large", ["linen", "kitchen", "dish"]));
  const products = await createMeaningTexts(env.DB).page({ after: 0, limit: 100 });
  await useModelOf(env.DB, products);
  await index.upsert(products);
});

describe("hits in order of words and meaning", () => {
  it("come first when they mean what the query means", async () => {
    expect(await plain.handles("frame large")).toEqual(["frame-dish", "frame-paper"]);
    expect((await shop.handles("frame large")).slice(0, 2)).toEqual(["frame-paper", "frame-dish"]);
  });

  it("are the same ones, each once, over all pages, and in the list of numbers", async () => {
    const whole = must(await shop.reader.search({ query: "print", limit: 100, hasNumbers: true }));
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = must(
        await shop.reader.search({ query: "print", limit: 2, ...(cursor ? { cursor } : {}) }),
      );
      paged.push(...page.items.map(({ handle }) => handle));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole.items.map(({ handle }) => handle));
    expect(new Set(paged)).toEqual(new Set((await plain.handles("print")).map(String)));
    const ids = new Map(
      (
        await env.DB.prepare("SELECT number, handle FROM products").all<{ number: number; handle: string }>()
      ).results.map(({ number, handle }) => [number, handle]),
    );
    expect(whole.numbers?.map((number) => ids.get(number))).toEqual(paged);
  });

  it("are asked about at most so many at once, by number", async () => {
    let asked: readonly number[] = [];
    const { find } = withIndex({
      query: async ({ among = [] }) => {
        asked = among;
        return [];
      },
    });
    await find("print");
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.length).toBeLessThanOrEqual(ORDERED_BY_MEANING);
  });

  it.each([["newest"], ["price_asc"], ["title"]] as const)("stay as they are sorted by %s", async (sort) => {
    const { reader } = withIndex({ query: async () => Promise.reject(new Error("must not be asked")) });
    expect(must(await reader.search({ query: "print", sort, limit: 10 })).count).toBe(6);
  });

  it.each([
    ["fails", async () => Promise.reject(new Error("down"))],
    ["never answers", () => new Promise<never>(() => undefined)],
    ["knows nothing", async () => []],
    ["tells of other products", async () => [{ number: 999_999, likeness: 1 }]],
  ] as const)("come as the words rank them when meaning %s", async (_, query) => {
    const before = Date.now();
    expect(await withIndex({ query }).handles("frame large")).toEqual(await plain.handles("frame large"));
    expect(Date.now() - before).toBeLessThan(MEANING_LIMIT_MS * 10);
  });
});

describe("what was probably meant", () => {
  beforeEach(async () => {
    for (const name of ["marble", "marple"]) await shop.save(good(name, `${name} towel`, ["linen"]));
  });

  it("is the spelling that fits the rest of the query", async () => {
    // One letter away from both; by letters alone the first of the alphabet.
    const fits = withIndex({
      compareTexts: async () =>
        new Map([
          ["marple", 0.9],
          ["marble", 0],
        ]),
    });
    expect((await fits.find("towel marle")).correction).toBe("towel marple");
    expect((await plain.find("towel marle")).correction).toBe("towel marble");
  });

  it("is found by letters alone while meaning fails", async () => {
    const broken = withIndex({ compareTexts: async () => Promise.reject(new Error("down")) });
    expect((await broken.find("towel marle")).correction).toBe("towel marble");
  });

  it("is only offered where the query itself finds something", async () => {
    await shop.save(good("oddity", "towle", []));
    const page = await shop.find("towle");
    expect(page.items.map(({ handle }) => handle)).toEqual(["oddity"]);
    expect(page.correction).toBeUndefined();
    expect(page.suggestion).toBeUndefined();
    await env.DB.prepare("DELETE FROM search_words WHERE word = 'towle'").run();
    expect(await shop.find("towle")).toMatchObject({ suggestion: "towel", count: 1 });
  });
});
