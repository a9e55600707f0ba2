import type { FoundListing as Found } from "#browse";
import type { CollectionView } from "#catalog";
import type { SearchSort } from "#search";
import { Empty, Field, Page, plural, type ShopChrome } from "#web";
import { MAX_QUERY_CHARACTERS } from "../limits.ts";
import { FacetChips, WaysOut } from "./facet-chips.tsx";
import { FacetForm } from "./facet-form.tsx";
import { chosenCount, listHref, type ListAddress } from "./list-address.ts";
import { CardList, FilterSort } from "./list-parts.tsx";

export type SearchPageView = {
  readonly query: string;
  readonly sort: SearchSort;
  /** Absent before anything was searched for. */
  readonly found: Found | undefined;
  readonly address: ListAddress;
  readonly collections: readonly CollectionView[];
  readonly isLater: boolean;
  readonly chrome: ShopChrome;
};

/** The same cards as a collection, for whatever was typed. */
export const SearchPage = (view: SearchPageView) => {
  const { query, sort, found, address, chrome } = view;
  return (
    <Page
      title={query ? `${query}: search` : "Search"}
      isIndexed={false}
      script="search"
      kind="search"
      chrome={chrome}
      query={query}
      path="/search"
    >
      <collection-view class={found?.hasFacets ? "browse" : undefined}>
        <div class="list-head">
          <div class="stack">
            <h1>{query ? <>Search: {<bdi>{query}</bdi>}</> : "Search"}</h1>
            <SearchForm query={query} id="q" />
          </div>
          {found?.hasFacets && (
            <p class="hint" data-part="count">
              {countWords(view, found)}
            </p>
          )}
        </div>
        {found?.hasFacets && <Narrow address={address} sort={sort} found={found} />}
        <div class="list-main" {...toldOf(view)}>
          {found?.hasFacets && (
            <div data-part="chips">
              <FacetChips address={address} facets={found.facets} />
            </div>
          )}
          <div data-part="list" data-announce={found ? announcement(view, found) : ""}>
            <Results {...view} />
          </div>
        </div>
      </collection-view>
    </Page>
  );
};

type NarrowProps = { readonly address: ListAddress; readonly sort: SearchSort; readonly found: Found };

/** Sort order and filters, as beside a collection. */
const Narrow = ({ address, sort, found }: NarrowProps) => (
  <>
    {found.total > 1 && <FilterSort sort={sort} labels={SORT_LABELS} />}
    <FacetForm
      address={address}
      facets={found.facets}
      price={found.price}
      chosen={chosenCount(address.filters)}
    />
  </>
);

/** What the page tells the shop of a search; later pages of one and narrower lists are no search of their own. */
const toldOf = ({ query, found, isLater, address }: SearchPageView) =>
  !found || isLater || chosenCount(address.filters) > 0
    ? {}
    : {
        "data-search": query,
        ...(found.count === 0 || found.correction !== undefined || found.isPartial
          ? { "data-miss": "" }
          : {}),
      };

/** How many there are; with filters, of how many. */
function countWords({ address }: SearchPageView, found: Found): string {
  const { count, total, isCountExact } = found;
  if (chosenCount(address.filters) > 0)
    return isCountExact ? `${count} of ${total} shown` : `${count} of the best ${total} shown`;
  return isCountExact ? plural(count, PRODUCTS) : `More than ${count} products`;
}
const PRODUCTS = { one: "product", other: "products" };

/** What a screen reader hears of a new list. */
const announcement = (view: SearchPageView, found: Found): string =>
  found.correction === undefined
    ? countWords(view, found)
    : `${countWords(view, found)} for ${found.correction}`;

const Results = (view: SearchPageView) => {
  const { query, sort, found, address, collections, isLater } = view;
  if (!found) return <Collections collections={collections} title="Or look through" />;
  if (found.items.length === 0 && found.total > 0) {
    return (
      <div class="empty">
        <h2 class="empty-title">Nothing that was found fits all of these</h2>
        <p>Take one of them away:</p>
        <WaysOut address={address} facets={found.facets} without={found.without} />
      </div>
    );
  }
  if (found.items.length === 0) {
    return (
      <>
        <Empty title={`Nothing matches “${query}”.`}>
          Try fewer or other words: a motif, a material, a colour.
        </Empty>
        <Collections collections={collections} title="Or look through" />
      </>
    );
  }
  return (
    <>
      <Instead query={query} found={found} />
      {found.count > 1 && !found.hasFacets && (
        <div class="list-head">
          <p class="hint">{countWords(view, found)}</p>
          <SearchSortForm query={query} sort={sort} />
        </div>
      )}
      <CardList
        cards={found.items}
        shown={isLater ? `${found.items.length} more` : countWords(view, found)}
        moreHref={found.nextCursor && listHref(address, found.nextCursor)}
        firstHref={isLater ? listHref(address) : undefined}
      />
    </>
  );
};

/** Says when the list is not what was asked for, and why it is there. */
const Instead = ({ query, found }: { readonly query: string; readonly found: Found }) => {
  if (found.correction !== undefined)
    return (
      <p class="lead">
        Nothing matches “<bdi>{query}</bdi>”. Did you mean{" "}
        <a href={searchHref(found.correction)}>
          <bdi>{found.correction}</bdi>
        </a>
        ? That is shown here.
      </p>
    );
  return found.isPartial ? (
    <p class="lead">
      Nothing has all the words of “<bdi>{query}</bdi>”. These have some of them.
    </p>
  ) : null;
};

const SORT_LABELS: Readonly<Record<SearchSort, string>> = {
  relevance: "Best match",
  newest: "Newest",
  price_asc: "Price, low to high",
  price_desc: "Price, high to low",
  title: "Name",
};

const SearchSortForm = ({ query, sort }: { readonly query: string; readonly sort: SearchSort }) => (
  <form class="sort" action="/search" method="get">
    <input type="hidden" name="q" value={query} />
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

/** The address of a search. */
export const searchHref = (query: string): string =>
  `/search?${new URLSearchParams({ q: query }).toString()}`;

/** A search field with a word on its button. */
export const SearchForm = ({ query, id }: { readonly query: string; readonly id: string }) => (
  <form class="search-form" role="search" action="/search" method="get" aria-label="Search products">
    <Field
      name="q"
      id={id}
      label="What are you looking for?"
      type="search"
      value={query}
      maxLength={MAX_QUERY_CHARACTERS}
      enterkeyhint="search"
    />
    <button class="button" type="submit">
      Search
    </button>
  </form>
);

/** Ways on, as links. */
export const Collections = ({
  collections,
  title,
}: {
  readonly collections: readonly CollectionView[];
  readonly title: string;
}) =>
  collections.length === 0 ? null : (
    <section class="stack" aria-labelledby="ways-on">
      <h2 id="ways-on">{title}</h2>
      <ul class="links-row">
        {collections.map((collection) => (
          <li>
            <a class="button button-quiet" href={`/collections/${encodeURIComponent(collection.handle)}`}>
              {collection.title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
