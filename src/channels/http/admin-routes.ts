import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, ok, refuse, type Result } from "#kernel";
import type { CallContext } from "#platform";
import {
  answerJson,
  answerProblem,
  jsonAnswer,
  problemAnswers,
  readIdempotencyKey,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { ExportDesk } from "../app/desk.ts";
import { fetchFile } from "../app/fetch-file.ts";
import { buildFeed, startExport } from "../app/start-export.ts";
import type { ExportJob, ExportRefusal, ExportRpc } from "../contract.ts";
import { exportProblem } from "./problems.ts";
import {
  exportPageQuery,
  exportPageSchema,
  exportSchema,
  exportSummaryView,
  exportView,
  feedListSchema,
  feedParam,
  feedView,
  startExportBody,
  toPrefix,
} from "./schemas.ts";

export type ExportAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => ExportDesk;
};

const tags = ["Exports"];
const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

/** Exports of the catalogue as jobs, and the shopping feeds. Mounted under /admin/api. */
export function createExportJobApi(options: ExportAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addStart(app, options);
  addReads(app, options);
  addWrites(app, options);
  addFeeds(app, options);
  return app;
}

function addStart(app: Hono<WebEnv>, { desk }: ExportAdminOptions): void {
  app.post(
    "/exports",
    describeRoute({
      summary: "Start an export of the whole catalogue",
      description:
        "JSONL and Shopify CSV hold every product, google what shoppers of one market see. Repeating with the same Idempotency-Key starts nothing new.",
      tags,
      responses: {
        202: jsonAnswer("Started; follow Location", exportSchema),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    validate("json", startExportBody),
    async (c) => {
      const key = readIdempotencyKey(c, false);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const { format, market } = c.req.valid("json");
      const idempotencyKey = key.value === undefined ? {} : { idempotencyKey: key.value };
      const request = { format, prefix: toPrefix(market), ...idempotencyKey };
      const started = await startExport(desk(c), request, callOf(c));
      if (!started.ok) return answerProblem(c, exportProblem(started.refusal));
      return c.json(exportView(started.value), 202, {
        location: `/admin/api/exports/${started.value.jobId}`,
      });
    },
  );
}

function addReads(app: Hono<WebEnv>, { desk }: ExportAdminOptions): void {
  app.get(
    "/exports",
    describeRoute({
      summary: "Exports, newest first",
      tags,
      responses: { 200: jsonAnswer("One page", exportPageSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", exportPageQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const page = await desk(c).list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) return answerProblem(c, exportProblem(page.refusal));
      return c.json({ ...page.value, items: page.value.items.map(exportSummaryView) });
    },
  );
  app.get(
    "/exports/:id",
    describeRoute({
      summary: "One export, from its own object",
      tags,
      responses: { 200: jsonAnswer("The export", exportSchema), ...problemAnswers(401, 404) },
    }),
    (c) => answerExport(c, desk(c), (object) => object.view()),
  );
  app.get(
    "/exports/:id/file",
    describeRoute({
      summary: "The file of a finished export",
      description: "Kept for a week.",
      tags,
      responses: {
        200: { description: "The file", content: { "application/x-ndjson": {}, "text/csv": {} } },
        ...problemAnswers(401, 404, 409, 410),
      },
    }),
    async (c) => {
      const file = await fetchFile(desk(c), c.req.param("id"));
      if (!file.ok) return answerProblem(c, exportProblem(file.refusal));
      return c.body(file.value.body, 200, {
        "content-type": file.value.contentType,
        "content-disposition": `attachment; filename="${file.value.fileName}"`,
      });
    },
  );
}

function addWrites(app: Hono<WebEnv>, { desk }: ExportAdminOptions): void {
  app.post(
    "/exports/:id/cancel",
    describeRoute({
      summary: "Stop an export",
      description: "What it has written is removed.",
      tags,
      responses: { 200: jsonAnswer("The export", exportSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) => answerExport(c, desk(c), (object) => object.cancel(callOf(c))),
  );
  app.post(
    "/exports/:id/resume",
    describeRoute({
      summary: "Go on with a failed export",
      tags,
      responses: { 200: jsonAnswer("The export", exportSchema), ...problemAnswers(401, 404, 409) },
    }),
    (c) => answerExport(c, desk(c), (object) => object.resume(callOf(c))),
  );
}

function addFeeds(app: Hono<WebEnv>, { desk }: ExportAdminOptions): void {
  app.get(
    "/feeds",
    describeRoute({
      summary: "The shopping feeds, one for each market and language",
      description: "Made anew within minutes after a change; read at `path` by everybody.",
      tags,
      responses: { 200: jsonAnswer("All feeds", feedListSchema), ...problemAnswers(401) },
    }),
    async (c) => c.json({ items: (await desk(c).feeds()).map(feedView) }),
  );
  app.post(
    "/feeds/:market/build",
    describeRoute({
      summary: "Make a feed anew now",
      description: "Does nothing while it is being made.",
      tags,
      responses: { 202: jsonAnswer("Being made", exportSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", feedParam),
    async (c) => {
      const built = await buildFeed(desk(c), toPrefix(c.req.valid("param").market), callOf(c));
      return built.ok ? c.json(exportView(built.value), 202) : answerProblem(c, exportProblem(built.refusal));
    },
  );
}

/** The object of a known export; an id that was never given out creates none. */
async function findExport(c: Context<WebEnv>, desk: ExportDesk): Promise<Result<ExportRpc, ExportRefusal>> {
  const exportId = c.req.param("id") ?? "";
  const isKnown = isId("exp", exportId) && (await desk.isKnown(exportId));
  return isKnown ? ok(desk.exports.getByName(exportId)) : refuse({ code: "export_unknown", exportId });
}

async function answerExport(
  c: Context<WebEnv>,
  desk: ExportDesk,
  ask: (object: ExportRpc) => Promise<Result<ExportJob, ExportRefusal>>,
): Promise<Response> {
  const object = await findExport(c, desk);
  const job = object.ok ? await ask(object.value) : object;
  return job.ok
    ? answerJson(c, exportView(job.value), versionEtag(job.value.version))
    : answerProblem(c, exportProblem(job.refusal));
}
