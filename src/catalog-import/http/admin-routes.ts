import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, refuse, type Result } from "#kernel";
import type { CallContext } from "#platform";
import {
  answerJson,
  answerProblem,
  fieldErrors,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  readIdempotencyKey,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { ImportDesk } from "../app/desk.ts";
import { startImport } from "../app/start-import.ts";
import type { ImportJob, ImportRefusal, ImportRpc } from "../contract.ts";
import { MAX_REPORT_PAGE } from "../domain/limits.ts";
import { importProblem } from "./problems.ts";
import { readUpload, type Upload } from "./read-upload.ts";
import { reportCsvHead, reportCsvLine } from "./report-csv.ts";
import {
  jobSchema,
  jobView,
  pageQuery,
  reportPageSchema,
  startQuery,
  summaryPageSchema,
  summaryView,
} from "./schemas.ts";

export type ImportAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => ImportDesk;
};

const TAGS = ["Imports"];
const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** Imports of product files for staff and programs. Mounted under /admin/api. */
export function createImportAdminApi({ desk }: ImportAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/imports",
    describeRoute({
      summary: "Upload a product file and start its import",
      description:
        "The body is the CSV file, or a form with the field `file`; the choices stand in the query or in the form. Repeating with the same Idempotency-Key starts nothing new; importing the same file again changes nothing.",
      tags: TAGS,
      responses: {
        202: jsonAnswer("Started; follow Location", jobSchema),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    (c) => startFromRequest(c, desk(c)),
  );
  app.get(
    "/imports",
    describeRoute({
      summary: "Imports, newest first",
      tags: TAGS,
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
      tags: TAGS,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404) },
    }),
    (c) =>
      answerJob(
        c,
        askImport(desk(c), c.req.param("id"), (object) => object.view()),
      ),
  );
  app.get(
    "/imports/:id/report",
    describeRoute({
      summary: "What was rejected and what was mended, by line",
      description: "Keeps the first 10,000 findings; the import's counts go on.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", reportPageSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("query", pageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const page = await askImport(desk(c), c.req.param("id"), (object) =>
        object.report({ limit, ...(cursor === undefined ? {} : { cursor }) }),
      );
      return page.ok ? c.json(page.value) : answerProblem(c, importProblem(page.refusal));
    },
  );
  app.get(
    "/imports/:id/report.csv",
    describeRoute({
      summary: "The same report as a CSV file",
      tags: TAGS,
      responses: {
        200: { description: "CSV in UTF-8", content: { "text/csv": {} } },
        ...problemAnswers(401, 404),
      },
    }),
    (c) => answerReportCsv(c, desk(c)),
  );
  app.post(
    "/imports/:id/cancel",
    describeRoute({
      summary: "Stop an import",
      description: "What was written stays; the counts say how much that is.",
      tags: TAGS,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) =>
      answerJob(
        c,
        askImport(desk(c), c.req.param("id"), (object) => object.cancel(callOf(c))),
      ),
  );
  app.post(
    "/imports/:id/resume",
    describeRoute({
      summary: "Go on with a failed import",
      tags: TAGS,
      responses: { 200: jsonAnswer("The import", jobSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) =>
      answerJob(
        c,
        askImport(desk(c), c.req.param("id"), (object) => object.resume(callOf(c))),
      ),
  );
  return app;
}

async function startFromRequest(c: Context<WebEnv>, desk: ImportDesk): Promise<Response> {
  const key = readIdempotencyKey(c, false);
  if (!key.ok) return answerProblem(c, key.refusal.problem);
  const query = startQuery.safeParse(c.req.query());
  if (!query.success)
    return answerProblem(c, invalidFieldsProblem(fieldErrors(query.error.issues, "/query")));
  const upload = await readUpload(c);
  if (!upload.ok) return answerProblem(c, upload.refusal.problem);
  const form = startQuery.safeParse(filledFields(upload.value));
  if (!form.success) return answerProblem(c, invalidFieldsProblem(fieldErrors(form.error.issues)));
  const choices = { ...form.data, ...query.data };
  const request = {
    bytes: upload.value.bytes,
    fileName: choices.fileName ?? upload.value.fileName ?? "products.csv",
    policy: choices.policy ?? "reject-failed-rows",
    currency: choices.currency ?? desk.shopCurrency,
    ...(key.value === undefined ? {} : { idempotencyKey: key.value }),
  };
  const started = await startImport(desk, request, callOf(c));
  if (!started.ok) return answerProblem(c, importProblem(started.refusal));
  return c.json(jobView(started.value), 202, { location: `/admin/api/imports/${started.value.importId}` });
}

/** A form sends fields that were left empty, too. */
const filledFields = ({ fields }: Upload): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));

/** Asks the object of a known import; an id that was never given out creates none. */
async function askImport<T>(
  desk: ImportDesk,
  importId: string,
  ask: (object: ImportRpc) => Promise<Result<T, ImportRefusal>>,
): Promise<Result<T, ImportRefusal>> {
  const isKnown = isId("imp", importId) && (await desk.isKnown(importId));
  return isKnown ? ask(desk.imports.getByName(importId)) : refuse({ code: "import_unknown", importId });
}

async function answerJob(
  c: Context<WebEnv>,
  asked: Promise<Result<ImportJob, ImportRefusal>>,
): Promise<Response> {
  const job = await asked;
  return job.ok
    ? answerJson(c, jobView(job.value), versionEtag(job.value.version))
    : answerProblem(c, importProblem(job.refusal));
}

async function answerReportCsv(c: Context<WebEnv>, desk: ImportDesk): Promise<Response> {
  const importId = c.req.param("id") ?? "";
  let text = reportCsvHead;
  let cursor: string | undefined;
  do {
    const next = cursor === undefined ? {} : { cursor };
    const page = await askImport(desk, importId, (object) =>
      object.report({ limit: MAX_REPORT_PAGE, ...next }),
    );
    if (!page.ok) return answerProblem(c, importProblem(page.refusal));
    text += page.value.items.map(reportCsvLine).join("");
    cursor = page.value.nextCursor;
  } while (cursor !== undefined);
  return c.body(text, 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="report-${importId}.csv"`,
  });
}
