import type { Context, Env } from "hono";
import { listProducts, readFilters, type ListingRefusal } from "#browse";
import { PRODUCT_SORTS, collectionTag, productTag, type ProductCard, type ProductSort } from "#catalog";
import { htmlPage, speechOf } from "#web";
import { CARDS_PER_PAGE } from "../limits.ts";
import { CollectionPage, collectionPath } from "../pages/collection-page.tsx";
import { facetsInWords } from "../pages/facet-words.ts";
import { FiltersRestingPage } from "../pages/filters-resting-page.tsx";
import { listHref, type ListAddress } from "../pages/list-address.ts";
import { filterNames, markPublic, type Routing } from "./routing.ts";

const sortOf = (text: string | undefined): ProductSort =>
  PRODUCT_SORTS.find((sort) => sort === text) ?? "featured";

/** A list that a product leaves is found by the product that it shows. */
const tagOf = ({ productId }: ProductCard): string => productTag(productId);

/** GET /collections/{handle}?filter.{key}=&price.from=&price.to=&sort=&after= */
export function addCollectionRoute<E extends Env>(routing: Routing<E>): void {
  const { app, options, frame } = routing;
  app.get("/collections/:handle", async (c) => {
    const { reader, origin, chrome } = await frame(c);
    const { currency, ...source } = options.listing(c);
    const handle = c.req.param("handle");
    const sort = sortOf(c.req.query("sort"));
    const after = c.req.query("after");
    const parameters = new URL(c.req.url).searchParams;
    // What cannot be read is left out; the page's form shows what is in force.
    const { filters, isCanonical } = readFilters(parameters, currency);
    const path = collectionPath({ handle });
    const address: ListAddress = {
      path,
      kept: [],
      sort: sort === "featured" ? undefined : sort,
      filters,
      currency,
    };
    // One choice is one page, for caches and for search engines.
    if (!isCanonical) return c.redirect(listHref(address, after), 301);
    const request = { collection: handle, filters, sort, limit: CARDS_PER_PAGE };
    const found = await listProducts(
      { ...source, catalog: reader },
      { ...request, ...(after ? { cursor: after } : {}) },
    );
    if (!found.ok) return answerRefusal(c, routing, { refusal: found.refusal, address });
    const { collection, ...rest } = found.value;
    const listing = { ...rest, facets: facetsInWords(speechOf(c), rest.facets) };
    if (!collection) return routing.notFound(c);
    const known = Object.entries(filters.values).filter(([key]) => !listing.unknownFilters.includes(key));
    const shown = { ...address, filters: { ...filters, values: Object.fromEntries(known) } };
    markPublic(
      c,
      [collectionTag(collection.collectionId), ...listing.items.map(tagOf)],
      ["sort", "after", ...filterNames(listing)],
    );
    const view = { collection, listing, address: shown, sort, isLater: Boolean(after), origin, chrome };
    return htmlPage(c, <CollectionPage {...view} />);
  });
}

type Refused = { readonly refusal: ListingRefusal; readonly address: ListAddress };

async function answerRefusal<E extends Env>(
  c: Context<E>,
  { frame, notFound }: Routing<E>,
  { refusal, address }: Refused,
): Promise<Response> {
  switch (refusal.code) {
    case "invalid_cursor":
      // A cursor that is not ours leads to the beginning of the list, not to an error page.
      return c.redirect(listHref(address), 302);
    case "collection_moved":
      return c.redirect(listHref({ ...address, path: collectionPath({ handle: refusal.movedTo }) }), 301);
    case "collection_unknown":
      return notFound(c);
    case "index_unready": {
      const { chrome } = await frame(c);
      c.header("retry-after", String(refusal.retryAfterSeconds));
      return htmlPage(c, <FiltersRestingPage address={address} chrome={chrome} />, 503);
    }
  }
}
