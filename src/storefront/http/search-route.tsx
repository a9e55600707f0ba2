import type { Env } from "hono";
import { listFound, readFilters, type FoundListing } from "#browse";
import { LISTS_TAG, variantHref, type CatalogReader } from "#catalog";
import { SEARCH_SORTS, type PopularNow, type SearchReader, type SearchSort } from "#search";
import { htmlPage, speechOf, type Speech } from "#web";
import { CARDS_PER_PAGE, MAX_QUERY_CHARACTERS } from "../limits.ts";
import { facetsInWords } from "../pages/facet-words.ts";
import { FiltersRestingPage } from "../pages/filters-resting-page.tsx";
import { listHref, type ListAddress } from "../pages/list-address.ts";
import { SearchPage } from "../pages/search-page.tsx";
import { filterNames, markPublic, type Routing } from "./routing.ts";

const WAYS_ON = 4;

const sortOf = (text: string | undefined): SearchSort =>
  SEARCH_SORTS.find((sort) => sort === text) ?? "relevance";

/** GET /search?q=&filter.{key}=&price.from=&price.to=&sort=&after= */
export function addSearchRoute<E extends Env>({ app, options, frame }: Routing<E>): void {
  app.get("/search", async (c) => {
    const { reader, chrome, collections } = await frame(c);
    const query = (c.req.query("q") ?? "").trim().slice(0, MAX_QUERY_CHARACTERS);
    const sort = sortOf(c.req.query("sort"));
    const after = c.req.query("after");
    const { currency, ...source } = options.listing(c);
    // What cannot be read is left out; the page's form shows what is in force.
    const { filters, isCanonical } = readFilters(new URL(c.req.url).searchParams, currency);
    const address: ListAddress = {
      path: "/search",
      kept: [["q", query]],
      sort: sort === "relevance" ? undefined : sort,
      filters,
      currency,
    };
    if (!isCanonical) return c.redirect(listHref(address, after), 301);
    const request = { query, sort, filters: address.filters, limit: CARDS_PER_PAGE };
    const found =
      query === ""
        ? undefined
        : await listFound(
            { ...source, search: options.search(c) },
            { ...request, ...(after ? { cursor: after } : {}) },
          );
    if (found && !found.ok) {
      if (found.refusal.code === "invalid_cursor") return c.redirect(listHref(address), 302);
      c.header("retry-after", String(found.refusal.retryAfterSeconds));
      return htmlPage(c, <FiltersRestingPage address={address} chrome={chrome} />, 503);
    }
    const exact = await exactVariant(reader, query, found?.value.exactHandle);
    if (exact !== undefined) return c.redirect(exact, 302);
    markPublic(c, [LISTS_TAG], ["q", "sort", "after", ...(found ? filterNames(found.value) : [])]);
    const isEmpty = !found || (found.value.count === 0 && found.value.total === 0);
    const help = isEmpty ? await popularNow(options.search(c)) : undefined;
    const view = {
      query,
      help,
      sort,
      found: found && shownOf(speechOf(c), found.value),
      address: inForce(address, found?.value),
      collections: collections.slice(0, WAYS_ON),
      isLater: Boolean(after),
      chrome,
    };
    return htmlPage(c, <SearchPage {...view} />);
  });
}

/** What others look for and at; a page without it is better than none. */
async function popularNow(search: Pick<SearchReader, "popular">): Promise<PopularNow | undefined> {
  try {
    return await search.popular();
  } catch {
    return undefined;
  }
}

/** In the words of the page. */
const shownOf = (speech: Speech, found: FoundListing): FoundListing => ({
  ...found,
  facets: facetsInWords(speech, found.facets),
});

/** Without the filters that the shop does not have. */
function inForce(address: ListAddress, found: FoundListing | undefined): ListAddress {
  const known = Object.entries(address.filters.values).filter(
    ([key]) => !found?.unknownFilters.includes(key),
  );
  return { ...address, filters: { ...address.filters, values: Object.fromEntries(known) } };
}

/** A search for exactly one SKU or barcode goes straight to that variant. A word that is a SKU as well stays a search. */
async function exactVariant(
  reader: CatalogReader,
  query: string,
  handle: string | undefined,
): Promise<string | undefined> {
  if (handle === undefined || !/\d/.test(query)) return undefined;
  const product = await reader.product(handle);
  if (!product.ok) return undefined;
  const code = query.toLowerCase();
  const variant = product.value.variants.find(
    (one) => one.sku.toLowerCase() === code || one.barcode === query,
  );
  return variant && variantHref(product.value, variant.optionValues);
}
