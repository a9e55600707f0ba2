import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import { collectionTag, type ProductCard } from "#catalog";
import { currency as currencyOf, money } from "#kernel";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import { listProducts } from "../app/list-products.ts";
import type { ListingPorts } from "../app/ports.ts";
import type { Listing, ListingRefusal } from "../contract.ts";
import { FILTER_PREFIX, readFilters } from "../filters.ts";
import { listingProblem } from "./problems.ts";
import { collectionParam, listingQuery, listingSchema } from "./schemas.ts";

export type ListingApiOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly ports: (c: Context) => ListingPorts & {
    /** ISO 4217, of the prices that are shown and filtered by. */
    readonly currency: string;
  };
  /** How the catalogue's API writes a card, so that both lists have the same ones. */
  readonly card: { readonly schema: z.ZodType; readonly wire: (card: ProductCard) => unknown };
  /** Answers with the caching of public JSON. */
  readonly answer: (c: Context, body: object, tags: readonly string[]) => Promise<Response>;
};

/** Filtered lists for storefront developers. Public, read only. */
export function createListingApi(options: ListingApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/api/collections/:handle/products",
    describeRoute({
      summary: "Products of a collection, filtered, with facets and counts",
      description:
        "Filter with `filter.{key}={value}`, keys and values as in `facets`; a key may be repeated for alternatives (`filter.size=a3&filter.size=a4`), `A3` is `a3`, different keys narrow each other. Counts of a facet ignore its own filter. A filter that the shop does not have is refused, because a list without it would be the wrong one.",
      tags: ["Catalogue"],
      responses: {
        200: jsonAnswer("One page", listingSchema(options.card.schema)),
        301: { description: "The collection has another handle now" },
        ...problemAnswers(400, 404, 422, 503),
      },
    }),
    validate("param", collectionParam),
    validate("query", listingQuery),
    async (c) => {
      const { sort = "featured", cursor, limit } = c.req.valid("query");
      const { currency, ...ports } = options.ports(c);
      const { filters, problems } = readFilters(new URL(c.req.url).searchParams, currency);
      if (problems.length > 0)
        return answerProblem(c, listingProblem({ code: "unknown_filter", errors: problems }));
      const found = await listProducts(ports, {
        collection: c.req.valid("param").handle,
        filters,
        sort,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!found.ok) return refused(c, found.refusal);
      if (found.value.unknownFilters.length > 0) return unknownFilters(c, found.value.unknownFilters);
      const { collection } = found.value;
      const tags = collection ? [collectionTag(collection.collectionId)] : [];
      return options.answer(c, wireListing(found.value, { ...options, currency }), tags);
    },
  );
  return app;
}

function refused(c: Context, refusal: ListingRefusal): Response {
  if (refusal.code === "collection_moved") {
    const { search } = new URL(c.req.url);
    return c.redirect(`/api/collections/${encodeURIComponent(refusal.movedTo)}/products${search}`, 301);
  }
  return answerProblem(c, listingProblem(refusal));
}

const unknownFilters = (c: Context, keys: readonly string[]): Response =>
  answerProblem(
    c,
    listingProblem({
      code: "unknown_filter",
      errors: unknownFilterErrors(keys),
    }),
  );

export const unknownFilterErrors = (keys: readonly string[]) =>
  keys.map((key) => ({ name: FILTER_PREFIX + key, detail: "There is no such filter." }));

const wireListing = (
  listing: Listing,
  options: Pick<ListingApiOptions, "card"> & { readonly currency: string },
) => ({
  items: listing.items.map(options.card.wire),
  nextCursor: listing.nextCursor,
  count: listing.count,
  ...wireFacets(listing, options),
});

export const wireFacets = (
  { total, facets, hasFacets, price }: Pick<Listing, "total" | "facets" | "hasFacets" | "price">,
  { currency }: { readonly currency: string },
) => ({
  total,
  facets,
  hasFacets,
  price: price
    ? {
        min: money(currencyOf(currency), price.minMinor),
        max: money(currencyOf(currency), price.maxMinor),
      }
    : undefined,
});
