import { describe, expect, it } from "vitest";
import type { SemanticIndex, SemanticProduct } from "../app/ports.ts";

/** Ten kinds of goods that share words within their kind and not across. */
const KINDS: readonly (readonly [string, string, readonly string[]])[] = [
  ["Print", "bird paper frame", ["heron", "tern", "swift", "wren"]],
  ["Towel", "linen kitchen cloth", ["kiln", "barley", "stripe", "check"]],
  ["Mug", "stoneware coffee handle", ["slate", "chalk", "moss", "rust"]],
  ["Lamp", "brass light shade", ["arc", "globe", "cone", "disc"]],
];

/** Products of the contract: four of each of four kinds, numbered from 1. */
export const CONTRACT_PRODUCTS: readonly SemanticProduct[] = KINDS.flatMap(([kind, words, names], place) =>
  names.map((name, index) => ({
    number: place * names.length + index + 1,
    text: {
      title: `${name} ${kind} ${words}`,
      vendor: "Kerbside",
      productType: kind,
      tags: words.split(" "),
      options: [],
      attributes: [],
      descriptionHtml: "",
    },
  })),
);

const kindOf = (number: number): string => KINDS[Math.floor((number - 1) / 4)]?.[0] ?? "";

type Open = () => Promise<SemanticIndex>;

const fill = async (open: Open): Promise<SemanticIndex> => {
  const index = await open();
  await index.upsert(CONTRACT_PRODUCTS);
  return index;
};

/**
 * What every semantic index promises, with {@link CONTRACT_PRODUCTS} in it. `open` gives an index that knows nothing of them, or
 * only what it has learnt of such goods, and may be called again.
 */
export function describeSemanticIndex(name: string, open: Open): void {
  describe(`the semantic index: ${name}`, () => {
    testChanges(open);
    testTexts(open);
    testProducts(open);
  });
}

function testChanges(open: Open): void {
  it("tells whose meaning a first upsert changed", async () => {
    const index = await open();
    expect([...(await index.upsert(CONTRACT_PRODUCTS))].sort((a, b) => a - b)).toEqual(
      CONTRACT_PRODUCTS.map(({ number }) => number),
    );
  });

  it("forgets what is removed, and may be told so twice", async () => {
    const index = await fill(open);
    await index.remove([1, 2]);
    await index.remove([1, 2]);
    await index.remove([]);
    const near = await index.query({ text: "bird paper", limit: 10 });
    expect(near.map(({ number }) => number)).not.toContain(1);
    expect(near.map(({ number }) => number)).not.toContain(2);
    expect(near[0] && kindOf(near[0].number)).toBe("Print");
  });

  it("takes the latest words of a product", async () => {
    const index = await fill(open);
    const [heron] = CONTRACT_PRODUCTS;
    const mug = CONTRACT_PRODUCTS.find(({ number }) => kindOf(number) === "Mug");
    if (!heron || !mug) throw new Error("the contract lacks products");
    await index.upsert([{ number: heron.number, text: mug.text }]);
    const near = await index.query({ text: "coffee stoneware", limit: 5 });
    expect(near.map(({ number }) => number)).toContain(heron.number);
  });
}

function testTexts(open: Open): void {
  it("puts the products nearest to a text first", async () => {
    const index = await fill(open);
    for (const [text, kind] of [
      ["bird paper", "Print"],
      ["linen kitchen", "Towel"],
      ["coffee stoneware", "Mug"],
      ["brass shade", "Lamp"],
    ] as const) {
      const near = await index.query({ text, limit: 4 });
      expect(near.map(({ number }) => kindOf(number))).toEqual([kind, kind, kind, kind]);
      expect(near.map(({ likeness }) => likeness)).toEqual(
        near.map(({ likeness }) => likeness).sort((a, b) => b - a),
      );
      expect(near[0]?.likeness).toBeLessThanOrEqual(1.0001);
    }
  });

  it("judges which texts fit a text", async () => {
    const index = await fill(open);
    const fits = await index.compareTexts("kitchen linen", ["linen cloth", "brass light"]);
    expect(fits.get("linen cloth") ?? 0).toBeGreaterThan((fits.get("brass light") ?? 0) + 0.2);
    expect((await index.compareTexts("kitchen cloth", [])).size).toBe(0);
    expect((await index.compareTexts("", ["linen"])).size).toBe(0);
  });

  it("has nothing to say to a text without words", async () => {
    const index = await fill(open);
    expect(await index.query({ text: " ", limit: 5 })).toEqual([]);
  });
}

function testProducts(open: Open): void {
  it("answers about the products that it was asked about, and no others", async () => {
    const index = await fill(open);
    const near = await index.query({ text: "bird paper", among: [2, 9, 14], limit: 10 });
    expect(near.map(({ number }) => number).sort((a, b) => a - b)).toEqual([2, 9, 14]);
    expect(near[0]?.number).toBe(2);
    expect(await index.query({ text: "bird paper", among: [2, 9, 14], limit: 1 })).toHaveLength(1);
    expect(await index.query({ text: "bird paper", among: [], limit: 10 })).toEqual([]);
    expect(await index.query({ text: "bird paper", among: [404], limit: 10 })).toEqual([]);
  });

  it("finds neighbours of the same kind, none itself", async () => {
    const index = await fill(open);
    const found = await index.neighbours(CONTRACT_PRODUCTS);
    expect(found.size).toBe(CONTRACT_PRODUCTS.length);
    for (const [number, near] of found) {
      expect(near.length).toBeGreaterThanOrEqual(3);
      expect(near.length).toBeLessThanOrEqual(8);
      expect(near.map((other) => other.number)).not.toContain(number);
      expect(near.slice(0, 3).map((other) => kindOf(other.number))).toEqual(
        Array.from({ length: 3 }, () => kindOf(number)),
      );
    }
  });
}
