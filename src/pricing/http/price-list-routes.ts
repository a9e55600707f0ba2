import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import {
  answerJson,
  answerProblem,
  expectedOf,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { PriceDesk, PriceDeskRefusal } from "../app/price-desk.ts";
import { pricingProblem } from "./problems.ts";
import {
  entriesBody,
  entryListAnswer,
  entryParam,
  listAnswer,
  listBody,
  listParam,
  listsAnswer,
  listsQuery,
  marketAnswer,
  marketBody,
  marketListAnswer,
  marketParam,
  pageQuery,
  renderEntry,
  renderList,
  renderMarket,
  stepQuery,
  toEntries,
  toList,
  toMarket,
} from "./schemas.ts";

type Options = { readonly desk: (c: Context<WebEnv>) => PriceDesk };

const TAGS = ["Prices"];
const refused = (c: Context<WebEnv>, refusal: PriceDeskRefusal) => answerProblem(c, pricingProblem(refusal));

/** Markets and price lists for staff and systems. Mounted under /admin/api. */
export function createPriceListApi(options: Options): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addMarkets(app, options);
  addListReads(app, options);
  addListWrites(app, options);
  addEntries(app, options);
  return app;
}

function addMarkets(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/markets",
    describeRoute({
      summary: "All markets, the default one first",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", marketListAnswer), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await desk(c).markets()).map(renderMarket) }),
  );
  app.put(
    "/markets/:marketId",
    describeRoute({
      summary: "Create or replace a market",
      description:
        "Its currency stays. Prices follow at once in a small shop, within minutes in a large one. `If-Match` guards against overwriting.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("As stored", marketAnswer),
        ...problemAnswers(400, 401, 412, 413, 415, 422),
      },
    }),
    validate("param", marketParam),
    validate("json", marketBody),
    async (c) => {
      const market = toMarket(c.req.valid("param").marketId, c.req.valid("json"));
      const saved = await desk(c).saveMarket(market, expectedOf(c).expectedVersion);
      if (!saved.ok) return refused(c, saved.refusal);
      return answerJson(c, renderMarket(saved.value), versionEtag(saved.value.version));
    },
  );
}

function addListReads(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/price-lists",
    describeRoute({
      summary: "All price lists, by id",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", listsAnswer), ...problemAnswers(401, 422) },
    }),
    validate("query", listsQuery),
    async (c) => {
      const { status, cursor, limit } = c.req.valid("query");
      const page = await desk(c).lists({
        limit,
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!page.ok) return refused(c, page.refusal);
      return c.json({ ...page.value, items: page.value.items.map(renderList) });
    },
  );
  app.get(
    "/price-lists/:listId",
    describeRoute({
      summary: "One price list",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", listAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", listParam),
    async (c) => {
      const found = await desk(c).list(c.req.valid("param").listId);
      if (!found.ok) return refused(c, found.refusal);
      return answerJson(c, renderList(found.value), versionEtag(found.value.version));
    },
  );
}

function addListWrites(app: Hono<WebEnv>, { desk }: Options): void {
  app.put(
    "/price-lists/:listId",
    describeRoute({
      summary: "Create or replace a price list",
      description:
        "Entries stay. A list that starts or ends by its period does so within a minute on cards and pages, and at once for whoever pays.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("As stored", listAnswer),
        ...problemAnswers(400, 401, 412, 413, 415, 422),
      },
    }),
    validate("param", listParam),
    validate("json", listBody),
    async (c) => {
      const list = toList(c.req.valid("param").listId, c.req.valid("json"));
      const saved = await desk(c).saveList(list, expectedOf(c).expectedVersion);
      if (!saved.ok) return refused(c, saved.refusal);
      return answerJson(c, renderList(saved.value), versionEtag(saved.value.version));
    },
  );
}

const MAX_ENTRIES_BODY_BYTES = 256 * 1024;

function addEntries(app: Hono<WebEnv>, { desk }: Options): void {
  app.get(
    "/price-lists/:listId/entries",
    describeRoute({
      summary: "The prices of a list",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", entryListAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", listParam),
    validate("query", pageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const request = { limit, ...(cursor === undefined ? {} : { cursor }) };
      const page = await desk(c).entries(c.req.valid("param").listId, request);
      if (!page.ok) return refused(c, page.refusal);
      return c.json({ ...page.value, items: page.value.items.map(renderEntry) });
    },
  );
  app.put(
    "/price-lists/:listId/entries",
    describeRoute({
      summary: "Add prices to a list, or replace them",
      description: "By variant and quantity; all or none. Repeating changes no price.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", listAnswer), ...problemAnswers(400, 401, 404, 413, 415, 422) },
    }),
    validate("param", listParam),
    validate("json", entriesBody, MAX_ENTRIES_BODY_BYTES),
    async (c) => {
      const put = await desk(c).putEntries(c.req.valid("param").listId, toEntries(c.req.valid("json")));
      return put.ok ? c.json(renderList(put.value)) : refused(c, put.refusal);
    },
  );
  app.delete(
    "/price-lists/:listId/entries/:variantId",
    describeRoute({
      summary: "Take a variant's prices out of a list",
      description: "All of its steps, or the one of `minQuantity`.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", listAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", entryParam),
    validate("query", stepQuery),
    async (c) => {
      const { listId, variantId } = c.req.valid("param");
      const { minQuantity } = c.req.valid("query");
      const what = { variantId, ...(minQuantity === undefined ? {} : { minQuantity }) };
      const left = await desk(c).removeEntries(listId, what);
      return left.ok ? c.json(renderList(left.value)) : refused(c, left.refusal);
    },
  );
}
