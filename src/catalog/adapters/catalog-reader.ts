import { ok, refuse, type Result } from "#kernel";
import type { CatalogReader, ListRequest } from "../app/ports.ts";
import type { CatalogRefusal, CollectionView, ProductPage } from "../contract.ts";
import { cleanText } from "../domain/field-errors.ts";
import { MAX_PAGE_SIZE } from "../domain/limits.ts";
import { collectionByHandle, COLLECTION_SQL, queryCollections } from "./collection-query.ts";
import { querySitemap, querySitemapSlices } from "./sitemap-query.ts";
import { prepareListing, readListing, type Listing } from "./listing-query.ts";
import { queryProduct } from "./product-query.ts";
import { readCollection, type CardRow, type CollectionRow, type CatalogDb } from "./rows.ts";
import { querySellable } from "./sellable-query.ts";

/** The shop's reader on D1; a session (`db.withSession`) serves as well. Holds no state. */
export const createCatalogReader = (db: CatalogDb): CatalogReader => ({
  product: async (handle, { locale } = {}) => {
    const result = await queryProduct(db, handle, locale === undefined ? {} : { locale });
    // Before its day and after it a product is as a draft: nobody but staff sees it. An archived one says that it is gone.
    return result.ok && !result.value.isListed && result.value.status !== "archived"
      ? refuse({ code: "product_unknown", handle })
      : result;
  },
  products: (request) => queryProducts(db, request),
  collection: async (typed, { locale } = {}) => {
    const handle = cleanText(typed);
    const [row, moved] = await db.batch([
      collectionByHandle(db, handle, locale),
      db.prepare(COLLECTION_SQL.movedTo).bind(handle),
    ]);
    return readCollectionOrMove(handle, row, moved);
  },
  collectionPage: (request) => queryCollectionPage(db, request),
  collections: (request) => queryCollections(db, { ...request, limit: boundLimit(request.limit) }),
  sellable: (variantIds) => querySellable(db, variantIds),
  sitemapSlices: () => querySitemapSlices(db),
  sitemap: (part) => querySitemap(db, part),
});

/** Routes refuse other limits; a caller inside the shop is held to the same bounds. */
const boundLimit = (limit: number): number => Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE_SIZE);

async function queryProducts(
  db: CatalogDb,
  request: ListRequest,
): Promise<Result<ProductPage, CatalogRefusal>> {
  if (request.collection !== undefined) {
    const both = await queryCollectionPage(db, { ...request, collection: request.collection });
    return both.ok ? ok(both.value.page) : both;
  }
  const listing: Listing = { sort: request.sort, limit: boundLimit(request.limit), locale: request.locale };
  const statement = prepareListing(db, listing, request.cursor);
  if (!statement) return refuse({ code: "invalid_cursor" });
  const { results } = await statement.all<CardRow>();
  return ok(readListing(listing, results));
}

async function queryCollectionPage(
  db: CatalogDb,
  request: ListRequest & { readonly collection: string },
): Promise<Result<{ readonly collection: CollectionView; readonly page: ProductPage }, CatalogRefusal>> {
  const handle = cleanText(request.collection);
  const { sort, locale } = request;
  const listing: Listing = { collection: handle, sort, limit: boundLimit(request.limit), locale };
  const statement = prepareListing(db, listing, request.cursor);
  if (!statement) return refuse({ code: "invalid_cursor" });
  const [row, moved, cards] = await db.batch([
    collectionByHandle(db, handle, locale),
    db.prepare(COLLECTION_SQL.movedTo).bind(handle),
    statement,
  ]);
  const collection = readCollectionOrMove(handle, row, moved);
  if (!collection.ok) return collection;
  return ok({
    collection: collection.value,
    page: readListing(listing, (cards?.results ?? []) as CardRow[]),
  });
}

/** The collection, or where it is now. */
function readCollectionOrMove(
  handle: string,
  row: D1Result | undefined,
  moved: D1Result | undefined,
): Result<CollectionView, CatalogRefusal> {
  const found = (row?.results as CollectionRow[] | undefined)?.[0];
  if (found) return ok(readCollection(found));
  const movedTo = (moved?.results as { handle: string }[] | undefined)?.[0]?.handle;
  return refuse(
    movedTo === undefined
      ? { code: "collection_unknown", handle }
      : { code: "collection_moved", handle, movedTo },
  );
}
