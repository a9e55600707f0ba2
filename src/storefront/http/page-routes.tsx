import { Hono, type Context, type Env } from "hono";
import { PRODUCT_SORTS, type CatalogReader, type ProductSort, type ProductView } from "#catalog";
import { htmlPage, publicCache, type DeliveryEstimate } from "#web";
import { CARDS_PER_PAGE, CARDS_PER_STRIP, MAX_QUERY_CHARACTERS, PAGE_SHARED_SECONDS } from "../limits.ts";
import { KNOWN_PARAMETERS_HEADER } from "../kept-page.ts";
import { GonePage } from "../pages/absent-pages.tsx";
import { CollectionPage } from "../pages/collection-page.tsx";
import { HomePage } from "../pages/home-page.tsx";
import { chooseVariant, variantHref } from "../pages/product-choice.ts";
import { ProductPage } from "../pages/product-page.tsx";
import { SearchPage } from "../pages/search-page.tsx";
import { AboutPage, DeliveryReturnsPage } from "../pages/text-pages.tsx";
import { createFrame } from "./frame.ts";
import { answerNotFound } from "./not-found.tsx";
import { machineRoutes } from "./machine-routes.ts";

export type CatalogPagesOptions<E extends Env> = {
  readonly reader: (c: Context<E>) => CatalogReader;
  /** Origin for canonical addresses, such as https://shop.example; empty means the request's own. */
  readonly shopOrigin: (c: Context<E>) => string;
  /** What delivery costs and when it arrives, for the shop's home market; the page does without it when it fails. */
  readonly deliveryEstimate?: (c: Context<E>, product: ProductView) => Promise<DeliveryEstimate | undefined>;
};

/** The public pages of the catalogue: the same bytes for every visitor, so they never look at a cookie. */
export function createCatalogPages<E extends Env>(options: CatalogPagesOptions<E>): Hono<E> {
  const app = new Hono<E>();
  const frame = createFrame(options);
  const notFound = answerNotFound(frame);

  app.get("/", async (c) => {
    const { reader, origin, chrome, collections } = await frame(c);
    const isNew = collections.some((collection) => collection.handle === "new");
    const [newest, featured] = await Promise.all([
      reader.products({
        sort: isNew ? "featured" : "newest",
        limit: CARDS_PER_STRIP,
        ...(isNew ? { collection: "new" } : {}),
      }),
      reader.products({ sort: "featured", limit: 1 }),
    ]);
    const kinds = collections.filter((collection) => collection.handle !== "new").slice(0, 4);
    const hero = featured.ok ? featured.value.items[0]?.picture : undefined;
    markPublic(c, [], ["home"]);
    return htmlPage(
      c,
      <HomePage
        hero={hero}
        kinds={kinds}
        newest={newest.ok ? newest.value.items : []}
        newHref={isNew ? "/collections/new" : undefined}
        origin={origin}
        chrome={chrome}
      />,
    );
  });

  app.get("/collections/:handle", async (c) => {
    const { reader, origin, chrome } = await frame(c);
    const sort = sortOf(c.req.query("sort"));
    const after = c.req.query("after");
    const handle = c.req.param("handle");
    const found = await reader.collectionPage({
      collection: handle,
      sort,
      limit: CARDS_PER_PAGE,
      ...(after ? { cursor: after } : {}),
    });
    // A cursor that is not ours leads to the beginning of the list, not to an error page.
    if (!found.ok)
      return found.refusal.code === "invalid_cursor"
        ? c.redirect(`/collections/${encodeURIComponent(handle)}`, 302)
        : notFound(c);
    const { collection, page } = found.value;
    markPublic(c, ["sort", "after"], [`collection:${collection.collectionId}`]);
    return htmlPage(
      c,
      <CollectionPage
        collection={collection}
        page={page}
        sort={sort}
        isLater={after !== undefined}
        origin={origin}
        chrome={chrome}
      />,
    );
  });

  app.get("/products/:handle", async (c) => {
    const { reader, origin, chrome, collections } = await frame(c);
    const found = await reader.product(c.req.param("handle"));
    if (!found.ok && found.refusal.code === "product_moved")
      return c.redirect(`/products/${encodeURIComponent(found.refusal.movedTo)}`, 301);
    if (!found.ok) return notFound(c);
    const product = found.value;
    const [related, deliveryEstimate] = await Promise.all([
      relatedCards(reader, product),
      estimate(options, c, product),
    ]);
    markPublic(c, [], [`product:${product.productId}`]);
    if (product.status === "archived") {
      return htmlPage(
        c,
        <GonePage
          title={product.title}
          related={related}
          collections={collections.slice(0, 4)}
          chrome={chrome}
        />,
        410,
      );
    }
    const choice = chooseVariant(product, c.req.query());
    markPublic(c, choice.parameters, [`product:${product.productId}`]);
    return htmlPage(
      c,
      <ProductPage
        product={product}
        choice={choice}
        related={related}
        origin={origin}
        chrome={chrome}
        {...(deliveryEstimate ? { deliveryEstimate } : {})}
      />,
    );
  });

  app.get("/search", async (c) => {
    const { reader, chrome, collections } = await frame(c);
    const query = (c.req.query("q") ?? "").trim().slice(0, MAX_QUERY_CHARACTERS);
    const after = c.req.query("after");
    const found =
      query === ""
        ? undefined
        : await reader.search({ query, limit: CARDS_PER_PAGE, ...(after ? { cursor: after } : {}) });
    if (found && !found.ok) return c.redirect(`/search?q=${encodeURIComponent(query)}`, 302);
    const exact =
      found &&
      (await exactSku(
        reader,
        query,
        found.value.items.map((card) => card.handle),
      ));
    if (exact) return c.redirect(exact, 302);
    markPublic(c, ["q", "after"], ["search"]);
    return htmlPage(
      c,
      <SearchPage
        query={query}
        found={found?.value}
        collections={collections.slice(0, 4)}
        isLater={after !== undefined}
        chrome={chrome}
      />,
    );
  });

  app.get("/pages/delivery-returns", async (c) => {
    const { origin, chrome } = await frame(c);
    markPublic(c, [], ["page:delivery-returns"]);
    return htmlPage(c, <DeliveryReturnsPage chrome={chrome} origin={origin} />);
  });

  app.get("/pages/about", async (c) => {
    const { origin, chrome } = await frame(c);
    markPublic(c, [], ["page:about"]);
    return htmlPage(c, <AboutPage chrome={chrome} origin={origin} />);
  });

  app.get("/pages/*", notFound);
  app.route("/", machineRoutes(options));
  return app;
}

/** The page for addresses that nothing answers, for the Worker's own not-found handler. */
export const createNotFoundPage = <E extends Env>(
  options: CatalogPagesOptions<E>,
): ((c: Context<E>) => Promise<Response>) => answerNotFound(createFrame(options));

/** Marks the page as public and tells the cache which parameters of its address mean anything. */
function markPublic(c: Context, parameters: readonly string[], tags: readonly string[]): void {
  publicCache(c, { sharedSeconds: PAGE_SHARED_SECONDS, tags });
  c.header(KNOWN_PARAMETERS_HEADER, parameters.join(" "));
  c.header("speculation-rules", '"/speculation-rules.json"');
}

const sortOf = (text: string | undefined): ProductSort =>
  PRODUCT_SORTS.find((sort) => sort === text) ?? "featured";

async function relatedCards(reader: CatalogReader, product: ProductView) {
  const [collection] = product.collections;
  if (!collection) return [];
  const page = await reader.products({
    collection: collection.handle,
    sort: "featured",
    limit: CARDS_PER_STRIP * 2,
  });
  return page.ok
    ? page.value.items
        .filter((card) => card.handle !== product.handle && card.availability !== "sold_out")
        .slice(0, CARDS_PER_STRIP)
    : [];
}

/** A part that fails is left out; price, options and button never depend on it. */
async function estimate<E extends Env>(
  options: CatalogPagesOptions<E>,
  c: Context<E>,
  product: ProductView,
): Promise<DeliveryEstimate | undefined> {
  try {
    return await options.deliveryEstimate?.(c, product);
  } catch {
    return undefined;
  }
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
