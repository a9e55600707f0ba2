import { Hono, type Context } from "hono";
import { buildFeed, EXPORT_FORMATS, startExport } from "#channels";
import { epochMs, isId, mintId } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { ExportListPage, ExportPage } from "../pages/export-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import type { Values } from "./form-rows.ts";
import { callOf, cursored, paged, queryWord, type PortsOf } from "./support.ts";

const NOTICES = { building: "The feed is being made; it takes its address when it is whole." } as const;
type Mistake = { readonly field: string; readonly message: string };

/** Exports and shopping feeds for staff: start, follow, fetch, cancel, go on. */
export function createExportPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/exports", (c) => showList(c, ports, []));
  app.post("/exports", async (c) => {
    const form = await readForm(c);
    return form.ok ? start(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  app.post("/exports/feeds/:market", async (c) => {
    const market = c.req.param("market");
    const built = await buildFeed(ports(c).exports, market === "default" ? "" : market, callOf(c));
    return built.ok ? c.redirect("/admin/exports?done=building", 303) : notHere(c, "feed");
  });
  app.get("/exports/:id", async (c) => {
    const { exports, timeZone } = ports(c);
    const id = c.req.param("id");
    if (!isId("exp", id) || !(await exports.isKnown(id))) return notHere(c, "export");
    const job = await exports.exports.getByName(id).view();
    return job.ok ? htmlPage(c, <ExportPage job={job.value} timeZone={timeZone} />) : notHere(c, "export");
  });
  app.post("/exports/:id/:action{cancel|resume}", async (c) => {
    const { exports } = ports(c);
    const id = c.req.param("id");
    if (!isId("exp", id) || !(await exports.isKnown(id))) return notHere(c, "export");
    const stub = exports.exports.getByName(id);
    // What cannot be done any more shows on the page.
    await (c.req.param("action") === "cancel" ? stub.cancel(callOf(c)) : stub.resume(callOf(c)));
    return c.redirect(`/admin/exports/${id}`, 303);
  });
  return app;
}

const notHere = (c: Context<WebEnv>, what: string) =>
  htmlPage(c, <NotHerePage what={what} backHref="/admin/exports" />, 404);

async function showList(c: Context<WebEnv>, ports: PortsOf, errors: readonly Mistake[]): Promise<Response> {
  const { exports, timeZone } = ports(c);
  const [listed, feeds] = await Promise.all([exports.list(cursored(c)), exports.feeds()]);
  const { rows, nextHref } = paged(c, listed);
  const done = queryWord(c, "done", ["building"]);
  const page = (
    <ExportListPage
      rows={rows}
      feeds={feeds}
      errors={errors}
      notice={done && NOTICES[done]}
      nextHref={nextHref}
      timeZone={timeZone}
      startKey={mintId("exp", epochMs(Date.now()))}
    />
  );
  return htmlPage(c, page, errors.length > 0 ? 422 : 200);
}

async function start(c: Context<WebEnv>, ports: PortsOf, values: Values): Promise<Response> {
  const format = EXPORT_FORMATS.find((known) => known === values["format"]);
  if (!format) return showList(c, ports, [{ field: "format", message: "Choose what the file is." }]);
  const market = values["market"] ?? "default";
  const key = values["key"] ?? "";
  const request = {
    format,
    prefix: market === "default" ? "" : market,
    ...(isId("exp", key) ? { idempotencyKey: key } : {}),
  };
  const started = await startExport(ports(c).exports, request, callOf(c));
  return started.ok
    ? c.redirect(`/admin/exports/${started.value.jobId}`, 303)
    : showList(c, ports, [{ field: "market", message: "Choose a market of the list." }]);
}
