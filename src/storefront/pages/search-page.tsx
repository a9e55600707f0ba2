import type { CollectionView, SearchPage as Found } from "#catalog";
import { Empty, Field, Page, plural, type ShopChrome } from "#web";
import { MAX_QUERY_CHARACTERS } from "../limits.ts";
import { CardList } from "./list-parts.tsx";

export type SearchPageView = {
  readonly query: string;
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
        <div data-part="list" data-announce={found ? countWords(found) : ""}>
          <Results {...view} />
        </div>
      </collection-view>
    </Page>
  );
};

const countWords = (found: Found): string =>
  found.isCountExact
    ? plural(found.count, { one: "product", other: "products" })
    : `More than ${found.count} products`;

const Results = ({ query, found, collections, isLater }: SearchPageView) => {
  if (!found) return <Collections collections={collections} title="Or look through" />;
  if (found.items.length === 0) {
    return (
      <>
        <Empty title={`Nothing matches “${query}”.`}>
          {found.suggestion ? (
            <>
              Did you mean <a href={searchHref(found.suggestion)}>{found.suggestion}</a>?
            </>
          ) : (
            "Try fewer or other words: a motif, a material, a colour."
          )}
        </Empty>
        <Collections collections={collections} title="Or look through" />
      </>
    );
  }
  return (
    <CardList
      cards={found.items}
      shown={isLater ? `${found.items.length} more` : countWords(found)}
      moreHref={found.nextCursor && `${searchHref(query)}&after=${encodeURIComponent(found.nextCursor)}`}
      firstHref={isLater ? searchHref(query) : undefined}
    />
  );
};

/** The address of a search. */
export const searchHref = (query: string): string => `/search?q=${encodeURIComponent(query)}`;

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
