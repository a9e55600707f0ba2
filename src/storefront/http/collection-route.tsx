import type { Env } from "hono";
import { PRODUCT_SORTS, collectionTag, productTag, type ProductCard, type ProductSort } from "#catalog";
import { htmlPage } from "#web";
import { CARDS_PER_PAGE } from "../limits.ts";
import { CollectionPage } from "../pages/collection-page.tsx";
import { markPublic, type Routing } from "./routing.ts";

const sortOf = (text: string | undefined): ProductSort =>
  PRODUCT_SORTS.find((sort) => sort === text) ?? "featured";

/** A list that a product leaves is found by the product that it shows. */
const tagOf = ({ productId }: ProductCard): string => productTag(productId);

/** GET /collections/{handle}?sort=&after= */
export function addCollectionRoute<E extends Env>({ app, frame, notFound }: Routing<E>): void {
  app.get("/collections/:handle", async (c) => {
    const { reader, origin, chrome } = await frame(c);
    const handle = c.req.param("handle");
    const sort = sortOf(c.req.query("sort"));
    const after = c.req.query("after");
    const cursor = after ? { cursor: after } : {};
    const found = await reader.collectionPage({ collection: handle, sort, limit: CARDS_PER_PAGE, ...cursor });
    if (!found.ok) {
      // A cursor that is not ours leads to the beginning of the list, not to an error page.
      if (found.refusal.code === "invalid_cursor")
        return c.redirect(`/collections/${encodeURIComponent(handle)}`, 302);
      if (found.refusal.code === "collection_moved")
        return c.redirect(`/collections/${encodeURIComponent(found.refusal.movedTo)}`, 301);
      return notFound(c);
    }
    const { collection, page } = found.value;
    markPublic(c, [collectionTag(collection.collectionId), ...page.items.map(tagOf)], ["sort", "after"]);
    const view = { collection, page, sort, isLater: Boolean(after), origin, chrome };
    return htmlPage(c, <CollectionPage {...view} />);
  });
}
