import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { epochMs, mintId, type Result } from "#kernel";
import type { CallContext } from "#platform";
import { answerProblem, jsonAnswer, problemAnswers, readIdempotencyKey, validate, type WebEnv } from "#web";
import type { BreakClass, ReconciliationDesk, ReconciliationRefusal, RunReport } from "../contract.ts";
import { reconciliationProblem } from "./problems.ts";
import {
  acceptBody,
  breakListQuery,
  breakListSchema,
  breakPageSchema,
  breakSchema,
  healthSchema,
  renderAttempt,
  renderBreak,
  renderHealth,
  repairBody,
  reportSchema,
  runBody,
} from "./schemas.ts";

export type ReconciliationAdminOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => ReconciliationDesk;
};

const tags = ["Reconciliation"];
const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});
const refused = (c: Context<WebEnv>, refusal: ReconciliationRefusal) =>
  answerProblem(c, reconciliationProblem(refusal));

/** Breaks, health and repairs for staff and programs. Mounted under /admin/api. */
export function createReconciliationAdminApi(options: ReconciliationAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  addReads(app, options);
  addRepairs(app, options);
  addRuns(app, options);
  return app;
}

function addReads(app: Hono<WebEnv>, { desk }: ReconciliationAdminOptions): void {
  app.get(
    "/reconciliation/health",
    describeRoute({
      summary: "Open breaks by class, events waiting, and how far each comparison is",
      tags,
      responses: { 200: jsonAnswer("The figures", healthSchema), ...problemAnswers(401) },
    }),
    async (c) => c.json(renderHealth(await desk(c).health())),
  );
  app.get(
    "/reconciliation/breaks",
    describeRoute({
      summary: "Breaks, those seen last first",
      tags,
      responses: { 200: jsonAnswer("One page", breakListSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", breakListQuery),
    async (c) => {
      const { status, class: name, cursor, limit } = c.req.valid("query");
      const answer = await desk(c).list({
        status,
        limit,
        // A class that does not exist has no breaks.
        ...(name === undefined ? {} : { class: name as BreakClass }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (!answer.ok) return refused(c, answer.refusal);
      return c.json({ ...answer.value, items: answer.value.items.map(renderBreak) });
    },
  );
  app.get(
    "/reconciliation/breaks/:id",
    describeRoute({
      summary: "One break and what was tried",
      tags,
      responses: { 200: jsonAnswer("The break", breakPageSchema), ...problemAnswers(401, 404) },
    }),
    async (c) => {
      const answer = await desk(c).read(c.req.param("id"));
      if (!answer.ok) return refused(c, answer.refusal);
      return c.json({
        break: renderBreak(answer.value.break),
        attempts: answer.value.attempts.map(renderAttempt),
      });
    },
  );
}

const attemptIdOf = (key: string | undefined): string => key ?? mintId("adj", epochMs(Date.now()));

function addRepairs(app: Hono<WebEnv>, { desk }: ReconciliationAdminOptions): void {
  const responses = {
    200: jsonAnswer("The break afterwards", breakSchema),
    ...problemAnswers(400, 401, 404, 409, 413, 415, 422),
  };
  app.post(
    "/reconciliation/breaks/:id/repairs",
    describeRoute({
      summary: "Mend a break in one of its safe ways, and look again",
      description: "Repeating with the same Idempotency-Key does nothing more.",
      tags,
      responses,
    }),
    validate("json", repairBody),
    async (c) => {
      const key = readIdempotencyKey(c, false);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const request = { breakId: c.req.param("id"), attemptId: attemptIdOf(key.value) };
      const answer = await desk(c).repair({ ...request, ...c.req.valid("json") }, callOf(c));
      return answer.ok ? c.json(renderBreak(answer.value)) : refused(c, answer.refusal);
    },
  );
  app.post(
    "/reconciliation/breaks/:id/acceptance",
    describeRoute({ summary: "Let a break stand, with a reason", tags, responses }),
    validate("json", acceptBody),
    async (c) => {
      const key = readIdempotencyKey(c, false);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const request = { breakId: c.req.param("id"), attemptId: attemptIdOf(key.value) };
      const answer = await desk(c).accept({ ...request, ...c.req.valid("json") }, callOf(c));
      return answer.ok ? c.json(renderBreak(answer.value)) : refused(c, answer.refusal);
    },
  );
}

function addRuns(app: Hono<WebEnv>, { desk }: ReconciliationAdminOptions): void {
  const answer = (c: Context<WebEnv>, result: Result<RunReport, ReconciliationRefusal>) => {
    if (!result.ok) return refused(c, result.refusal);
    const { isBusy: _isBusy, ...report } = result.value;
    return c.json(report);
  };
  app.post(
    "/reconciliation/runs",
    describeRoute({
      summary: "Compare one run's share now",
      description:
        "`everything` starts a lap over all; repeat while `hasMore`, or leave the rest to the cron.",
      tags,
      responses: {
        200: jsonAnswer("What it came to", reportSchema),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("json", runBody),
    async (c) => answer(c, await desk(c).run(c.req.valid("json"))),
  );
  app.post(
    "/reconciliation/rebuilds",
    describeRoute({
      summary: "Write every copy in D1 anew from the objects, one run's share",
      description: "The shop sells on meanwhile. Repeat while `hasMore`, or leave the rest to the cron.",
      tags,
      responses: { 200: jsonAnswer("What it came to", reportSchema), ...problemAnswers(401, 409) },
    }),
    async (c) => answer(c, await desk(c).rebuild()),
  );
}
