import type { Context, Env } from "hono";
import { productTag, type CatalogReader, type ProductCard, type ProductView } from "#catalog";
import { isCompanion, reasonWordsHere, type Recommended, type Recommender } from "#search";
import { htmlPage, speechOf, type DeliveryEstimate, type ProductCardModel, type Speech } from "#web";
import { CARDS_PER_STRIP } from "../limits.ts";
import { GonePage } from "../pages/absent-pages.tsx";
import { chooseVariant, homeCollection } from "../pages/product-choice.ts";
import { ProductPage } from "../pages/product-page.tsx";
import { markPublic, type CatalogPagesOptions, type Routing } from "./routing.ts";

const WAYS_ON = 4;

/** GET /products/{handle}, with one parameter per option of the product */
export function addProductRoute<E extends Env>({ app, options, frame, notFound }: Routing<E>): void {
  app.get("/products/:handle", async (c) => {
    const { reader, origin, country, chrome, collections } = await frame(c);
    const found = await reader.product(c.req.param("handle"));
    if (!found.ok) {
      const { refusal } = found;
      return refusal.code === "product_moved"
        ? c.redirect(`/products/${encodeURIComponent(refusal.movedTo)}`, 301)
        : notFound(c);
    }
    const product = found.value;
    const tags = [productTag(product.productId)];
    const [{ companions, similar }, estimate] = await Promise.all([
      relatedCards(product, { reader, recommender: options.recommender?.(c), speech: speechOf(c) }),
      deliveryEstimate(options, c, product),
    ]);
    if (product.status === "archived") {
      markPublic(c, tags);
      const related = [...similar, ...companions].slice(0, CARDS_PER_STRIP);
      const view = { title: product.title, related, collections: collections.slice(0, WAYS_ON), chrome };
      return htmlPage(c, <GonePage {...view} />, 410);
    }
    const choice = chooseVariant(product, c.req.query());
    markPublic(c, tags, choice.parameters);
    const view = {
      product,
      choice,
      companions,
      similar,
      origin,
      country,
      chrome,
      ...(estimate ? { deliveryEstimate: estimate } : {}),
    };
    return htmlPage(c, <ProductPage {...view} />);
  });
}

type Sources = {
  readonly reader: CatalogReader;
  readonly recommender: Recommender | undefined;
  readonly speech: Speech;
};

/** What belongs with a product, and what could be had in its place. */
type Related = {
  readonly companions: readonly ProductCardModel[];
  readonly similar: readonly ProductCardModel[];
};

/** What goes with it, each with its reason; products of its collection when that cannot be told. */
async function relatedCards(
  product: ProductView,
  { reader, recommender, speech }: Sources,
): Promise<Related> {
  try {
    const found = (await recommender?.relatedTo(product.productId, CARDS_PER_STRIP * 2)) ?? [];
    const cards = (isWanted: (one: Recommended) => boolean): readonly ProductCardModel[] =>
      found
        .filter(isWanted)
        .map(({ card, reason }) => ({ ...card, reason: reasonWordsHere(reason, speech) }));
    if (found.length > 0)
      return {
        companions: cards(({ reason }) => isCompanion(reason)),
        similar: cards(({ reason }) => !isCompanion(reason)).slice(0, CARDS_PER_STRIP),
      };
  } catch {
    // Below.
  }
  return { companions: [], similar: await sameCollection(reader, product) };
}

/** Of the same collection, what can be had; twice as many are read as shown, because some may be sold out. */
async function sameCollection(reader: CatalogReader, product: ProductView): Promise<readonly ProductCard[]> {
  const collection = homeCollection(product);
  if (!collection) return [];
  const page = await reader.products({
    collection: collection.handle,
    sort: "featured",
    limit: CARDS_PER_STRIP * 2,
  });
  const cards = page.ok ? page.value.items : [];
  return cards
    .filter((card) => card.handle !== product.handle && card.availability !== "sold_out")
    .slice(0, CARDS_PER_STRIP);
}

/** A part that fails is left out; price, options and button never depend on it. */
async function deliveryEstimate<E extends Env>(
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
