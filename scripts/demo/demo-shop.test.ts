import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { epochMs } from "#kernel";
import { buildDemoCatalogue } from "./catalogue.ts";
import { planCalls } from "./load.ts";
import { LONG_TITLE } from "./products.ts";
import { RULEBOOK } from "./rules/rulebook.ts";

const NOW = epochMs(Date.UTC(2026, 10, 22, 12));
const catalogue = buildDemoCatalogue(NOW);
const { products, media, shelf, collections } = catalogue;
const product = (handle: string) => {
  const found = products.find((candidate) => candidate.handle === handle);
  if (found === undefined) throw new Error(`no ${handle}`);
  return found;
};
const shelfOf = (handle: string) => {
  const skus = new Set(product(handle).variants.map(({ sku }) => sku));
  return shelf.filter(({ sku }) => skus.has(sku));
};
const MAX_GZIP_BYTES = 12 * 1024;

/** Every tag closes the one that is open, attributes are quoted, and nothing else uses the signs of markup. */
function findFlaw(xml: string): string | undefined {
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-zA-Z]+)((?:\s[\w:-]+="[^"<&]*")*)(\/?)>/g,
    (_, closing: string, name: string, __: string, empty: string) => {
      if (closing === "/" && open.pop() !== name) open.push(`unexpected </${name}>`);
      if (closing === "" && empty === "") open.push(name);
      return "";
    },
  );
  if (open.length > 0) return `left open: ${open.join(", ")}`;
  return rest.trim() === "" ? undefined : `not markup: ${rest.trim().slice(0, 60)}`;
}

describe("the pictures of the demo shop", () => {
  it("are drawn the same from the same seeds, byte for byte, whatever the day", () => {
    const again = buildDemoCatalogue(epochMs(NOW + 86_400_000 * 40));
    expect(again.media.map(({ svg }) => svg)).toEqual(media.map(({ svg }) => svg));
  });

  it("take at most 12 KB each, compressed", () => {
    const large = media
      .map(({ name, svg }) => [name, gzipSync(svg).length] as const)
      .filter(([, bytes]) => bytes > MAX_GZIP_BYTES);
    expect(large).toEqual([]);
  });

  it("are well-formed, say their size, use only what they define, and hold neither script nor text nor NaN", () => {
    for (const { name, svg, width, height } of media) {
      expect(findFlaw(svg), name).toBeUndefined();
      expect(svg, name).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 [\d.]+ [\d.]+" /,
      );
      expect(svg, name).toContain(` width="${String(width)}" height="${String(height)}">`);
      expect(svg, name).not.toMatch(/NaN|undefined|Infinity|<script|<text|<style|\bon\w+=/);
      const defined = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      const used = [...svg.matchAll(/(?:href="#|url\(#)([^")]+)/g)].map(([, id]) => id);
      expect(
        used.filter((id) => !defined.has(id)),
        name,
      ).toEqual([]);
    }
  });

  it("have names of their own, and the shop has a file for each that it names", () => {
    const names = media.map(({ name }) => `/media/${name}`);
    expect(new Set(names).size).toBe(names.length);
    const named = [
      ...products.flatMap(({ pictures }) => pictures),
      ...collections.flatMap(({ picture }) => picture ?? []),
    ];
    expect(named.filter(({ url }) => !names.includes(url))).toEqual([]);
  });

  it("say in words what they show, and no two main pictures say the same", () => {
    expect(media.filter(({ alt }) => alt.length < 20 || alt.length > 400).map(({ name }) => name)).toEqual(
      [],
    );
    const main = products.flatMap(({ pictures }) => pictures[0]?.alt ?? []);
    expect(new Set(main).size).toBe(main.length);
  });

  it("follow at least ten rules, each with its own number", () => {
    const numbers = new Set(
      products.flatMap(({ attributes }) =>
        attributes.filter(({ name }) => name === "Rule").map(({ value }) => value),
      ),
    );
    expect(numbers.size).toBeGreaterThanOrEqual(10);
    const all = Object.values(RULEBOOK).map(({ number }) => number);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("the goods of the demo shop", () => {
  it("are 12 prints, 10 cloths, 8 tiles and 10 notebooks with handles and SKUs of their own", () => {
    const count = (handle: string) => products.filter((each) => each.collections.includes(handle)).length;
    expect(["prints", "cloth", "tiles", "notebooks"].map(count)).toEqual([12, 10, 8, 10]);
    expect(new Set(products.map(({ handle }) => handle)).size).toBe(40);
    const skus = shelf.map(({ sku }) => sku);
    expect(new Set(skus).size).toBe(skus.length);
    expect(skus.filter((sku) => !/^KE-(PR|CL|TI|NB)-[A-Z0-9-]{1,50}$/.test(sku))).toEqual([]);
    expect(skus).toContain("KE-PR-HERON-A3-OAK");
  });

  it("give every variant one value for each option, a price, and no two the same choice", () => {
    for (const { handle, options, variants, pictures } of products) {
      expect(
        variants.every(({ optionValues }) => optionValues.length === options.length),
        handle,
      ).toBe(true);
      expect(new Set(variants.map(({ optionValues }) => optionValues.join("/"))).size, handle).toBe(
        variants.length,
      );
      expect(
        variants.every(
          ({ priceMinor, weightGrams }) =>
            Number.isInteger(priceMinor) && priceMinor > 0 && Number.isInteger(weightGrams),
        ),
        handle,
      ).toBe(true);
      expect(
        variants.every(({ pictureIndex = 0 }) => pictureIndex < Math.max(1, pictures.length)),
        handle,
      ).toBe(true);
    }
  });

  it("name rule and seed, and speak without exclamation marks", () => {
    for (const { attributes, handle, descriptionHtml, title } of products) {
      expect(
        attributes.map(({ name }) => name),
        handle,
      ).toEqual(expect.arrayContaining(["Rule", "Seed", "Material"]));
      expect(`${title}${descriptionHtml}`, handle).not.toContain("!");
    }
  });

  it("show at least four views of each, but for the one without a picture", () => {
    expect(products.filter(({ pictures }) => pictures.length < 4).map(({ handle }) => handle)).toEqual([
      "trimming-table",
    ]);
    expect(products.filter(({ pictures }) => pictures.length === 9).map(({ handle }) => handle)).toEqual([
      "isobar",
    ]);
  });

  it("fill the collection New by rule", () => {
    const condition = collections.find(({ handle }) => handle === "new")?.rule?.conditions[0];
    expect(condition?.kind).toBe("new");
    const days = condition?.kind === "new" ? condition.days : 0;
    const fresh = products.filter(({ publishedAtMs = 0 }) => publishedAtMs > NOW - days * 86_400_000);
    expect(fresh).toHaveLength(12);
  });
});

describe("the states that the demo shop plants", () => {
  it("sold out whole, in part, and low", () => {
    expect(
      shelfOf("meridian").every(({ quantity, policy }) => quantity === 0 && policy.kind === "deny"),
    ).toBe(true);
    const heron = shelfOf("heron");
    expect(heron.some(({ quantity }) => quantity === 0) && heron.some(({ quantity }) => quantity > 5)).toBe(
      true,
    );
    expect(heron.find(({ sku }) => sku === "KE-PR-HERON-A3-OAK")?.quantity).toBeLessThan(6);
  });

  it("backorder and preorder with a day after the load", () => {
    for (const [handle, kind] of [
      ["tide", "backorder"],
      ["sawtooth", "preorder"],
    ] as const) {
      for (const { policy } of shelfOf(handle)) {
        expect(policy.kind).toBe(kind);
        expect(policy.kind === "backorder" || policy.kind === "preorder" ? policy.expectedAt : "").toMatch(
          /^20(26-12|27-01)-\d\d$/,
        );
      }
    }
  });

  it("a sale, with the price before and the lowest of 30 days between them", () => {
    const reduced = products
      .flatMap(({ variants }) => variants)
      .filter(({ compareAtMinor }) => compareAtMinor !== undefined);
    expect(reduced.length).toBeGreaterThan(3);
    for (const { priceMinor, compareAtMinor = 0, lowest30DaysMinor = 0, sku } of reduced) {
      expect(priceMinor <= lowest30DaysMinor && lowest30DaysMinor <= compareAtMinor, sku).toBe(true);
    }
  });

  it("one variant, 24 variants, a title of 120 characters, one in Arabic, no picture", () => {
    expect(product("long-meadow").variants).toHaveLength(1);
    expect(product("switchback").variants).toHaveLength(24);
    expect(product("long-meadow").title).toBe(LONG_TITLE);
    expect(Array.from(LONG_TITLE)).toHaveLength(120);
    expect(product("courtyard-star").title).toMatch(/^\p{Script=Arabic}/u);
    expect(product("trimming-table").pictures).toEqual([]);
  });
});

describe("what the loader sends", () => {
  it("counts each SKU once, with an id that stays the same, after its product", () => {
    const [, goods = [], , stock = []] = planCalls(catalogue);
    expect(goods).toHaveLength(40);
    const counts = stock
      .filter(({ method }) => method === "POST")
      .map(({ body }) => (JSON.parse(body) as { adjustmentId: string }).adjustmentId);
    expect(counts).toEqual(shelf.map(({ sku }) => `demo:${sku}`));
  });

  it("delivers to Germany free from 60 euros, and not to Iceland", () => {
    const { deliveryMethods, taxRates } = catalogue;
    expect(deliveryMethods.find(({ methodId }) => methodId === "standard-de")).toMatchObject({
      priceMinor: 490,
      freeFromMinor: 6_000,
    });
    const served = new Set(deliveryMethods.flatMap(({ countries }) => countries));
    expect(served.has("IS")).toBe(false);
    expect(new Set(taxRates.map(({ country }) => country))).toEqual(served);
    expect(taxRates.length * 3).toBeLessThanOrEqual(50);
  });
});
