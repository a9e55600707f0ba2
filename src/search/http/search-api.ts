import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import type { ProductCard } from "#catalog";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { SearchReader } from "../app/ports.ts";
import { searchProblem } from "./problems.ts";
import { searchPageSchema, searchQuery, suggestionQuery, suggestionsSchema } from "./schemas.ts";

export type SearchApiOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly reader: (c: Context) => SearchReader;
  /** Answers public JSON as every list of the catalogue does. */
  readonly answer: (c: Context, body: object) => Promise<Response>;
  /** How the catalogue's card travels. */
  readonly card: { readonly schema: z.ZodType; readonly wire: (card: ProductCard) => object };
};

const TAGS = ["Search"];
/** People type the same beginnings; what is suggested may lag a little. */
const SUGGESTIONS_SECONDS = 30;

/** Search for storefront developers. Public, read only. */
export function createSearchApi({ reader, answer, card }: SearchApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/api/search",
    describeRoute({
      summary: "Search products",
      description:
        "Every word must match, in singular or plural or by a synonym, the last one also as a beginning; a SKU or barcode typed in full comes first. When nothing matches, the reply has what was probably meant, or products with some of the words, and says so.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", searchPageSchema(card.schema)), ...problemAnswers(422) },
    }),
    validate("query", searchQuery),
    async (c) => {
      const { q, sort, cursor, limit } = c.req.valid("query");
      const found = await reader(c).search({
        query: q,
        limit,
        ...(sort === undefined ? {} : { sort }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!found.ok) return answerProblem(c, searchProblem(found.refusal));
      const { items, exactHandle: _exactHandle, ...rest } = found.value;
      return answer(c, { items: items.map(card.wire), ...rest });
    },
  );
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
  return app;
}
