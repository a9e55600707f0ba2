import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { answerProblem, jsonAnswer, problemAnswers, publicCache, validate, type WebEnv } from "#web";
import {
  CATALOGUE_TAG,
  EDGE_FRESH_SECONDS,
  LISTS_TAG,
  collectionTag,
  productTag,
} from "../app/cache-tags.ts";
import type { CatalogReader } from "../app/ports.ts";
import type { CatalogRefusal } from "../contract.ts";
import { publicJson } from "./public-json.ts";
import { catalogProblem } from "./problems.ts";
import {
  collectionSchema,
  collectionsPageSchema,
  handleParam,
  listQuery,
  pageQuery,
  productPageSchema,
  productSchema,
} from "./schemas.ts";
import { wireCollection, wirePage, wireProduct } from "./wire.ts";

export type CatalogApiOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly reader: (c: Context) => CatalogReader;
};

const TAGS = ["Catalogue"];
const refused = (c: Context, refusal: CatalogRefusal): Response => answerProblem(c, catalogProblem(refusal));

/** The catalogue for storefront developers: products and collections. Public, read only. */
export function createCatalogApi({ reader }: CatalogApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addProductRoutes(app, reader);
  addCollectionRoutes(app, reader);
  return app;
}

type ReaderOf = CatalogApiOptions["reader"];

function addProductRoutes(app: Hono<WebEnv>, reader: ReaderOf): void {
  app.get(
    "/api/products",
    describeRoute({
      summary: "Products of the shop or of one collection",
      description: "GET /api/search finds products by words.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", productPageSchema), ...problemAnswers(404, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { collection, sort = "featured", cursor, limit } = c.req.valid("query");
      const paging = { limit, ...(cursor === undefined ? {} : { cursor }) };
      const page = await reader(c).products({
        sort,
        ...paging,
        ...(collection === undefined ? {} : { collection }),
      });
      return page.ok ? publicJson(c, wirePage(page.value), [LISTS_TAG]) : refused(c, page.refusal);
    },
  );

  app.get(
    "/api/products/:handle",
    describeRoute({
      summary: "One product",
      description: "An old handle answers 301 to the new one.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The product", productSchema),
        301: { description: "Moved" },
        ...problemAnswers(404),
      },
    }),
    validate("param", handleParam),
    async (c) => {
      const { handle } = c.req.valid("param");
      const product = await reader(c).product(handle);
      if (product.ok && product.value.status === "active")
        return publicJson(c, wireProduct(product.value), [productTag(product.value.productId)]);
      if (product.ok) return refused(c, { code: "product_unknown", handle });
      if (product.refusal.code !== "product_moved") return refused(c, product.refusal);
      publicCache(c, { sharedSeconds: EDGE_FRESH_SECONDS, browserSeconds: 60, tags: [CATALOGUE_TAG] });
      return c.redirect(`/api/products/${encodeURIComponent(product.refusal.movedTo)}`, 301);
    },
  );
}

function addCollectionRoutes(app: Hono<WebEnv>, reader: ReaderOf): void {
  app.get(
    "/api/collections",
    describeRoute({
      summary: "Collections in the shop's order",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", collectionsPageSchema), ...problemAnswers(422) },
    }),
    validate("query", pageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const page = await reader(c).collections({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) return refused(c, page.refusal);
      return publicJson(c, { ...page.value, items: page.value.items.map(wireCollection) }, [LISTS_TAG]);
    },
  );

  app.get(
    "/api/collections/:handle",
    describeRoute({
      summary: "One collection",
      description:
        "Its products: GET /api/products?collection={handle}. An old handle answers 301 to the new one.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The collection", collectionSchema),
        301: { description: "Moved" },
        ...problemAnswers(404),
      },
    }),
    validate("param", handleParam),
    async (c) => {
      const collection = await reader(c).collection(c.req.valid("param").handle);
      if (collection.ok) {
        const tag = collectionTag(collection.value.collectionId);
        return publicJson(c, wireCollection(collection.value), [tag]);
      }
      if (collection.refusal.code !== "collection_moved") return refused(c, collection.refusal);
      publicCache(c, { sharedSeconds: EDGE_FRESH_SECONDS, browserSeconds: 60, tags: [CATALOGUE_TAG] });
      return c.redirect(`/api/collections/${encodeURIComponent(collection.refusal.movedTo)}`, 301);
    },
  );
}
