import type { ProductCard, ProductSort } from "#catalog";
import { CardGrid, Field, Pager } from "#web";
import { FILTER_FORM_ID } from "./facet-form.tsx";

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

/**
 * The sort order of a list that can be filtered: part of the filters' form, wherever it stands. With an action it is a form of
 * its own.
 */
export const SortChoice = ({
  sort,
  action,
}: {
  readonly sort: ProductSort;
  readonly action?: string | undefined;
}) =>
  action === undefined ? (
    <FilterSort sort={sort} labels={SORT_LABELS} />
  ) : (
    <SortForm action={action} sort={sort} />
  );

/** The sort order as part of the filters' form, wherever it stands. */
export const FilterSort = <S extends string>({
  sort,
  labels,
}: {
  readonly sort: S;
  readonly labels: Readonly<Record<S, string>>;
}) => (
  <div class="sort" data-part="sort">
    <div class="field">
      <label for="sort">Sort</label>
      <select id="sort" name="sort" form={FILTER_FORM_ID}>
        {Object.entries<string>(labels).map(([value, label]) => (
          <option value={value} selected={value === sort}>
            {label}
          </option>
        ))}
      </select>
    </div>
    <button class="button button-quiet" type="submit" form={FILTER_FORM_ID}>
      Apply
    </button>
  </div>
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
