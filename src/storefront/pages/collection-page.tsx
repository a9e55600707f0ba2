import { raw } from "hono/html";
import type { Listing } from "#browse";
import type { CollectionView, ProductSort } from "#catalog";
import { Crumbs, Empty, Page, useSpeech, type ShopChrome, type Speech } from "#web";
import { FacetChips, WaysOut } from "./facet-chips.tsx";
import { FacetForm } from "./facet-form.tsx";
import { JsonLd, OpenGraph, describeHtml } from "./head-data.tsx";
import { inSentence } from "./in-sentence.ts";
import { chosenCount, listHref, type ListAddress } from "./list-address.ts";
import { CardList, SortChoice } from "./list-parts.tsx";
import { absolute, crumbData } from "./product-data.ts";

export type CollectionPageView = {
  readonly collection: CollectionView;
  readonly listing: Listing;
  readonly address: ListAddress;
  readonly sort: ProductSort;
  /** True on a page that was reached by "Show more" without script. */
  readonly isLater: boolean;
  readonly origin: string;
  readonly chrome: ShopChrome;
};

/** From so many filters on the address is one of too many to be worth a search engine's time. */
const FILTERS_WITHOUT_INDEX = 2;

/** One collection: filters, sort, cards, more of them. */
export const CollectionPage = (view: CollectionPageView) => {
  const { collection, listing, address, sort, origin, chrome, isLater } = view;
  const speech = useSpeech();
  const { say } = speech;
  const path = collectionPath(collection);
  const description =
    describeHtml(collection.descriptionHtml) ||
    say("list.at", { collection: collection.title, shop: chrome.name });
  const chosen = chosenCount(address.filters);
  const found = say("list.products", { count: listing.count });
  return (
    <Page
      title={collection.title}
      description={description}
      canonical={origin + path}
      isIndexed={!isLater && chosen < FILTERS_WITHOUT_INDEX}
      script="collection"
      kind="collection"
      chrome={chrome}
      path={path}
      head={<Head {...view} description={description} />}
    >
      <Crumbs links={[{ href: "/", label: say("shell.home") }]} current={collection.title} />
      <collection-view class={listing.hasFacets ? "browse" : undefined}>
        <div class="list-head">
          <h1 dir="auto">{collection.title}</h1>
          {collection.descriptionHtml && <div class="list-intro rich">{raw(collection.descriptionHtml)}</div>}
          <p class="hint" data-part="count">
            {chosen > 0 ? say("list.of_shown", { count: listing.count, total: listing.total }) : found}
          </p>
        </div>
        {listing.total > 1 && <SortChoice sort={sort} action={listing.hasFacets ? undefined : path} />}
        {listing.hasFacets && (
          <FacetForm address={address} facets={listing.facets} price={listing.price} chosen={chosen} />
        )}
        <div class="list-main">
          <div data-part="chips">
            <FacetChips address={address} facets={listing.facets} />
          </div>
          <div data-part="list" data-announce={say("list.sorted", { found, sort: say(`sort.${sort}`) })}>
            <Cards {...view} />
          </div>
        </div>
      </collection-view>
    </Page>
  );
};

const Head = ({
  collection,
  listing,
  isLater,
  origin,
  description,
}: CollectionPageView & { readonly description: string }) => {
  const path = collectionPath(collection);
  const crumbs = [
    { href: "/", label: useSpeech().say("shell.home") },
    { href: path, label: collection.title },
  ];
  return (
    <>
      <OpenGraph
        title={collection.title}
        description={description}
        url={origin + path}
        kind="website"
        image={collection.picture && absolute(origin, collection.picture.url)}
      />
      <JsonLd data={crumbData(crumbs, origin)} />
      {!isLater && listing.items.length > 0 && <JsonLd data={listData(listing, origin)} />}
    </>
  );
};

/** The cards of a page as an ItemList: a summary page whose items have pages of their own. */
const listData = ({ items, count }: Listing, origin: string) => ({
  "@context": "https://schema.org",
  "@type": "ItemList",
  numberOfItems: count,
  itemListElement: items.map(({ handle, title }, index) => ({
    "@type": "ListItem",
    position: index + 1,
    name: title,
    url: `${origin}/products/${encodeURIComponent(handle)}`,
  })),
});

const Cards = (view: CollectionPageView) => {
  const speech = useSpeech();
  const { say, locale } = speech;
  const { collection, listing, address, isLater } = view;
  if (listing.items.length > 0) {
    return (
      <CardList
        cards={listing.items}
        shown={shownWords(view, speech)}
        moreHref={listing.nextCursor && listHref(address, listing.nextCursor)}
        firstHref={isLater ? listHref(address) : undefined}
      />
    );
  }
  if (listing.total > 0) {
    return (
      <div class="empty">
        <h2 class="empty-title">{say("filter.nothing_in", { collection: collection.title })}</h2>
        <p>{say("filter.take_away")}</p>
        <WaysOut address={address} facets={listing.facets} without={listing.without} />
      </div>
    );
  }
  return (
    <Empty
      title={say("list.empty", { collection: inSentence(collection.title, locale) })}
      action={{ href: "/search", label: say("shell.search_shop") }}
    >
      {say("list.empty_text")}
    </Empty>
  );
};

export const collectionPath = (collection: Pick<CollectionView, "handle">): string =>
  `/collections/${encodeURIComponent(collection.handle)}`;

const shownWords = ({ listing, isLater }: CollectionPageView, { say }: Speech): string => {
  const count = listing.items.length;
  return isLater || listing.nextCursor === undefined
    ? say("list.products", { count })
    : say("list.so_far", { count, total: Math.max(listing.count, count) });
};
