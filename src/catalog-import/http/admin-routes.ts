import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, ok, refuse, type Result } from "#kernel";
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
import { MAX_REPORT_PAGE } from "../domain/limits.ts";
import { addMappings } from "./mapping-routes.ts";
import { importProblem } from "./problems.ts";
import { reportCsvHead, reportCsvLine } from "./report-csv.ts";
import {
  jobSchema,
  jobView,
  pageQuery,
  reportPageSchema,
  summaryPageSchema,
  summaryView,
} from "./schemas.ts";
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

function addReports(app: Hono<WebEnv>, { desk }: ImportAdminOptions): void {
  app.get(
    "/imports/:id/report",
    describeRoute({
      summary: "What was rejected and what was mended, by line",
      description: "Keeps the first 10,000 findings; the import's counts go on.",
      tags,
      responses: { 200: jsonAnswer("One page", reportPageSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("query", pageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const object = await findImport(c, desk(c));
      if (!object.ok) return answerProblem(c, importProblem(object.refusal));
      const page = await object.value.report({ limit, ...(cursor === undefined ? {} : { cursor }) });
      return page.ok ? c.json(page.value) : answerProblem(c, importProblem(page.refusal));
    },
  );
  app.get(
    "/imports/:id/report.csv",
    describeRoute({
      summary: "The same report as a CSV file",
      tags,
      responses: {
        200: { description: "CSV in UTF-8", content: { "text/csv": {} } },
        ...problemAnswers(401, 404),
      },
    }),
    (c) => answerReportCsv(c, desk(c)),
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

/** The object of a known import; an id that was never given out creates none. */
async function findImport(c: Context<WebEnv>, desk: ImportDesk): Promise<Result<ImportRpc, ImportRefusal>> {
  const importId = c.req.param("id") ?? "";
  const isKnown = isId("imp", importId) && (await desk.isKnown(importId));
  if (!isKnown) return refuse({ code: "import_unknown", importId });
  return ok(desk.imports.getByName(importId));
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

async function answerReportCsv(c: Context<WebEnv>, desk: ImportDesk): Promise<Response> {
  const object = await findImport(c, desk);
  if (!object.ok) return answerProblem(c, importProblem(object.refusal));
  let text = reportCsvHead;
  let cursor: string | undefined;
  do {
    const next = cursor === undefined ? {} : { cursor };
    const page = await object.value.report({ limit: MAX_REPORT_PAGE, ...next });
    if (!page.ok) return answerProblem(c, importProblem(page.refusal));
    text += page.value.items.map(reportCsvLine).join("");
    cursor = page.value.nextCursor;
  } while (cursor !== undefined);
  return c.body(text, 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="report-${c.req.param("id") ?? "import"}.csv"`,
  });
}
