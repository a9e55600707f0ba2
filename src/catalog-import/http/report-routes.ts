import type { Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, ok, refuse, type Result } from "#kernel";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import type { ImportDesk } from "../app/desk.ts";
import type { ImportRefusal, ImportRpc } from "../contract.ts";
import { MAX_REPORT_PAGE } from "../domain/limits.ts";
import { importProblem } from "./problems.ts";
import { reportCsvHead, reportCsvLine } from "./report-csv.ts";
import { pageQuery, reasonsSchema, reportPageSchema } from "./schemas.ts";

const tags = ["Imports"];

/** What an import found, in pages, by reason, and as files. */
export function addReports(app: Hono<WebEnv>, { desk }: { readonly desk: (c: Context) => ImportDesk }): void {
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

/** The same by reason, and the rows that were rejected. */
export function addSummaries(
  app: Hono<WebEnv>,
  { desk }: { readonly desk: (c: Context) => ImportDesk },
): void {
  app.get(
    "/imports/:id/report/reasons",
    describeRoute({
      summary: "What was rejected and what was mended, by reason over the whole file",
      description: "Reasons that differ in their numbers only are one; at most fifty.",
      tags,
      responses: { 200: jsonAnswer("By reason", reasonsSchema), ...problemAnswers(401, 404) },
    }),
    async (c) => {
      const object = await findImport(c, desk(c));
      const groups = object.ok ? await object.value.reasons() : object;
      return groups.ok ? c.json({ items: groups.value }) : answerProblem(c, importProblem(groups.refusal));
    },
  );
  app.get(
    "/imports/:id/refused.csv",
    describeRoute({
      summary: "The rejected rows as they stand in the file, with what to mend",
      description:
        "A file of its own with the same header: correct it and import it. Rejected lines of a JSONL file come as JSONL.",
      tags,
      responses: {
        200: {
          description: "CSV in UTF-8, or JSONL",
          content: { "text/csv": {}, "application/x-ndjson": {} },
        },
        ...problemAnswers(401, 404),
      },
    }),
    (c) => answerRefused(c, desk(c)),
  );
}

/** The object of a known import; an id that was never given out creates none. */
export async function findImport(
  c: Context<WebEnv>,
  desk: ImportDesk,
): Promise<Result<ImportRpc, ImportRefusal>> {
  const importId = c.req.param("id") ?? "";
  const isKnown = isId("imp", importId) && (await desk.isKnown(importId));
  if (!isKnown) return refuse({ code: "import_unknown", importId });
  return ok(desk.imports.getByName(importId));
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

async function answerRefused(c: Context<WebEnv>, desk: ImportDesk): Promise<Response> {
  const object = await findImport(c, desk);
  if (!object.ok) return answerProblem(c, importProblem(object.refusal));
  const [job, rejected] = await Promise.all([object.value.view(), object.value.rejected()]);
  if (!job.ok) return answerProblem(c, importProblem(job.refusal));
  if (!rejected.ok) return answerProblem(c, importProblem(rejected.refusal));
  const rows = await desk.refused(job.value, rejected.value);
  if (!rows) return answerProblem(c, importProblem({ code: "import_unknown", importId: job.value.importId }));
  const isJsonl = job.value.source.kind === "jsonl";
  return c.body(asBytes(rows), 200, {
    "content-type": isJsonl ? "application/x-ndjson" : "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="refused-${job.value.importId}.${isJsonl ? "jsonl" : "csv"}"`,
  });
}

/** One piece is made whenever the reader has room for it. */
function asBytes(texts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source = texts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const next = await source.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await source.return?.();
    },
  });
}
