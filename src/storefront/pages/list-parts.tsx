import type { ProductCard, ProductSort } from "#catalog";
import { CardGrid, Field, Pager } from "#web";

/** What people call the sort orders. */
export const SORT_LABELS: Readonly<Record<ProductSort, string>> = {
  featured: "Our order",
  newest: "Newest",
  price_asc: "Price, low to high",
  price_desc: "Price, high to low",
  title: "Name",
};

/** The sort order as a form that needs no script: a list and a button. */
export const SortForm = ({ action, sort }: { readonly action: string; readonly sort: ProductSort }) => (
  <form class="sort" action={action} method="get">
    <Field
      name="sort"
      label="Sort"
      value={sort}
      options={Object.entries(SORT_LABELS).map(([value, label]) => ({ value, label }))}
    />
    <button class="button button-quiet" type="submit">
      Apply
    </button>
  </form>
);

export type CardListProps = {
  readonly cards: readonly ProductCard[];
  readonly shown: string;
  readonly moreHref?: string | undefined;
  readonly firstHref?: string | undefined;
};

/** Cards below the h1 of a list, and the way to more of them. */
export const CardList = ({ cards, shown, moreHref, firstHref }: CardListProps) => (
  <>
    <CardGrid cards={cards} level={2} firstCount={4} />
    <Pager shown={shown} moreHref={moreHref} firstHref={firstHref} />
  </>
);
