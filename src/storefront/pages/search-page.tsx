import type { CollectionView } from "#catalog";
import type { SearchPage as Found, SearchSort } from "#search";
import { Empty, Field, Page, plural, type ShopChrome } from "#web";
import { MAX_QUERY_CHARACTERS } from "../limits.ts";
import { CardList } from "./list-parts.tsx";

export type SearchPageView = {
  readonly query: string;
  readonly sort: SearchSort;
  /** Absent before anything was searched for. */
  readonly found: Found | undefined;
  readonly collections: readonly CollectionView[];
  readonly isLater: boolean;
  readonly chrome: ShopChrome;
};

/** The same cards as a collection, for whatever was typed. */
export const SearchPage = (view: SearchPageView) => {
  const { query, found, chrome } = view;
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
      <collection-view>
        <div class="list-head">
          <div class="stack">
            <h1>{query ? <>Search: {<bdi>{query}</bdi>}</> : "Search"}</h1>
            <SearchForm query={query} id="q" />
          </div>
        </div>
        <div {...toldOf(view)}>
          <div data-part="list" data-announce={found ? announcement(found) : ""}>
            <Results {...view} />
          </div>
        </div>
      </collection-view>
    </Page>
  );
};

/** What the page tells the shop of a search; later pages of one are no search of their own. */
const toldOf = ({ query, found, isLater }: SearchPageView) =>
  !found || isLater
    ? {}
    : {
        "data-search": query,
        ...(found.count === 0 || found.correction !== undefined || found.isPartial
          ? { "data-miss": "" }
          : {}),
      };

const countWords = (found: Found): string =>
  found.isCountExact
    ? plural(found.count, { one: "product", other: "products" })
    : `More than ${found.count} products`;

/** What a screen reader hears of a new list. */
const announcement = (found: Found): string =>
  found.correction === undefined ? countWords(found) : `${countWords(found)} for ${found.correction}`;

const Results = (view: SearchPageView) => {
  const { query, sort, found, collections, isLater } = view;
  if (!found) return <Collections collections={collections} title="Or look through" />;
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
      {found.count > 1 && (
        <div class="list-head">
          <p class="hint">{countWords(found)}</p>
          <SearchSortForm query={query} sort={sort} />
        </div>
      )}
      <CardList
        cards={found.items}
        shown={isLater ? `${found.items.length} more` : countWords(found)}
        moreHref={found.nextCursor && searchHref(query, { sort, after: found.nextCursor })}
        firstHref={isLater ? searchHref(query, { sort }) : undefined}
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
export function searchHref(
  query: string,
  { sort = "relevance", after }: { readonly sort?: SearchSort; readonly after?: string } = {},
): string {
  const more = {
    ...(sort === "relevance" ? {} : { sort }),
    ...(after === undefined ? {} : { after }),
  };
  return `/search?${new URLSearchParams({ q: query, ...more }).toString()}`;
}

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
