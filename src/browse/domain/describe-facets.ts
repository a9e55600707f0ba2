import type { Facet, FacetDefinition, FacetValue, ListingFilters } from "../contract.ts";
import { MAX_SHOWN_FACETS, MAX_SHOWN_VALUES } from "./limits.ts";
import { COLLECTION_FACET, type TermDictionary } from "./term-dictionary.ts";
import { SALE_FACET, STOCK_FACET, TYPE_FACET, VENDOR_FACET } from "./terms.ts";
import { compareNaturally, looksOrdered } from "./value-order.ts";

export type FacetView = {
  readonly dictionary: TermDictionary;
  readonly definitions: readonly FacetDefinition[] | undefined;
  readonly filters: ListingFilters;
  /** Products per term: of the list without filters, of the filtered list, and per filtered facet of the list without that filter. */
  readonly base: Uint32Array;
  readonly result: Uint32Array;
  readonly own: ReadonlyMap<string, Uint32Array>;
};

/** One value tells nothing apart; these two are switches. */
const SWITCHES = new Set([STOCK_FACET, SALE_FACET]);
/** Facets that nobody has placed: switches first, then what the products say, then kind and maker. */
const DERIVED_PLACES: Readonly<Record<string, number>> = {
  [STOCK_FACET]: 0,
  [SALE_FACET]: 1,
  [TYPE_FACET]: 3,
  [VENDOR_FACET]: 4,
};
const OPTION_PLACE = 2;

type Candidate = {
  readonly key: string;
  readonly label: string;
  readonly place: number;
  readonly terms: readonly number[];
  readonly filed: number;
};

/** The facets of a list with the counts of their values: each counted as if its own facet were not filtered by. */
export function describeFacets(view: FacetView): Facet[] {
  return candidates(view)
    .filter(({ key, terms }) => terms.length > (SWITCHES.has(key) ? 0 : 1) || isChosen(view, key))
    .sort(
      (left, right) =>
        left.place - right.place || right.filed - left.filed || (left.key < right.key ? -1 : 1),
    )
    .slice(0, MAX_SHOWN_FACETS)
    .map((candidate) => describe(view, candidate));
}

const isChosen = ({ filters }: FacetView, key: string): boolean => (filters.values[key]?.length ?? 0) > 0;

/** The facets of the list, each with the values that occur in it. */
function candidates(view: FacetView): Candidate[] {
  const { dictionary, base, definitions } = view;
  const terms = dictionary.facets.map((): number[] => []);
  for (let term = 0; term < base.length; term += 1)
    if ((base[term] ?? 0) > 0) terms[dictionary.facetIndexOf(term)]?.push(term);
  return dictionary.facets.flatMap(({ key, label }, index) => {
    const definition = definitions?.find((one) => one.key === key);
    if (key === COLLECTION_FACET || (definitions && !definition?.isActive)) return [];
    const own = terms[index] ?? [];
    return {
      key,
      label: definition?.label ?? label,
      place: definition?.position ?? DERIVED_PLACES[key] ?? OPTION_PLACE,
      terms: own,
      filed: own.reduce((sum, term) => sum + (base[term] ?? 0), 0),
    };
  });
}

function describe(view: FacetView, { key, label, terms }: Candidate): Facet {
  const { dictionary, base, definitions } = view;
  const counts = view.own.get(key) ?? view.result;
  const chosen = new Set(view.filters.values[key] ?? []);
  const frequent = [...terms].sort((left, right) => (base[right] ?? 0) - (base[left] ?? 0) || left - right);
  const shown = frequent.filter(
    (term, index) => index < MAX_SHOWN_VALUES || chosen.has(dictionary.valueOf(term)),
  );
  const labels = shown.map((term) => dictionary.labelOf(term));
  const order = definitions?.find((one) => one.key === key)?.valueOrder;
  const isNatural = order === undefined ? looksOrdered(labels) : order === "natural";
  const ordered = isNatural
    ? [...shown].sort((left, right) => compareNaturally(dictionary.labelOf(left), dictionary.labelOf(right)))
    : shown;
  const values = ordered.map((term): FacetValue => {
    const value = dictionary.valueOf(term);
    return {
      value,
      label: dictionary.labelOf(term),
      count: counts[term] ?? 0,
      isSelected: chosen.has(value),
    };
  });
  return {
    key,
    label,
    values: [...values, ...absent(view, key, values)],
    hiddenValues: terms.length - values.length,
  };
}

/** Values that are asked for and do not occur in the list: shown, so that they can be taken away. */
function absent(
  { dictionary, filters }: FacetView,
  key: string,
  present: readonly FacetValue[],
): FacetValue[] {
  return (filters.values[key] ?? [])
    .filter((value) => !present.some((one) => one.value === value))
    .map((value) => {
      const term = dictionary.find(key, value);
      return {
        value,
        label: term === undefined ? value : dictionary.labelOf(term),
        count: 0,
        isSelected: true,
      };
    });
}
