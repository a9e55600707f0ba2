import { filterParameters, type ListingFilters } from "#browse";

/** A list as its address says it: path, the words of a search, sort and filters. */
export type ListAddress = {
  readonly path: string;
  /** Parameters that stay whatever is filtered. */
  readonly kept: readonly (readonly [string, string])[];
  /** Absent for the default one. */
  readonly sort?: string | undefined;
  readonly filters: ListingFilters;
  /** ISO 4217, of the amounts in the address. */
  readonly currency: string;
};

/** The address of the list, of its next page when a cursor is given. */
export function listHref({ path, kept, sort, filters, currency }: ListAddress, cursor?: string): string {
  const parameters = new URLSearchParams([
    ...kept.map(([name, value]) => [name, value]),
    ...(sort === undefined ? [] : [["sort", sort]]),
    ...filterParameters(filters, currency),
    ...(cursor === undefined ? [] : [["after", cursor]]),
  ]);
  const query = parameters.toString();
  return query === "" ? path : `${path}?${query}`;
}

/** The list without one value of a facet, without a whole facet, or without the price. */
export function withoutFilter(address: ListAddress, key: string, value?: string): ListAddress {
  const { values, ...prices } = address.filters;
  if (key === "price") return { ...address, filters: { values } };
  const left = value === undefined ? [] : (values[key] ?? []).filter((one) => one !== value);
  const others = Object.entries(values).filter(([other]) => other !== key);
  return {
    ...address,
    filters: {
      ...prices,
      values: Object.fromEntries([...others, ...(left.length > 0 ? [[key, left] as const] : [])]),
    },
  };
}

export const withoutFilters = (address: ListAddress): ListAddress => ({
  ...address,
  filters: { values: {} },
});

/** How many things a shopper has chosen: each value counts, a price range counts once. */
export const chosenCount = ({ values, priceFromMinor, priceToMinor }: ListingFilters): number =>
  Object.values(values).reduce((sum, chosen) => sum + chosen.length, 0) +
  (priceFromMinor !== undefined || priceToMinor !== undefined ? 1 : 0);
