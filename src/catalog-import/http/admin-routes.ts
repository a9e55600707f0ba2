import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type { Result } from "#kernel";
import type { CallContext } from "#platform";
import {
  answerJson,
  answerProblem,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { ImportDesk } from "../app/desk.ts";
import type { ImportJob, ImportRefusal, ImportRpc } from "../contract.ts";
import { addMappings } from "./mapping-routes.ts";
import { importProblem } from "./problems.ts";
import { addReports, addSummaries, findImport } from "./report-routes.ts";
import { jobSchema, jobView, pageQuery, summaryPageSchema, summaryView } from "./schemas.ts";
import { startFromRequest } from "./start-from-request.ts";

export type ImportAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => ImportDesk;
};

const tags = ["Imports"];
const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** Imports of product files for staff and programs. Mounted under /admin/api. */
export function createImportAdminApi(options: ImportAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addMappings(app, options);
  addReads(app, options);
  addReports(app, options);
  addSummaries(app, options);
  addWrites(app, options);
  return app;
}

function addReads(app: Hono<WebEnv>, { desk }: ImportAdminOptions): void {
  app.get(
    "/imports",
    describeRoute({
      summary: "Imports, newest first",
      tags,
      responses: { 200: jsonAnswer("One page", summaryPageSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", pageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const page = await desk(c).list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) return answerProblem(c, importProblem(page.refusal));
      return c.json({ ...page.value, items: page.value.items.map(summaryView) });
    },
  );
  app.get(
    "/imports/:id",
    describeRoute({
      summary: "One import, from its own object",
      tags,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404) },
    }),
    (c) => answerJob(c, desk(c), (object) => object.view()),
  );
}

function addWrites(app: Hono<WebEnv>, { desk }: ImportAdminOptions): void {
  app.post(
    "/imports",
    describeRoute({
      summary: "Upload a product file and start its import",
      description:
        "The body is the file, gzipped or not, or a form with the field `file`: a Shopify export, any table through a saved mapping (`mapping`), or JSONL (`format=jsonl`). The choices `policy`, `currency`, `fileName`, `mapping` and `format` stand in the query or in the form. Repeating with the same Idempotency-Key starts nothing new; importing the same file again changes nothing.",
      tags,
      responses: {
        202: jsonAnswer("Started; follow Location", jobSchema),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    (c) => startFromRequest(c, desk(c), callOf(c)),
  );
  app.post(
    "/imports/:id/cancel",
    describeRoute({
      summary: "Stop an import",
      description: "What was written stays; the counts say how much that is.",
      tags,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) => answerJob(c, desk(c), (object) => object.cancel(callOf(c))),
  );
  app.post(
    "/imports/:id/resume",
    describeRoute({
      summary: "Go on with a failed import",
      tags,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) => answerJob(c, desk(c), (object) => object.resume(callOf(c))),
  );
}

async function answerJob(
  c: Context<WebEnv>,
  desk: ImportDesk,
  ask: (object: ImportRpc) => Promise<Result<ImportJob, ImportRefusal>>,
): Promise<Response> {
  const object = await findImport(c, desk);
  const job = object.ok ? await ask(object.value) : object;
  return job.ok
    ? answerJson(c, jobView(job.value), versionEtag(job.value.version))
    : answerProblem(c, importProblem(job.refusal));
}
