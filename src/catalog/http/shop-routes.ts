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
import { catalogProblem } from "./problems.ts";
import { publicJson } from "./public-json.ts";
import {
  collectionSchema,
  collectionsPageSchema,
  handleParam,
  listQuery,
  pageQuery,
  productPageSchema,
  productSchema,
  searchPageSchema,
  searchQuery,
} from "./schemas.ts";
import { wireCollection, wirePage, wireProduct, wireSearch } from "./wire.ts";

export type CatalogApiOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly reader: (c: Context) => CatalogReader;
};

const TAGS = ["Catalogue"];
const refused = (c: Context, refusal: CatalogRefusal): Response => answerProblem(c, catalogProblem(refusal));

/** The catalogue for storefront developers: products, collections, search. Public, read only. */
export function createCatalogApi({ reader }: CatalogApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addProductRoutes(app, reader);
  addCollectionRoutes(app, reader);
  addSearchRoute(app, reader);
  return app;
}

type ReaderOf = CatalogApiOptions["reader"];

function addProductRoutes(app: Hono<WebEnv>, reader: ReaderOf): void {
  app.get(
    "/api/products",
    describeRoute({
      summary: "Products of the shop or of one collection",
      description:
        "With `q` it searches, ordered by relevance; `collection` and `sort` are for lists without `q`.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", productPageSchema), ...problemAnswers(404, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { collection, q, sort = "featured", cursor, limit } = c.req.valid("query");
      const paging = { limit, ...(cursor === undefined ? {} : { cursor }) };
      if (q !== undefined) {
        const found = await reader(c).search({ query: q, ...paging });
        return found.ok ? publicJson(c, wirePage(found.value), [LISTS_TAG]) : refused(c, found.refusal);
      }
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

function addSearchRoute(app: Hono<WebEnv>, reader: ReaderOf): void {
  app.get(
    "/api/search",
    describeRoute({
      summary: "Search products",
      description:
        "Every word must match, the last one as a beginning; a SKU or barcode typed in full comes first.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", searchPageSchema), ...problemAnswers(422) },
    }),
    validate("query", searchQuery),
    async (c) => {
      const { q, cursor, limit } = c.req.valid("query");
      const found = await reader(c).search({ query: q, limit, ...(cursor === undefined ? {} : { cursor }) });
      return found.ok ? publicJson(c, wireSearch(found.value), [LISTS_TAG]) : refused(c, found.refusal);
    },
  );
}
