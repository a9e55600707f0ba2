import type { IndexedProduct } from "#catalog";
import type { FacetDefinition, FacetSource } from "../contract.ts";
import { MAX_FACET_KEY_CHARACTERS, MAX_TERMS_PER_PRODUCT, MAX_VALUE_SLUG_CHARACTERS } from "./limits.ts";

/** One thing that a product is filed under: a value of a facet. */
export type Term = {
  readonly facet: string;
  readonly facetLabel: string;
  readonly value: string;
  readonly label: string;
};

/** Facets that every shop has beside what its catalogue says. `price` is a range, so no product is filed under it. */
export const STOCK_FACET = "stock";
export const SALE_FACET = "sale";
export const VENDOR_FACET = "vendor";
export const TYPE_FACET = "type";
export const PRICE_FACET = "price";
const RESERVED = new Set([STOCK_FACET, SALE_FACET, VENDOR_FACET, TYPE_FACET, PRICE_FACET]);

/** Better than "low" means that a unit can leave today; backorder and preorder are promises. */
const WORST_RANK_IN_STOCK = 1;
/** Spellings that mean one option, in catalogues that nobody has tidied. */
const SAME_OPTION: Readonly<Record<string, string>> = {
  color: "colour",
  colors: "colour",
  colours: "colour",
  sizes: "size",
};
/** The option that an export invents for a product without options. */
const NO_OPTION = "title";

/** Folds a text to what stands in an address: `50×70 cm` is `50-70-cm`, `Öl` is `ol`. Empty when nothing is left. */
export const slugOf = (text: string, longest = MAX_VALUE_SLUG_CHARACTERS): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");

/** The facet of an option that nobody has defined one for. */
export function optionFacetKey(name: string): string {
  const slug = slugOf(name, MAX_FACET_KEY_CHARACTERS);
  const key = SAME_OPTION[slug] ?? slug;
  return RESERVED.has(key) ? `option-${key}` : key;
}

/** The names of the option that became a facet by itself. */
export const optionSpellings = (key: string, label: string): readonly string[] => [
  label,
  ...Object.entries(SAME_OPTION)
    .filter(([spelling, same]) => same === key && spelling !== slugOf(label))
    .map(([spelling]) => spelling),
  ...(slugOf(label) === key || key.startsWith("option-") ? [] : [key]),
];

/**
 * Everything that a product is filed under, each once, at most {@link MAX_TERMS_PER_PRODUCT}. Without definitions the
 * catalogue decides: vendor, type and every option become facets.
 */
export function termsOf(
  product: IndexedProduct,
  definitions: readonly FacetDefinition[] | undefined,
): Term[] {
  const found = definitions ? definedTerms(product, definitions) : derivedTerms(product);
  const unique = new Map<string, Term>();
  for (const term of found) {
    const key = `${term.facet}\u0000${term.value}`;
    if (term.value !== "" && term.facet !== "" && !unique.has(key)) unique.set(key, term);
    if (unique.size === MAX_TERMS_PER_PRODUCT) break;
  }
  return [...unique.values()];
}

const term = (facet: string, facetLabel: string, label: string): Term => ({
  facet,
  facetLabel,
  value: slugOf(label),
  label: label.trim(),
});

function derivedTerms(product: IndexedProduct): Term[] {
  return [
    ...valuesOf(product, { kind: "availability" }).map((label) => term(STOCK_FACET, "Stock", label)),
    ...valuesOf(product, { kind: "sale" }).map((label) => term(SALE_FACET, "Offers", label)),
    ...product.options
      .filter(({ name }) => slugOf(name) !== NO_OPTION)
      .flatMap(({ name, values }) => values.map((label) => term(optionFacetKey(name), name.trim(), label))),
    ...valuesOf(product, { kind: "product_type" }).map((label) => term(TYPE_FACET, "Kind", label)),
    ...valuesOf(product, { kind: "vendor" }).map((label) => term(VENDOR_FACET, "Maker", label)),
  ];
}

const definedTerms = (product: IndexedProduct, definitions: readonly FacetDefinition[]): Term[] =>
  definitions
    .filter(({ isActive }) => isActive)
    .flatMap(({ key, label, sources }) =>
      sources.flatMap((source) => valuesOf(product, source).map((value) => term(key, label, value))),
    );

/** The values that a product has from one source. */
function valuesOf(product: IndexedProduct, source: FacetSource): readonly string[] {
  switch (source.kind) {
    case "vendor":
      return [product.vendor];
    case "product_type":
      return [product.productType];
    case "availability":
      return product.availabilityRank <= WORST_RANK_IN_STOCK ? ["In stock"] : [];
    case "sale":
      return product.isReduced ? ["On sale"] : [];
    case "price":
      return [];
    case "option":
      return product.options
        .filter(({ name }) => slugOf(name) === slugOf(source.name))
        .flatMap(({ values }) => values);
    case "attribute":
      return product.attributes
        .filter(({ name }) => slugOf(name) === slugOf(source.name))
        .map(({ value }) => value);
    case "tag": {
      const prefix = source.prefix.toLowerCase();
      return product.tags
        .filter((tag) => tag.toLowerCase().startsWith(prefix))
        .map((tag) => tag.slice(prefix.length));
    }
  }
}
