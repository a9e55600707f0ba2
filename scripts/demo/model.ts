import type { CollectionInput, ProductInput, ProductTypeInput, TypedFacts } from "#catalog";
import type { EpochMs } from "#kernel";
import { DYES } from "./draw/dyes.ts";
import type { PatternSpec } from "./goods/good.ts";

// What describes and sorts the demo's goods: product types, a collection by rule, relations, a product that comes later,
// and texts in other languages.

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

type Translation = {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
};

/** Texts in German and Arabic for a few things, to see languages and both directions. */
export const TRANSLATIONS: readonly Translation[] = [
  {
    path: "product/heron/de",
    fields: {
      title: "Reiher, Druck auf Baumwollpapier",
      descriptionHtml:
        "<p>Viertelkreise in drei Farben, so gedreht, dass sie wie ein Vogel über flaches Wasser treiben.</p>",
      "option/Size": "Größe",
      "option/Frame": "Rahmen",
      "option/Frame/Oak": "Eiche",
      "option/Frame/None": "Ohne",
      "option/Frame/Black": "Schwarz",
    },
  },
  {
    path: "product/heron/ar",
    fields: {
      title: "مالك الحزين، طباعة على ورق قطني",
      descriptionHtml: "<p>أرباع دوائر بثلاثة أحبار، تنساب مثل طائر فوق ماء ضحل.</p>",
      "option/Size": "المقاس",
      "option/Frame": "الإطار",
    },
  },
  { path: "product/tide/de", fields: { title: "Gezeit, Druck auf Baumwollpapier" } },
  { path: "product/tide/ar", fields: { title: "المد، طباعة على ورق قطني" } },
  { path: "collection/prints/de", fields: { title: "Drucke" } },
  { path: "collection/prints/ar", fields: { title: "مطبوعات" } },
  { path: "collection/cloth/de", fields: { title: "Stoff" } },
  { path: "collection/tiles/de", fields: { title: "Fliesen" } },
  { path: "collection/notebooks/de", fields: { title: "Notizbücher" } },
  { path: "collection/sale/de", fields: { title: "Reduziert" } },
  {
    path: "product_type/prints/de",
    fields: {
      name: "Druck",
      "attribute/ground": "Grund",
      "attribute/inks": "Farben",
      "attribute/motif": "Motiv",
    },
  },
];
