import { raw } from "hono/html";
import type { CollectionView, ProductPage as CatalogPage, ProductSort } from "#catalog";
import { Crumbs, Empty, Page, plural, type ShopChrome } from "#web";
import { JsonLd, OpenGraph, describeHtml } from "./head-data.tsx";
import { CardList, SORT_LABELS, SortForm } from "./list-parts.tsx";
import { absolute, crumbData } from "./product-data.ts";

export type CollectionPageView = {
  readonly collection: CollectionView;
  readonly page: CatalogPage;
  readonly sort: ProductSort;
  /** True on a page that was reached by "Show more" without script. */
  readonly isLater: boolean;
  readonly origin: string;
  readonly chrome: ShopChrome;
};

const PRODUCTS = { one: "product", other: "products" };

/** One collection: sort, cards, more of them. */
export const CollectionPage = (view: CollectionPageView) => {
  const { collection, sort, origin, chrome, isLater } = view;
  const path = collectionPath(collection);
  const description = describeHtml(collection.descriptionHtml) || `${collection.title} at ${chrome.name}.`;
  const count = plural(collection.productCount, PRODUCTS);
  return (
    <Page
      title={collection.title}
      description={description}
      canonical={origin + path}
      isIndexed={!isLater}
      script="collection"
      kind="collection"
      chrome={chrome}
      path={path}
      head={
        <>
          <OpenGraph
            title={collection.title}
            description={description}
            url={origin + path}
            kind="website"
            image={collection.picture && absolute(origin, collection.picture.url)}
          />
          <JsonLd
            data={crumbData(
              [
                { href: "/", label: "Home" },
                { href: path, label: collection.title },
              ],
              origin,
            )}
          />
        </>
      }
    >
      <Crumbs links={[{ href: "/", label: "Home" }]} current={collection.title} />
      <collection-view>
        <div class="list-head">
          <div>
            <h1 dir="auto">{collection.title}</h1>
            {collection.descriptionHtml && (
              <div class="list-intro rich">{raw(collection.descriptionHtml)}</div>
            )}
            <p class="hint">{count}</p>
          </div>
          {collection.productCount > 1 && <SortForm action={path} sort={sort} />}
        </div>
        <div data-part="list" data-announce={`${count}, sorted: ${SORT_LABELS[sort]}.`}>
          <Cards {...view} />
        </div>
      </collection-view>
    </Page>
  );
};

const Cards = (view: CollectionPageView) => {
  const { collection, page, sort, isLater } = view;
  const path = collectionPath(collection);
  if (page.items.length === 0) {
    return (
      <Empty
        title={`No ${collection.title.toLowerCase()} at the moment`}
        action={{ href: "/search", label: "Search the shop" }}
      >
        What was here is sold or resting. The rest of the shop is open.
      </Empty>
    );
  }
  return (
    <CardList
      cards={page.items}
      shown={shownWords(view)}
      moreHref={page.nextCursor && moreHref(path, sort, page.nextCursor)}
      firstHref={isLater ? path : undefined}
    />
  );
};

const collectionPath = (collection: CollectionView): string =>
  `/collections/${encodeURIComponent(collection.handle)}`;

const moreHref = (path: string, sort: ProductSort, cursor: string): string =>
  `${path}?${new URLSearchParams({ ...(sort === "featured" ? {} : { sort }), after: cursor }).toString()}`;

const shownWords = ({ page, collection, isLater }: CollectionPageView): string =>
  isLater || page.nextCursor === undefined
    ? plural(page.items.length, PRODUCTS)
    : `${page.items.length} of ${Math.max(collection.productCount, page.items.length)} so far`;
