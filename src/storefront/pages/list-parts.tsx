import { PRODUCT_SORTS, type ProductCard, type ProductSort } from "#catalog";
import type { SearchSort } from "#search";
import { CardGrid, Field, Pager, useSpeech, type Speech } from "#web";
import { FILTER_FORM_ID } from "./facet-form.tsx";

/** The sort orders that a list offers, in their order, as people call them. */
export const sortOptions = (
  { say }: Speech,
  sorts: readonly (ProductSort | SearchSort)[],
): readonly { readonly value: string; readonly label: string }[] =>
  sorts.map((value) => ({ value, label: say(`sort.${value}`) }));

/** The sort order as a form that needs no script: a list and a button. */
export const SortForm = ({ action, sort }: { readonly action: string; readonly sort: ProductSort }) => {
  const speech = useSpeech();
  return (
    <form class="sort" action={action} method="get">
      <Field
        name="sort"
        label={speech.say("list.sort")}
        value={sort}
        options={sortOptions(speech, PRODUCT_SORTS)}
      />
      <button class="button button-quiet" type="submit">
        {speech.say("shell.apply")}
      </button>
    </form>
  );
};

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
    <FilterSort sort={sort} sorts={PRODUCT_SORTS} />
  ) : (
    <SortForm action={action} sort={sort} />
  );

type FilterSortProps = {
  readonly sort: ProductSort | SearchSort;
  readonly sorts: readonly (ProductSort | SearchSort)[];
};

/** The sort order as part of the filters' form, wherever it stands. */
export const FilterSort = ({ sort, sorts }: FilterSortProps) => {
  const speech = useSpeech();
  return (
    <div class="sort" data-part="sort">
      <div class="field">
        <label for="sort">{speech.say("list.sort")}</label>
        <select id="sort" name="sort" form={FILTER_FORM_ID}>
          {sortOptions(speech, sorts).map(({ value, label }) => (
            <option value={value} selected={value === sort}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <button class="button button-quiet" type="submit" form={FILTER_FORM_ID}>
        {speech.say("shell.apply")}
      </button>
    </div>
  );
};

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
