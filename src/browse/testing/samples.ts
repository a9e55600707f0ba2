import type { IndexedProduct } from "#catalog";

/** A product that an index takes. */
export const sampleIndexed = (number: number, changes: Partial<IndexedProduct> = {}): IndexedProduct => ({
  number,
  titleKey: `title ${number}`,
  publishedAtMs: 1_780_000_000_000 + number,
  featuredPosition: number,
  popularity: 0,
  priceMinMinor: 1000 + number,
  priceMaxMinor: 1000 + number,
  isReduced: false,
  availabilityRank: 0,
  isSoldOut: false,
  vendor: "Kerbside",
  productType: "Print",
  tags: [],
  options: [],
  attributes: [],
  collections: [],
  ...changes,
});

const COLOURS = ["Blue", "Red", "Öl green", "blue", "Black", "White"];
const SIZES = ["A3", "A4", "50 × 70", "S", "M", "XL"];
const VENDORS = ["Kerbside", "North", "South", "East"];
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] ?? (list[0] as T);

/** A product whose facts follow from its number and a salt: many alike, as in a real catalogue. */
export function variedProduct(number: number, salt: number): IndexedProduct {
  const mixed = Math.imul(number + 1, 2654435761) ^ Math.imul(salt + 1, 40503);
  const at = (shift: number): number => (mixed >>> shift) & 0xff;
  const price = 500 + (at(3) % 40) * 50;
  const isSoldOut = at(11) % 7 === 0;
  return sampleIndexed(number, {
    titleKey: `t${at(2) % 30}`,
    publishedAtMs: at(5) % 20,
    featuredPosition: (at(9) % 50) + 1,
    popularity: at(19) % 6,
    priceMinMinor: price,
    priceMaxMinor: price + (at(7) % 3) * 400,
    isReduced: at(1) % 5 === 0,
    availabilityRank: isSoldOut ? 4 : at(13) % 4,
    isSoldOut,
    vendor: pick(VENDORS, at(4)),
    productType: at(6) % 2 === 0 ? "Print" : "Cloth",
    options: [
      {
        name: at(8) % 2 === 0 ? "Colour" : "Color",
        values: [pick(COLOURS, at(10)), pick(COLOURS, at(12) + 1)],
      },
      ...(at(14) % 3 === 0 ? [] : [{ name: "Size", values: [pick(SIZES, at(15))] }]),
    ],
    tags: at(3) % 2 === 0 ? ["material:Cotton", "new"] : [],
    attributes: [{ name: "Rule", value: String(at(2) % 4) }],
    collections: [
      { handle: "all" },
      at(16) % 3 === 0
        ? { handle: "prints", ...(at(17) % 2 === 0 ? { place: (at(18) % 9) - 1_000_000 } : {}) }
        : { handle: "cloth" },
    ],
  });
}
