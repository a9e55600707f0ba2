import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { epochMs, toIso } from "#kernel";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { ReportSearches, SynonymDesk } from "../app/ports.ts";
import type { SynonymGroup } from "../contract.ts";
import { searchProblem } from "./problems.ts";
import {
  reportQuery,
  searchReportSchema,
  synonymGroupSchema,
  synonymInputSchema,
  synonymListSchema,
  synonymParam,
} from "./schemas.ts";

export type SearchAdminOptions = {
  readonly synonyms: (c: Context) => SynonymDesk;
  readonly report: (c: Context) => ReportSearches;
};

const TAGS = ["Search"];
const wireGroup = ({ synonymId, kind, terms, updatedAtMs }: SynonymGroup) => ({
  id: synonymId,
  kind,
  terms,
  updatedAt: toIso(epochMs(updatedAtMs)),
});

/** Synonyms, and what is searched for, for staff and systems. Mounted under /admin/api. */
export function createSearchAdminApi({ synonyms, report }: SearchAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/search/report",
    describeRoute({
      summary: "What shoppers search for",
      description:
        "How often was searched, found nothing and led to a product, with the most asked and the most missed queries. Counted by day, without knowing who searched.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The report", searchReportSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", reportQuery),
    async (c) => c.json(await report(c)(c.req.valid("query").days)),
  );
  app.get(
    "/search/synonyms",
    describeRoute({
      summary: "All groups of synonyms, by their first term",
      tags: TAGS,
      responses: { 200: jsonAnswer("The list", synonymListSchema), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await synonyms(c).list()).map(wireGroup) }),
  );
  app.put(
    "/search/synonyms/:id",
    describeRoute({
      summary: "Create or replace a group of synonyms",
      description:
        "The id is yours. Terms are folded to small letters without marks; searches follow at once.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("As stored", synonymGroupSchema),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("param", synonymParam),
    validate("json", synonymInputSchema),
    async (c) => {
      const saved = await synonyms(c).save(c.req.valid("param").id, c.req.valid("json"));
      return saved.ok ? c.json(wireGroup(saved.value)) : answerProblem(c, searchProblem(saved.refusal));
    },
  );
  app.delete(
    "/search/synonyms/:id",
    describeRoute({
      summary: "Remove a group of synonyms",
      tags: TAGS,
      responses: { 204: { description: "Removed" }, ...problemAnswers(401, 404, 422) },
    }),
    validate("param", synonymParam),
    async (c) => {
      const removed = await synonyms(c).remove(c.req.valid("param").id);
      return removed.ok ? c.body(null, 204) : answerProblem(c, searchProblem(removed.refusal));
    },
  );
  return app;
}
