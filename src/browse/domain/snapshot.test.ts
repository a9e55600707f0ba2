import { describe, expect, it } from "vitest";
import { PRODUCT_SORTS } from "#catalog";
import type { IndexQuery } from "../contract.ts";
import { variedProduct } from "../testing/samples.ts";
import { CatalogIndex } from "./catalog-index.ts";
import { SNAPSHOT_CHUNK_BYTES } from "./limits.ts";
import { readSnapshot, writeSnapshot } from "./snapshot.ts";

const products = Array.from({ length: 9_000 }, (_, at) => variedProduct(at + 1, 2));
const query = (changes: Partial<IndexQuery> = {}): IndexQuery => ({
  filters: { values: { colour: ["blue"], size: ["a3", "s"] }, priceFromMinor: 700 },
  collection: "prints",
  sort: "featured",
  limit: 24,
  ...changes,
});

function madeIndex(): CatalogIndex {
  const index = new CatalogIndex();
  index.load(products);
  index.loaded();
  // Holes in the slots, and cells that were written anew.
  index.apply(products.slice(10, 40).map(({ number }) => ({ number, product: undefined })));
  index.apply(products.slice(50, 60).map(({ number }) => ({ number, product: variedProduct(number, 7) })));
  return index;
}

describe("a snapshot", () => {
  const index = madeIndex();
  const chunks = writeSnapshot(index, 77);
  const read = readSnapshot(chunks);

  it("answers everything as the index did, and goes on from its sequence", () => {
    expect(read?.sequence).toBe(77);
    expect(read?.index.size).toBe(index.size);
    for (const sort of PRODUCT_SORTS)
      expect(read?.index.list(query({ sort }), 77)).toEqual(index.list(query({ sort }), 77));
    expect(read?.index.entries(100, 50)).toEqual(index.entries(100, 50));
  });

  it("takes changes like the index itself", () => {
    const change = [
      { number: 51, product: variedProduct(51, 1) },
      { number: 9_001, product: variedProduct(9_001, 1) },
    ];
    const other = madeIndex();
    other.apply(change);
    read?.index.apply(change);
    expect(read?.index.list(query(), 78)).toEqual(other.list(query(), 78));
  });

  it("comes in pieces that fit a row", () => {
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(chunk.byteLength).toBeLessThanOrEqual(SNAPSHOT_CHUNK_BYTES);
  });

  it("with a piece missing is no snapshot", () => {
    expect(() => readSnapshot(chunks.slice(0, -1))).toThrow("whole");
  });
});
