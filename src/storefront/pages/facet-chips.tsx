import type { Facet, ListingFilters } from "#browse";
import { formatMinorShort, plural } from "#web";
import { listHref, withoutFilter, withoutFilters, type ListAddress } from "./list-address.ts";

type Chip = { readonly label: string; readonly facet: string; readonly href: string };

/** What is filtered by, each as a link that takes it away, and one that takes all. */
export const FacetChips = ({
  address,
  facets,
}: {
  readonly address: ListAddress;
  readonly facets: readonly Facet[];
}) => {
  const chips = chipsOf(address, facets);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filters in use">
      {chips.map(({ label, facet, href }) => (
        <li>
          <a class="chip" href={href}>
            <span class="visually-hidden">Remove {facet}: </span>
            <span dir="auto">{label}</span>
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a class="chip-clear" href={listHref(withoutFilters(address))}>
          Clear all
        </a>
      </li>
    </ul>
  );
};

function chipsOf(address: ListAddress, facets: readonly Facet[]): readonly Chip[] {
  const { filters, currency } = address;
  const values = Object.entries(filters.values).flatMap(([key, chosen]) =>
    chosen.map((value): Chip => {
      const facet = facets.find((one) => one.key === key);
      const label = facet?.values.find((one) => one.value === value)?.label ?? value;
      return { label, facet: facet?.label ?? key, href: listHref(withoutFilter(address, key, value)) };
    }),
  );
  const range = rangeWords(filters, currency);
  return range === undefined
    ? values
    : [...values, { label: range, facet: "price", href: listHref(withoutFilter(address, "price")) }];
}

function rangeWords(
  { priceFromMinor: from, priceToMinor: to }: ListingFilters,
  currency: string,
): string | undefined {
  const amount = (minor: number): string => formatMinorShort(minor, currency);
  if (from !== undefined && to !== undefined) return `${amount(from)} to ${amount(to)}`;
  if (from !== undefined) return `${amount(from)} or more`;
  return to === undefined ? undefined : `up to ${amount(to)}`;
}

/** Ways out of a list in which nothing is left: each filter whose absence would help, the most helpful first. */
export const WaysOut = ({
  address,
  facets,
  without,
}: {
  readonly address: ListAddress;
  readonly facets: readonly Facet[];
  readonly without: Readonly<Record<string, number>>;
}) => {
  const ways = Object.entries(without)
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([key, count]) => ({
      href: listHref(withoutFilter(address, key)),
      label: `Without ${wordsOf(key, address, facets)}`,
      count,
    }));
  return (
    <ul class="links-row">
      {ways.map(({ href, label, count }) => (
        <li>
          <a class="button button-quiet" href={href}>
            {label}: {plural(count, { one: "product", other: "products" })}
          </a>
        </li>
      ))}
      <li>
        <a class="button" href={listHref(withoutFilters(address))}>
          Clear all filters
        </a>
      </li>
    </ul>
  );
};

function wordsOf(key: string, { filters, currency }: ListAddress, facets: readonly Facet[]): string {
  if (key === "price") return `the price ${rangeWords(filters, currency) ?? ""}`.trim();
  const chosen =
    facets.find((facet) => facet.key === key)?.values.filter(({ isSelected }) => isSelected) ?? [];
  return chosen.map(({ label }) => label).join(" or ") || key;
}
