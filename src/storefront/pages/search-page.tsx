import type { FoundListing as Found } from "#browse";
import type { CollectionView } from "#catalog";
import { SEARCH_SORTS, type PopularNow, type SearchSort } from "#search";
import { Empty, Field, Page, useSpeech, type ShopChrome, type Speech } from "#web";
import { MAX_QUERY_CHARACTERS } from "../limits.ts";
import { FacetChips, WaysOut } from "./facet-chips.tsx";
import { FacetForm } from "./facet-form.tsx";
import { chosenCount, listHref, type ListAddress } from "./list-address.ts";
import { Strip } from "./product-relations.tsx";
import { CardList, FilterSort, sortOptions } from "./list-parts.tsx";

export type SearchPageView = {
  readonly query: string;
  readonly sort: SearchSort;
  /** Absent before anything was searched for. */
  readonly found: Found | undefined;
  readonly address: ListAddress;
  readonly collections: readonly CollectionView[];
  /** What others look for and at, where nothing was found or searched for. */
  readonly help: PopularNow | undefined;
  readonly isLater: boolean;
  readonly chrome: ShopChrome;
};

/** The same cards as a collection, for whatever was typed. */
export const SearchPage = (view: SearchPageView) => {
  const { query, sort, found, address, chrome } = view;
  const speech = useSpeech();
  const { say, parts } = speech;
  return (
    <Page
      title={query ? say("search.title_of", { query }) : say("search.title")}
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
            <h1>{query ? parts("search.heading", { query: <bdi>{query}</bdi> }) : say("search.title")}</h1>
            <SearchForm query={query} id="q" />
          </div>
          {found?.hasFacets && (
            <p class="hint" data-part="count">
              {countWords(speech, view, found)}
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
          <div data-part="list" data-announce={found ? announcement(speech, view, found) : ""}>
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
    {found.total > 1 && <FilterSort sort={sort} sorts={SEARCH_SORTS} />}
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
function countWords({ say }: Speech, { address }: SearchPageView, found: Found): string {
  const { count, total, isCountExact } = found;
  if (chosenCount(address.filters) > 0)
    return say(isCountExact ? "list.of_shown" : "list.of_best_shown", { count, total });
  return say(isCountExact ? "list.products" : "list.more_than", { count });
}

/** What a screen reader hears of a new list. */
const announcement = (speech: Speech, view: SearchPageView, found: Found): string => {
  const words = countWords(speech, view, found);
  return found.correction === undefined
    ? words
    : speech.say("search.for", { found: words, query: found.correction });
};

const Results = (view: SearchPageView) => {
  const { query, sort, found, address, collections, isLater } = view;
  const speech = useSpeech();
  const { say } = speech;
  if (!found)
    return (
      <>
        <div class="apart">
          <OthersLookFor help={view.help} />
          <Collections collections={collections} title={say("search.look_through")} />
        </div>
        <Strip id="popular" title={say("search.popular")} cards={view.help?.products ?? []} />
      </>
    );
  if (found.items.length === 0 && found.total > 0) {
    return (
      <div class="empty">
        <h2 class="empty-title">{say("filter.nothing_found")}</h2>
        <p>{say("filter.take_away")}</p>
        <WaysOut address={address} facets={found.facets} without={found.without} />
      </div>
    );
  }
  if (found.items.length === 0) {
    return (
      <>
        <Empty title={say("search.none", { query })}>{say("search.none_text")}</Empty>
        <div class="apart">
          <OthersLookFor help={view.help} />
          <Collections collections={collections} title={say("search.look_through")} />
        </div>
        <Strip id="popular" title={say("search.popular")} cards={view.help?.products ?? []} />
      </>
    );
  }
  return (
    <>
      <Instead query={query} found={found} />
      {found.count > 1 && !found.hasFacets && (
        <div class="list-head">
          <p class="hint">{countWords(speech, view, found)}</p>
          <SearchSortForm query={query} sort={sort} />
        </div>
      )}
      <CardList
        cards={found.items}
        shown={isLater ? say("list.more", { count: found.items.length }) : countWords(speech, view, found)}
        moreHref={found.nextCursor && listHref(address, found.nextCursor)}
        firstHref={isLater ? listHref(address) : undefined}
      />
    </>
  );
};

/** Queries of others, as links. */
const OthersLookFor = ({ help }: { readonly help: PopularNow | undefined }) =>
  !help || help.phrases.length === 0 ? null : (
    <section class="stack" aria-labelledby="others">
      <h2 id="others">{useSpeech().say("search.others")}</h2>
      <ul class="links-row">
        {help.phrases.map((phrase) => (
          <li>
            <a class="button button-quiet" href={searchHref(phrase)}>
              <bdi>{phrase}</bdi>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );

/** Says when the list is not what was asked for, and why it is there. */
const Instead = ({ query, found }: { readonly query: string; readonly found: Found }) => {
  const { parts } = useSpeech();
  const typed = <bdi>{query}</bdi>;
  if (found.correction !== undefined) {
    const correction = (
      <a href={searchHref(found.correction)}>
        <bdi>{found.correction}</bdi>
      </a>
    );
    return <p class="lead">{parts("search.meant", { query: typed, correction })}</p>;
  }
  if (found.suggestion !== undefined) {
    const suggestion = (
      <a href={searchHref(found.suggestion)}>
        <bdi>{found.suggestion}</bdi>
      </a>
    );
    return <p class="lead">{parts("search.perhaps", { suggestion })}</p>;
  }
  return found.isPartial ? <p class="lead">{parts("search.partial", { query: typed })}</p> : null;
};

const SearchSortForm = ({ query, sort }: { readonly query: string; readonly sort: SearchSort }) => {
  const speech = useSpeech();
  return (
    <form class="sort" action="/search" method="get">
      <input type="hidden" name="q" value={query} />
      <Field
        name="sort"
        label={speech.say("list.sort")}
        value={sort}
        options={sortOptions(speech, SEARCH_SORTS)}
      />
      <button class="button button-quiet" type="submit">
        {speech.say("shell.apply")}
      </button>
    </form>
  );
};

/** The address of a search. */
export const searchHref = (query: string): string =>
  `/search?${new URLSearchParams({ q: query }).toString()}`;

/** A search field with a word on its button. */
export const SearchForm = ({ query, id }: { readonly query: string; readonly id: string }) => {
  const { say } = useSpeech();
  return (
    <form class="search-form" role="search" action="/search" method="get" aria-label={say("search.products")}>
      <Field
        name="q"
        id={id}
        label={say("search.question")}
        type="search"
        value={query}
        maxLength={MAX_QUERY_CHARACTERS}
        enterkeyhint="search"
      />
      <button class="button" type="submit">
        {say("shell.search")}
      </button>
    </form>
  );
};

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
