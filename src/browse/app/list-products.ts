import type { CatalogRefusal, ProductSort } from "#catalog";
import { ok, refuse, type Result } from "#kernel";
import type {
  IndexAnswer,
  IndexQuery,
  IndexRefusal,
  Listing,
  ListingFilters,
  ListingRefusal,
  ListingSort,
} from "../contract.ts";
import { MAX_LISTED, RETRY_AFTER_SECONDS } from "../domain/limits.ts";
import { nameFacets } from "./name-facets.ts";
import type { ListingPorts } from "./ports.ts";

export type ListingRequest = {
  /** Handle of a collection; without it, the whole shop. */
  readonly collection?: string;
  readonly filters: ListingFilters;
  readonly sort: ProductSort;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

/**
 * One page of a list with its facets: the index says which products, the database gives their cards by primary key. When the
 * index cannot answer, a list without filters comes from the database as it is, without facets; a filtered one is refused
 * with `index_unready`, because a list that ignores a filter would be a lie, and so is one in an order of prices that only the
 * index knows. Refuses `collection_unknown` and
 * `invalid_cursor` too. Throws when the database cannot be read.
 */
export async function listProducts(
  ports: ListingPorts,
  request: ListingRequest,
): Promise<Result<Listing, ListingRefusal>> {
  const limit = Math.min(Math.max(1, Math.trunc(request.limit)), MAX_LISTED);
  const [collection, answered] = await Promise.all([
    request.collection === undefined ? undefined : ports.catalog.collection(request.collection),
    askIndex(ports, { ...request, limit }),
  ]);
  // Wrong wherever it is sent, so it is said first.
  if (!answered.ok && answered.refusal.code === "invalid_cursor") return answered;
  if (collection && !collection.ok) return refuse(collectionRefusal(collection.refusal, request.collection));
  if (!answered.ok) {
    if (isFiltered(request.filters) || isOrderedByIndex(ports, request.sort)) return answered;
    return listUnfiltered(ports, request, limit);
  }
  const { numbers, nextCursor, count, total, facets, price, without, unknownFilters, filterKeys } =
    answered.value;
  const [items, named] = await Promise.all([ports.cards(numbers), nameFacets(ports, facets)]);
  return ok({
    ...(collection ? { collection: collection.value } : {}),
    items,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    count,
    total,
    facets: named,
    ...(price ? { price } : {}),
    without,
    unknownFilters,
    filterKeys,
    hasFacets: true,
  });
}

export const isFiltered = ({ values, priceFromMinor, priceToMinor }: ListingFilters): boolean =>
  Object.keys(values).length > 0 || priceFromMinor !== undefined || priceToMinor !== undefined;

/** True for an order of prices that only the index knows. */
export const isOrderedByIndex = (
  { isPriceOrderIndexed }: Pick<ListingPorts, "isPriceOrderIndexed">,
  sort: ListingSort | "relevance" | undefined,
): sort is "price_asc" | "price_desc" =>
  isPriceOrderIndexed === true && (sort === "price_asc" || sort === "price_desc");

/** The index's answer; one that cannot be reached is as unready as one that is being made. */
async function askIndex(
  { index }: ListingPorts,
  query: IndexQuery,
): Promise<Result<IndexAnswer, IndexRefusal>> {
  try {
    return await index.list(query);
  } catch {
    return refuse({ code: "index_unready", retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
}

/** The catalogue's own list: the same cards and cursors, without facets. */
async function listUnfiltered(
  { catalog }: ListingPorts,
  { collection: handle, sort, cursor }: ListingRequest,
  limit: number,
): Promise<Result<Listing, ListingRefusal>> {
  const paging = { sort, limit, ...(cursor === undefined ? {} : { cursor }) };
  const bare = { facets: [], without: {}, unknownFilters: [], filterKeys: [], hasFacets: false } as const;
  if (handle === undefined) {
    const page = await catalog.products(paging);
    if (!page.ok) return refuse({ code: "invalid_cursor" });
    const { length } = page.value.items;
    return ok({ ...bare, ...page.value, count: length, total: length });
  }
  const found = await catalog.collectionPage({ collection: handle, ...paging });
  if (!found.ok) {
    if (found.refusal.code === "invalid_cursor") return refuse({ code: "invalid_cursor" });
    return refuse(collectionRefusal(found.refusal, handle));
  }
  const { collection, page } = found.value;
  return ok({ ...bare, collection, ...page, count: collection.productCount, total: collection.productCount });
}

/** Why there is no such collection: it never was, or it has another handle now. */
const collectionRefusal = (refusal: CatalogRefusal, handle = ""): ListingRefusal =>
  refusal.code === "collection_moved" ? refusal : { code: "collection_unknown", handle };
