import { describe, expect, it } from "vitest";
import { fromHex, manyFromHex, toHex } from "./bytes.ts";
import { layOutCells, nearestCells } from "./cells.ts";
import { embed } from "./embed.ts";
import {
  DIMENSIONS,
  MAX_CELLS,
  MAX_COMPARED,
  MAX_TERMS_PER_PRODUCT,
  PROBED_CELLS,
  PRODUCTS_PER_CELL,
} from "./limits.ts";
import { seededNumbers } from "./seeded.ts";
import { meaningWords, stemOf, termsOfProduct, termsOfQuery, type ProductText } from "./text.ts";
import { runToEnd } from "./steps.ts";
import { trainModel } from "./train.ts";
import { pagesOf } from "../testing/train-at-once.ts";
import { directionOf, DirectionTable, likeness, type Direction } from "./vectors.ts";

const product = (title: string, more: Partial<ProductText> = {}): ProductText => ({
  title,
  vendor: "",
  productType: "",
  tags: [],
  options: [],
  attributes: [],
  descriptionHtml: "",
  ...more,
});
const direction = (...parts: number[]): Direction => {
  const made = directionOf(Array.from({ length: DIMENSIONS }, (_, index) => parts[index] ?? 0));
  if (!made) throw new Error("no direction");
  return made;
};

describe("words that have a meaning", () => {
  it.each([
    ["Towels and TOWEL", ["towel", "towel"]],
    ["Berries, boxes, glasses, bus, moss", ["berry", "box", "glass", "bus", "moss"]],
    ["Größe 42cm A3 x2 Café", ["große", "cafe"]],
    ["the and für mit", []],
    ["", []],
    ["𝒳 \ud800 12", []],
  ])("%j", (text, words) => {
    expect(meaningWords(text).map((word) => word.normalize("NFC"))).toEqual(words);
  });

  it("are the same in one and in many", () => {
    for (const [one, many] of [
      ["print", "prints"],
      ["tray", "trays"],
      ["brush", "brushes"],
      ["cherry", "cherries"],
    ])
      expect(stemOf(many ?? "")).toBe(one);
  });

  it("count once, where they say most, and at most so many of a product", () => {
    const terms = termsOfProduct(
      product("Heron", { tags: ["heron"], productType: "Print", vendor: "Heron" }),
    );
    expect(terms.get("heron")).toBe(1);
    expect(terms.get("type=print")).toBe(1);
    expect(terms.get("tag=heron")).toBe(0.7);
    const words = Array.from(
      { length: 500 },
      (_, index) =>
        `w${"abcdefghij"[index % 10]}${"klmnopqrst"[Math.floor(index / 10) % 10]}${"uvwxy"[Math.floor(index / 100)]}`,
    );
    expect(termsOfProduct(product(words.join(" "))).size).toBe(MAX_TERMS_PER_PRODUCT);
  });

  it("of a description are read without its tags", () => {
    const terms = termsOfProduct(product("", { descriptionHtml: '<p class="gold">Fired&nbsp;clay<br' }));
    expect([...terms.keys()]).toEqual(["fired", "clay"]);
  });
});

/** Prints and posters share their birds and paper, towels and cloths their patterns and linen; no product has two kinds. */
const GOODS = [
  {
    kinds: ["print", "poster"],
    names: ["heron", "tern", "swift", "wren", "robin", "lark"],
    of: "paper wall",
  },
  {
    kinds: ["towel", "cloth"],
    names: ["kiln", "barley", "stripe", "check", "plait", "fern"],
    of: "linen kitchen",
  },
  { kinds: ["mug", "cup"], names: ["slate", "chalk", "moss", "rust", "sand", "ash"], of: "clay coffee" },
].flatMap(({ kinds, names, of }) =>
  kinds.flatMap((kind) => names.map((name) => termsOfProduct(product(`${name} ${kind} ${of}`)))),
);

describe("a trained model", { timeout: 60_000 }, () => {
  const model = runToEnd(trainModel(pagesOf(GOODS)));
  const known = new Map(model.map((term) => [term.term, term]));
  const of = (term: string): Direction => known.get(term)?.direction ?? direction();

  it("knows words by the company they keep", () => {
    expect(likeness(of("print"), of("paper"))).toBeGreaterThan(0.5);
    expect(likeness(of("poster"), of("paper"))).toBeGreaterThan(0.5);
    expect(likeness(of("print"), of("linen"))).toBeLessThan(0.2);
  });

  it("puts a query nearer to products that lack its word and are meant than to others", () => {
    const asked = embed(termsOfQuery("poster"), known);
    const [print, towel] = ["swift print paper", "stripe towel linen"].map((title) =>
      embed(termsOfProduct(product(title)), known),
    );
    if (!asked || !print || !towel) throw new Error("a text without a direction");
    expect(likeness(asked, print)).toBeGreaterThan(likeness(asked, towel) + 0.2);
  });

  it("is the same for the same catalogue", () => {
    expect(runToEnd(trainModel(pagesOf(GOODS)))).toEqual(model);
  });

  it.each([
    ["no products", []],
    ["one product", [GOODS[0] ?? new Map()]],
    ["products without words", [new Map(), new Map()]],
  ])("of %s knows nothing and does not fail", (_, products) => {
    expect(runToEnd(trainModel(pagesOf(products)))).toEqual([]);
  });

  it("gives nothing to a text whose words it does not know", () => {
    expect(embed(termsOfQuery("zeppelin"), known)).toBeUndefined();
  });
});

describe("directions in bytes", () => {
  const random = seededNumbers(7);
  const some = (): number[] => Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const exact = (one: number[], other: number[]): number => {
    const dot = (a: number[], b: number[]): number =>
      a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
    return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
  };

  it("are as alike as the vectors they stand for, to two hundredths", () => {
    for (let count = 0; count < 200; count += 1) {
      const [one, other] = [some(), some()];
      expect(Math.abs(likeness(direction(...one), direction(...other)) - exact(one, other))).toBeLessThan(
        0.02,
      );
    }
  });

  it("survive being written and read", () => {
    const all = Array.from({ length: 20 }, () => direction(...some()));
    expect(all.map((one) => fromHex(toHex(one)))).toEqual(all);
    expect(manyFromHex(all.map(toHex).join(""))).toEqual(all);
    expect(fromHex("")).toEqual(new Int8Array(DIMENSIONS));
  });

  it("have none without length", () => {
    expect(directionOf([])).toBeUndefined();
    expect(directionOf([Number.NaN])).toBeUndefined();
  });

  it("of a table come the nearest first, ties by place, as looking at each would say", () => {
    const all = Array.from({ length: 300 }, () => direction(...some()));
    const table = new DirectionTable([...all, ...all.slice(0, 3)]);
    const to = direction(...some());
    const each = [...all, ...all.slice(0, 3)]
      .map((one, index) => ({ index, likeness: likeness(to, one) }))
      .sort((a, b) => b.likeness - a.likeness || a.index - b.index);
    const found = table.nearest(to, { limit: 10, least: -1 });
    expect(found.map(({ index }) => index)).toEqual(each.slice(0, 10).map(({ index }) => index));
    expect(table.nearest(to, { limit: 400, least: 0.1 }).every((near) => near.likeness >= 0.1)).toBe(true);
  });
});

describe("cells", { timeout: 60_000 }, () => {
  const random = seededNumbers(11);
  const groups = Array.from({ length: 8 }, () => Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  const sample = groups.flatMap((middle) =>
    Array.from({ length: 50 }, () => direction(...middle.map((part) => part + 0.1 * (random() - 0.5)))),
  );

  it("part a large shop, and leave a small one whole", () => {
    expect(runToEnd(layOutCells(sample, 400))).toHaveLength(1);
    expect(runToEnd(layOutCells(sample, 8 * PRODUCTS_PER_CELL))).toHaveLength(8);
    expect(runToEnd(layOutCells(sample, 10_000_000))).toHaveLength(MAX_CELLS);
    expect(runToEnd(layOutCells([], 400))).toEqual([]);
  });

  it("are the same for the same shop", () => {
    expect(runToEnd(layOutCells(sample, 4_096))).toEqual(runToEnd(layOutCells(sample, 4_096)));
  });

  it("keep nearly all of a product's neighbours within the cells that are looked through", () => {
    const middles = new DirectionTable(runToEnd(layOutCells(sample, 16 * PRODUCTS_PER_CELL)));
    const cellOf = sample.map((one) => nearestCells(middles, one, 1)[0]);
    const all = new DirectionTable(sample);
    const kept = sample.flatMap((one) => {
      const probed = new Set(nearestCells(middles, one, PROBED_CELLS));
      return all.nearest(one, { limit: 8, least: -1 }).map(({ index }) => probed.has(cellOf[index] ?? -1));
    });
    expect(kept.filter(Boolean).length / kept.length).toBeGreaterThan(0.95);
  });

  it("together hold as many products as are compared", () => {
    expect(PROBED_CELLS * PRODUCTS_PER_CELL).toBeLessThanOrEqual(MAX_COMPARED);
  });
});
