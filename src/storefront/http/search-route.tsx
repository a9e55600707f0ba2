import type { Env } from "hono";
import { LISTS_TAG, type CatalogReader } from "#catalog";
import { htmlPage } from "#web";
import { CARDS_PER_PAGE, MAX_QUERY_CHARACTERS } from "../limits.ts";
import { variantHref } from "../pages/product-choice.ts";
import { SearchPage, searchHref } from "../pages/search-page.tsx";
import { markPublic, type Routing } from "./routing.ts";

const WAYS_ON = 4;

/** GET /search?q=&after= */
export function addSearchRoute<E extends Env>({ app, frame }: Routing<E>): void {
  app.get("/search", async (c) => {
    const { reader, chrome, collections } = await frame(c);
    const query = (c.req.query("q") ?? "").trim().slice(0, MAX_QUERY_CHARACTERS);
    const after = c.req.query("after");
    const cursor = after ? { cursor: after } : {};
    const found = query === "" ? undefined : await reader.search({ query, limit: CARDS_PER_PAGE, ...cursor });
    if (found && !found.ok) return c.redirect(searchHref(query), 302);
    const exact =
      found &&
      (await exactSku(
        reader,
        query,
        found.value.items.map((card) => card.handle),
      ));
    if (exact) return c.redirect(exact, 302);
    markPublic(c, [LISTS_TAG], ["q", "after"]);
    const view = {
      query,
      found: found?.value,
      collections: collections.slice(0, WAYS_ON),
      isLater: Boolean(after),
      chrome,
    };
    return htmlPage(c, <SearchPage {...view} />);
  });
}

/** A search for exactly one SKU or barcode goes straight to that variant. */
async function exactSku(
  reader: CatalogReader,
  query: string,
  handles: readonly string[],
): Promise<string | undefined> {
  const [handle] = handles;
  if (handles.length !== 1 || handle === undefined || !/\d/.test(query) || /\s/.test(query)) return undefined;
  const product = await reader.product(handle);
  if (!product.ok) return undefined;
  const code = query.toLowerCase();
  const variant = product.value.variants.find(
    (one) => one.sku.toLowerCase() === code || one.barcode === query,
  );
  return variant && variantHref(product.value, variant.optionValues);
}
