import type { FacetDefinition, FacetSource } from "../contract.ts";
import type { CatalogIndex } from "./catalog-index.ts";
import { MAX_FACETS } from "./limits.ts";
import { COLLECTION_FACET } from "./term-dictionary.ts";
import { optionSpellings, SALE_FACET, STOCK_FACET, TYPE_FACET, VENDOR_FACET } from "./terms.ts";

const SOURCE_OF: Readonly<Record<string, FacetSource>> = {
  [STOCK_FACET]: { kind: "availability" },
  [SALE_FACET]: { kind: "sale" },
  [TYPE_FACET]: { kind: "product_type" },
  [VENDOR_FACET]: { kind: "vendor" },
};
const POSITION_STEP = 10;

/** The facets that an index has, as definitions that staff can go on from: their own, or those that the catalogue suggests. */
export function describeDefinitions(
  index: Pick<CatalogIndex, "definitions" | "dictionary">,
): readonly FacetDefinition[] {
  if (index.definitions) return index.definitions;
  return index.dictionary.facets
    .filter(({ key }) => key !== COLLECTION_FACET)
    .slice(0, MAX_FACETS)
    .map(({ key, label }, place) => {
      const source = SOURCE_OF[key];
      return {
        key,
        label,
        sources: source ? [source] : optionSpellings(key, label).map((name) => ({ kind: "option", name })),
        position: (place + 1) * POSITION_STEP,
        isActive: true,
        valueOrder: source ? "count" : "natural",
      };
    });
}
