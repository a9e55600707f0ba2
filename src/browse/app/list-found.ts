import { decodeCursor, encodeCursor, ok, refuse, type Result } from "#kernel";
import type { SearchPage, SearchReader, SearchSort } from "#search";
import type { FoundListing, IndexAnswer, IndexRefusal, ListingFilters } from "../contract.ts";
import { MAX_AMONG, MAX_LISTED, RETRY_AFTER_SECONDS } from "../domain/limits.ts";
import { filterFound } from "./filter-found.ts";
import { isFiltered, isOrderedByIndex } from "./list-products.ts";
import { nameFacets } from "./name-facets.ts";
import type { ListingPorts } from "./ports.ts";

export type FoundPorts = Pick<ListingPorts, "index" | "cards" | "labels" | "isPriceOrderIndexed"> & {
  readonly search: Pick<SearchReader, "search">;
};
export type FoundRequest = {
  readonly query: string;
  readonly filters: ListingFilters;
  readonly sort?: SearchSort;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

/**
 * One page of what a search finds, with its facets: search says what and in which order, the index says what fits, the
 * database gives the cards. One product or none has nothing to be chosen between, so it comes without facets. When the index
 * cannot answer, a search without filters is what search found, and one that is filtered, or in an order that only the index
 * knows, is refused with `index_unready`. Refuses
 * `invalid_cursor` too. Throws when the database cannot be read.
 */
export async function listFound(
  ports: FoundPorts,
  request: FoundRequest,
): Promise<Result<FoundListing, IndexRefusal>> {
  return isFiltered(request.filters) || isOrderedByIndex(ports, request.sort)
    ? listFiltered(ports, request)
    : listAll(ports, request);
}

async function listAll(
  ports: FoundPorts,
  { filters, ...request }: FoundRequest,
): Promise<Result<FoundListing, IndexRefusal>> {
  const found = await ports.search.search({ ...request, hasNumbers: true });
  if (!found.ok) return refuse({ code: "invalid_cursor" });
  const { numbers = [], ...page } = found.value;
  const answer = numbers.length > 1 ? await filterFound(ports, { numbers, filters }) : undefined;
  return ok({ ...page, ...(await facetsOf(ports, answer)), total: page.count });
}

async function listFiltered(
  ports: FoundPorts,
  { filters, cursor, limit, query, sort }: FoundRequest,
): Promise<Result<FoundListing, IndexRefusal>> {
  const offset = cursor === undefined ? 0 : readOffset(cursor);
  if (offset === undefined) return refuse({ code: "invalid_cursor" });
  const byIndex = isOrderedByIndex(ports, sort) ? sort : undefined;
  // Its cards are not shown, only its order is used.
  const found = await ports.search.search({
    query,
    limit: 1,
    hasNumbers: true,
    ...(sort === undefined || byIndex ? {} : { sort }),
  });
  if (!found.ok) return refuse({ code: "invalid_cursor" });
  const { numbers = [], nextCursor: _nextCursor, exactHandle: _exactHandle, ...page } = found.value;
  // Also when nothing was found: a filter that does not exist is to be named.
  const answer = await filterFound(ports, { numbers, filters, ...(byIndex ? { sort: byIndex } : {}) });
  if (!answer) return refuse({ code: "index_unready", retryAfterSeconds: RETRY_AFTER_SECONDS });
  const next = offset + Math.min(Math.max(1, Math.trunc(limit)), MAX_LISTED);
  const [items, named] = await Promise.all([
    ports.cards(answer.numbers.slice(offset, next)),
    facetsOf(ports, answer),
  ]);
  return ok({
    ...page,
    ...named,
    items,
    count: answer.count,
    total: answer.total,
    ...(next < answer.numbers.length ? { nextCursor: encodeCursor([CURSOR_KIND, next]) } : {}),
  });
}

type Facets = Omit<FoundListing, keyof SearchPage | "total">;

const facetsOf = async (ports: FoundPorts, answer: IndexAnswer | undefined): Promise<Facets> => ({
  facets: await nameFacets(ports, answer?.facets ?? []),
  ...(answer?.price ? { price: answer.price } : {}),
  without: answer?.without ?? {},
  unknownFilters: answer?.unknownFilters ?? [],
  filterKeys: answer?.filterKeys ?? [],
  hasFacets: answer !== undefined,
});

/** A place in what fits, as search's own cursors are places in what it found. */
const CURSOR_KIND = "found";

function readOffset(cursor: string): number | undefined {
  const [kind, place] = decodeCursor(cursor, 2) ?? [];
  const isPlace = typeof place === "number" && Number.isInteger(place) && place > 0 && place <= MAX_AMONG;
  return kind === CURSOR_KIND && isPlace ? place : undefined;
}
