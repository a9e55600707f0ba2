import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import type { ProductCard } from "#catalog";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { Problem, Result } from "#kernel";
import type { SearchReader, SearchRequest } from "../app/ports.ts";
import type { SearchPage } from "../contract.ts";
import { searchProblem } from "./problems.ts";
import {
  popularSchema,
  searchPageSchema,
  searchQuery,
  suggestionQuery,
  suggestionsSchema,
} from "./schemas.ts";

export type SearchApiOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly reader: (c: Context) => SearchReader;
  /** Answers public JSON as every list of the catalogue does. */
  readonly answer: (c: Context, body: object) => Promise<Response>;
  /** How the catalogue's card travels. */
  readonly card: { readonly schema: z.ZodType; readonly wire: (card: ProductCard) => object };
  /** Filters and counts what is found; without it a search has no filters. */
  readonly filtering?: SearchFiltering;
};

/** What a module that can filter adds to a search. */
export type SearchFiltering = {
  /** What it adds to the reply. */
  readonly schema: z.ZodObject;
  /** Reads its filters of the address. A wrong cursor is search's own refusal; any other comes with its problem. */
  readonly list: (
    c: Context,
    request: SearchRequest,
  ) => Promise<Result<{ readonly page: SearchPage; readonly more: object }, FilterRefusal>>;
};
type FilterRefusal =
  { readonly code: "invalid_cursor" } | { readonly code: "filters_refused"; readonly problem: Problem };

const TAGS = ["Search"];
/** People type the same beginnings; what is suggested may lag a little. */
const SUGGESTIONS_SECONDS = 30;

/** Search for storefront developers. Public, read only. */
export function createSearchApi({ reader, answer, card, filtering }: SearchApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const plain = searchPageSchema(card.schema);
  const reply = filtering ? plain.extend(filtering.schema.shape).meta({ id: "SearchPage" }) : plain;
  app.get(
    "/api/search",
    describeRoute({
      summary: "Search products",
      description:
        "Every word must match, in singular or plural or by a synonym, the last one also as a beginning; a SKU or barcode typed in full comes first. When nothing matches, the reply has what was probably meant, or products with some of the words, and says so. Filter as in the list of a collection; a filter that the shop does not have is refused.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("One page", reply),
        ...(filtering ? problemAnswers(400, 422, 503) : problemAnswers(422)),
      },
    }),
    validate("query", searchQuery),
    async (c) => {
      const { q, sort, cursor, limit } = c.req.valid("query");
      const request = {
        query: q,
        limit,
        ...(sort === undefined ? {} : { sort }),
        ...(cursor === undefined ? {} : { cursor }),
      };
      if (!filtering) {
        const found = await reader(c).search(request);
        if (!found.ok) return answerProblem(c, searchProblem(found.refusal));
        return answer(c, wirePage(found.value, card));
      }
      const found = await filtering.list(c, request);
      if (!found.ok) return refused(c, found.refusal);
      return answer(c, { ...wirePage(found.value.page, card), ...found.value.more });
    },
  );
  addHelp(app, { reader, answer, card });
  return app;
}

/** What helps to find: suggestions while typing, and what others look for. */
function addHelp(
  app: Hono<WebEnv>,
  { reader, answer, card }: Pick<SearchApiOptions, "reader" | "answer" | "card">,
): void {
  app.get(
    "/api/search/suggestions",
    describeRoute({
      summary: "Suggest while somebody types",
      description:
        "At most five phrases (what others asked, then words of the shop) and three products. A copy may be 30 seconds old.",
      tags: TAGS,
      responses: { 200: jsonAnswer("Suggestions", suggestionsSchema(card.schema)), ...problemAnswers(422) },
    }),
    validate("query", suggestionQuery),
    async (c) => {
      const { query, phrases, products } = await reader(c).suggestions(c.req.valid("query").q);
      const reply = await answer(c, { query, phrases, products: products.map(card.wire) });
      reply.headers.set("cache-control", `public, max-age=${SUGGESTIONS_SECONDS}`);
      return reply;
    },
  );
  app.get(
    "/api/search/popular",
    describeRoute({
      summary: "What others look for and at",
      description:
        "For whoever has found nothing: at most eight queries that found something for several people lately, and four popular products that can be had.",
      tags: TAGS,
      responses: { 200: jsonAnswer("What is popular", popularSchema(card.schema)), ...problemAnswers(429) },
    }),
    async (c) => {
      const { phrases, products } = await reader(c).popular();
      return answer(c, { phrases, products: products.map(card.wire) });
    },
  );
}

function wirePage(page: SearchPage, card: SearchApiOptions["card"]): object {
  const { items, exactHandle: _exactHandle, numbers: _numbers, ...rest } = page;
  return { items: items.map(card.wire), ...rest };
}

function refused(c: Context, refusal: FilterRefusal): Response {
  if (refusal.code === "invalid_cursor") return answerProblem(c, searchProblem(refusal));
  return answerProblem(c, refusal.problem);
}
