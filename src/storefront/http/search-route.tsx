import type { Env } from "hono";
import { LISTS_TAG, type CatalogReader } from "#catalog";
import { SEARCH_SORTS, type SearchSort } from "#search";
import { htmlPage } from "#web";
import { CARDS_PER_PAGE, MAX_QUERY_CHARACTERS } from "../limits.ts";
import { variantHref } from "../pages/product-choice.ts";
import { SearchPage, searchHref } from "../pages/search-page.tsx";
import { markPublic, type Routing } from "./routing.ts";

const WAYS_ON = 4;

const sortOf = (text: string | undefined): SearchSort =>
  SEARCH_SORTS.find((sort) => sort === text) ?? "relevance";

/** GET /search?q=&sort=&after= */
export function addSearchRoute<E extends Env>({ app, options, frame }: Routing<E>): void {
  app.get("/search", async (c) => {
    const { reader, chrome, collections } = await frame(c);
    const query = (c.req.query("q") ?? "").trim().slice(0, MAX_QUERY_CHARACTERS);
    const sort = sortOf(c.req.query("sort"));
    const after = c.req.query("after");
    const cursor = after ? { cursor: after } : {};
    const found =
      query === ""
        ? undefined
        : await options.search(c).search({ query, sort, limit: CARDS_PER_PAGE, ...cursor });
    if (found && !found.ok) return c.redirect(searchHref(query), 302);
    const exact = await exactVariant(reader, query, found?.value.exactHandle);
    if (exact !== undefined) return c.redirect(exact, 302);
    markPublic(c, [LISTS_TAG], ["q", "sort", "after"]);
    const view = {
      query,
      sort,
      found: found?.value,
      collections: collections.slice(0, WAYS_ON),
      isLater: Boolean(after),
      chrome,
    };
    return htmlPage(c, <SearchPage {...view} />);
  });
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
