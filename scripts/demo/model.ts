import type { CollectionInput, ProductInput, ProductTypeInput, TypedFacts } from "#catalog";
import type { EpochMs } from "#kernel";
import { DYES } from "./draw/dyes.ts";
import type { PatternSpec } from "./goods/good.ts";

// What describes and sorts the demo's goods: product types, a collection by rule, relations, a product that comes later.

const DAY_MS = 86_400_000;
/** Days until the product that is announced can be bought. */
const COMING_DAYS = 7;

const GROUNDS = [...new Set(Object.values(DYES).map(({ name }): string => name))].sort();

const PATTERN_ATTRIBUTES: ProductTypeInput["attributes"] = [
  { key: "ground", label: "Ground", kind: "choice", choices: GROUNDS, isRequired: true, isFacet: true },
  { key: "inks", label: "Inks", kind: "number", isRequired: true, isFacet: true },
  { key: "motif", label: "Motif", kind: "number", unit: "mm", isRequired: false, isFacet: false },
];

/** One type per kind of goods; the key is the collection's handle. */
export const PRODUCT_TYPES: readonly ProductTypeInput[] = [
  { key: "prints", name: "Print", attributes: PATTERN_ATTRIBUTES },
  { key: "cloth", name: "Cloth", attributes: PATTERN_ATTRIBUTES },
  { key: "tiles", name: "Tile", attributes: PATTERN_ATTRIBUTES },
  { key: "notebooks", name: "Notebook", attributes: PATTERN_ATTRIBUTES },
];

/** A pattern in the words of its type. */
export const typedFacts = (typeKey: string, { ground, inks, motif }: PatternSpec): TypedFacts => ({
  typeKey,
  values: { ground: DYES[ground].name, inks: new Set(inks).size, motif },
});

/** Everything reduced, by rule; it fills and empties by itself. */
export const SALE: CollectionInput = {
  handle: "sale",
  title: "Reduced",
  descriptionHtml: "<p>Less than it was, while it lasts.</p>",
  position: 90,
  rule: { match: "all", conditions: [{ kind: "sale" }] },
};

const RELATIONS: Readonly<Record<string, NonNullable<ProductInput["relations"]>>> = {
  heron: [
    { kind: "goes_with", handle: "tide" },
    { kind: "goes_with", handle: "rain" },
  ],
  tide: [
    { kind: "goes_with", handle: "heron" },
    { kind: "goes_with", handle: "shingle" },
  ],
};

/** The products that name others; they are saved once more when all are there. */
export const withRelations = (products: readonly ProductInput[]): readonly ProductInput[] =>
  products.flatMap((product) => {
    const relations = RELATIONS[product.handle];
    return relations ? [{ ...product, relations }] : [];
  });

/** A print that is announced: staff see it, the shop does from its day on. */
export function comingProduct(products: readonly ProductInput[], now: EpochMs): readonly ProductInput[] {
  const heron = products.find(({ handle }) => handle === "heron");
  if (!heron) return [];
  const { publishedAtMs: _, ...print } = heron;
  return [
    {
      ...print,
      handle: "heron-by-night",
      title: "Heron by night, print on cotton paper",
      variants: print.variants.map((variant) => ({ ...variant, sku: `${variant.sku}-NIGHT` })),
      publication: { publishAtMs: now + COMING_DAYS * DAY_MS, channels: ["web"] },
    },
  ];
}

/** What one unit of the first set is made of, by SKU: the cheapest of each. */
export const FIRST_SET = {
  sku: "KE-SET-FIRST",
  parts: ["KE-PR-HERON-A4-NONE", "KE-CL-KILN-PINE", "KE-NB-LEDGER-LINED"],
} as const;

/** A bundle: a print, a towel and a notebook at one price, shown by the first picture of each. */
export function firstSet(products: readonly ProductInput[]): readonly ProductInput[] {
  const whole = FIRST_SET.parts.map((sku) =>
    products.find(({ variants }) => variants.some((variant) => variant.sku === sku)),
  );
  const [print] = whole;
  const variant = print?.variants[0];
  if (!print || !variant) return [];
  return [
    {
      handle: "first-set",
      title: "First set, print, towel and notebook",
      status: "active",
      descriptionHtml:
        "<p>One of each to begin with: a print for the wall, a towel for the rail, a notebook for the bag.</p><p>They come from three rules and three seeds, and in one parcel.</p>",
      vendor: print.vendor,
      productType: "Set",
      tags: ["set"],
      options: [],
      variants: [{ ...variant, sku: FIRST_SET.sku, optionValues: [], priceMinor: 4_900, weightGrams: 470 }],
      pictures: whole.flatMap((product) => product?.pictures.slice(0, 1) ?? []),
      attributes: [],
      collections: ["prints", "cloth", "notebooks"],
      ...(print.publishedAtMs === undefined ? {} : { publishedAtMs: print.publishedAtMs }),
      relations: [
        { kind: "goes_with", handle: "tide" },
        { kind: "goes_with", handle: "harbour-stripe" },
      ],
    },
  ];
}
