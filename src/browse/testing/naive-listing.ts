import type { IndexedProduct, ProductSort } from "#catalog";
import type { FacetDefinition, IndexQuery } from "../contract.ts";
import { termsOf } from "../domain/terms.ts";

/** The same answer, found the slow way: what the index is held against. */
export function naiveListing(
  products: readonly IndexedProduct[],
  query: IndexQuery,
  definitions?: readonly FacetDefinition[],
) {
  const inBase = products.filter(
    (one) =>
      (query.collection === undefined || one.collections.some(({ handle }) => handle === query.collection)) &&
      (query.among === undefined || query.among.includes(one.number)),
  );
  const values = Object.entries(query.filters.values).filter(([, chosen]) => chosen.length > 0);
  const filters: readonly (readonly [string, (one: IndexedProduct) => boolean])[] = [
    ...values.map(
      ([key, chosen]) =>
        [
          key,
          (one: IndexedProduct) =>
            termsOf(one, definitions).some((term) => term.facet === key && chosen.includes(term.value)),
        ] as const,
    ),
    ...(query.filters.priceFromMinor === undefined && query.filters.priceToMinor === undefined
      ? []
      : [
          [
            "price",
            (one: IndexedProduct) =>
              one.priceMinMinor <= (query.filters.priceToMinor ?? Infinity) &&
              one.priceMaxMinor >= (query.filters.priceFromMinor ?? 0),
          ] as const,
        ]),
  ];
  const fits = (one: IndexedProduct, except?: string): boolean =>
    filters.every(([key, test]) => key === except || test(one));
  const listed = inBase.filter((one) => fits(one));
  return {
    numbers: sorted(listed, query).map((one) => one.number),
    total: inBase.length,
    count: listed.length,
    countOf: (facet: string, value: string): number =>
      inBase
        .filter((one) => fits(one, facet))
        .filter((one) =>
          termsOf(one, definitions).some((term) => term.facet === facet && term.value === value),
        ).length,
    without: Object.fromEntries(
      filters.map(([key]) => [key, inBase.filter((one) => fits(one, key)).length] as const),
    ),
  };
}

function sorted(products: readonly IndexedProduct[], query: IndexQuery): readonly IndexedProduct[] {
  if (query.sort === "given")
    return (query.among ?? []).flatMap((number) => products.find((one) => one.number === number) ?? []);
  const keys: Readonly<Record<ProductSort, (one: IndexedProduct) => readonly (string | number)[]>> = {
    featured: (one) => [
      Number(one.isSoldOut),
      one.collections.find(({ handle }) => handle === query.collection)?.place ?? one.featuredPosition,
      one.number,
    ],
    popular: (one) => [one.popularity, one.number],
    newest: (one) => [one.publishedAtMs, one.number],
    price_asc: (one) => [one.priceMinMinor, one.number],
    price_desc: (one) => [one.priceMinMinor, one.number],
    title: (one) => [one.titleKey, one.number],
  };
  const keysOf = keys[query.sort];
  const direction = ["popular", "newest", "price_desc"].includes(query.sort) ? -1 : 1;
  return [...products].sort((left, right) => {
    const [first, second] = [keysOf(left), keysOf(right)];
    const place = first.findIndex((key, index) => key !== second[index]);
    const [low = 0, high = 0] = [first[place], second[place]];
    return (low < high ? -1 : 1) * direction;
  });
}
