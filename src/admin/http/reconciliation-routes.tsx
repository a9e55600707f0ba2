import { Hono, type Context } from "hono";
import { epochMs, mintId } from "#kernel";
import { isBreakClass, REPAIR_ACTIONS, type BreakStatus, type ReconciliationDesk } from "#reconciliation";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { HealthPage } from "../pages/health-page.tsx";
import { BreakListPage, BreakPage } from "../pages/reconciliation-pages.tsx";
import { callOf, cursored, paged, queryWord } from "./support.ts";

export type ReconciliationPagesOptions = {
  /** Reached per request, because bindings belong to it. */
  readonly desk: (c: Context) => ReconciliationDesk;
  readonly timeZone: string;
};

const STATUSES: readonly BreakStatus[] = ["open", "accepted", "resolved"];
const HERE = "/admin/reconciliation";

/** Health and breaks for staff: the figures, the list, one break with what was tried and what may be done. */
export function createReconciliationPages({ desk, timeZone }: ReconciliationPagesOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const now = () => epochMs(Date.now());
  app.get("/reconciliation", async (c) =>
    htmlPage(c, <HealthPage health={await desk(c).health()} now={now()} timeZone={timeZone} />),
  );
  app.post("/reconciliation/run", async (c) => {
    await desk(c).run({ everything: true });
    return c.redirect(HERE, 303);
  });
  app.post("/reconciliation/rebuild", async (c) => {
    await desk(c).rebuild();
    return c.redirect(HERE, 303);
  });
  app.get("/reconciliation/breaks", async (c) => {
    const status = queryWord(c, "status", STATUSES) ?? "open";
    const name = c.req.query("class") ?? "";
    const filter = isBreakClass(name) ? { class: name } : {};
    const answer = await desk(c).list({ ...cursored(c), status, ...filter });
    return htmlPage(
      c,
      <BreakListPage {...paged(c, answer)} status={status} now={now()} timeZone={timeZone} />,
    );
  });
  app.get("/reconciliation/breaks/:id", (c) => showBreak(c, desk(c), timeZone));
  app.post("/reconciliation/breaks/:id", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const notice = await act(c, desk(c), form.value);
    return notice === undefined
      ? c.redirect(`${HERE}/breaks/${c.req.param("id")}`, 303)
      : showBreak(c, desk(c), timeZone, notice);
  });
  return app;
}

/** Does what the form asks; gives why not. */
async function act(
  c: Context<WebEnv, "/reconciliation/breaks/:id">,
  desk: ReconciliationDesk,
  fields: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const breakId = c.req.param("id");
  const attemptId = (fields["attemptId"] ?? "").slice(0, 100);
  const action = REPAIR_ACTIONS.find((each) => each === fields["action"]);
  const reason = (fields["reason"] ?? "").trim().slice(0, 300);
  if (action === undefined && reason === "") return "Say why it may stand.";
  const answer = action
    ? await desk.repair({ breakId, action, attemptId }, callOf(c))
    : await desk.accept({ breakId, reason, attemptId }, callOf(c));
  if (answer.ok || answer.refusal.code === "break_unknown") return undefined;
  return answer.refusal.code === "repair_not_possible" ? answer.refusal.detail : "That was not possible.";
}

async function showBreak(
  c: Context<WebEnv, "/reconciliation/breaks/:id">,
  desk: ReconciliationDesk,
  ...[timeZone, notice]: readonly [string, string?]
): Promise<Response> {
  const answer = await desk.read(c.req.param("id"));
  if (!answer.ok) return htmlPage(c, <NotHerePage what="break" backHref={`${HERE}/breaks`} />, 404);
  const now = epochMs(Date.now());
  const model = { ...answer.value, attemptId: mintId("adj", now), now, timeZone };
  return htmlPage(
    c,
    <BreakPage {...model} {...(notice === undefined ? {} : { notice })} />,
    notice === undefined ? 200 : 422,
  );
}
