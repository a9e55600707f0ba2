import type { Facet, ListingFilters } from "#browse";
import { useSpeech, type Speech } from "#web";
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
  const speech = useSpeech();
  const { say } = speech;
  const chips = chipsOf(speech, address, facets);
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={say("filter.in_use")}>
      {chips.map(({ label, facet, href }) => (
        <li>
          <a class="chip" href={href}>
            <span class="visually-hidden">{say("filter.remove", { facet })} </span>
            <span dir="auto">{label}</span>
            <span aria-hidden="true">×</span>
          </a>
        </li>
      ))}
      <li>
        <a class="chip-clear" href={listHref(withoutFilters(address))}>
          {say("filter.clear")}
        </a>
      </li>
    </ul>
  );
};

function chipsOf(speech: Speech, address: ListAddress, facets: readonly Facet[]): readonly Chip[] {
  const { filters, currency } = address;
  const values = Object.entries(filters.values).flatMap(([key, chosen]) =>
    chosen.map((value): Chip => {
      const facet = facets.find((one) => one.key === key);
      const label = facet?.values.find((one) => one.value === value)?.label ?? value;
      return { label, facet: facet?.label ?? key, href: listHref(withoutFilter(address, key, value)) };
    }),
  );
  const range = rangeWords(speech, filters, currency);
  return range === undefined
    ? values
    : [
        ...values,
        {
          label: range,
          facet: speech.say("filter.price_word"),
          href: listHref(withoutFilter(address, "price")),
        },
      ];
}

function rangeWords(
  { say, moneyShort }: Speech,
  { priceFromMinor: from, priceToMinor: to }: ListingFilters,
  currency: string,
): string | undefined {
  const amount = (minor: number): string => moneyShort(minor, currency);
  if (from !== undefined && to !== undefined)
    return say("filter.range", { from: amount(from), to: amount(to) });
  if (from !== undefined) return say("filter.least", { from: amount(from) });
  return to === undefined ? undefined : say("filter.most", { to: amount(to) });
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
  const speech = useSpeech();
  const { say } = speech;
  const ways = Object.entries(without)
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([key, count]) => ({
      href: listHref(withoutFilter(address, key)),
      label: say("filter.without", {
        value: wordsOf(speech, key, { address, facets }),
        products: say("list.products", { count }),
      }),
    }));
  return (
    <ul class="links-row">
      {ways.map(({ href, label }) => (
        <li>
          <a class="button button-quiet" href={href}>
            {label}
          </a>
        </li>
      ))}
      <li>
        <a class="button" href={listHref(withoutFilters(address))}>
          {say("filter.clear_filters")}
        </a>
      </li>
    </ul>
  );
};

type Where = { readonly address: ListAddress; readonly facets: readonly Facet[] };

function wordsOf(speech: Speech, key: string, { address: { filters, currency }, facets }: Where): string {
  const { say } = speech;
  if (key === "price")
    return say("filter.the_price", { range: rangeWords(speech, filters, currency) ?? "" }).trim();
  const chosen =
    facets.find((facet) => facet.key === key)?.values.filter(({ isSelected }) => isSelected) ?? [];
  const [first = key, ...others] = chosen.map(({ label }) => label);
  return others.reduce((before, label) => say("shell.or", { first: before, second: label }), first);
}
