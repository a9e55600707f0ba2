import { Hono, type Context } from "hono";
import { REPORT_DAYS, type SynonymInput } from "#search";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { SearchDeskPage, type SearchDeskModel } from "../pages/search-pages.tsx";
import type { PortsOf } from "./support.ts";

/** What shoppers search for, and the words that mean the same. */
export function createSearchPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/search", (c) => show(c, ports));
  app.post("/search/synonyms", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const { terms = "", kind, id } = form.value;
    const input: SynonymInput = {
      kind: kind === "one_way" ? "one_way" : "same",
      terms: terms
        .split(",")
        .map((term) => term.trim())
        .filter(Boolean),
    };
    const saved = await ports(c).synonyms.save(id || crypto.randomUUID(), input);
    if (saved.ok) return c.redirect("/admin/search#synonyms", 303);
    const { refusal } = saved;
    const error =
      refusal.code === "invalid_synonyms"
        ? refusal.errors.map(({ detail }) => detail).join(" ")
        : "There are too many groups. Remove one first.";
    return show(c, ports, { typed: { terms, kind: input.kind }, error });
  });
  app.post("/search/synonyms/remove", async (c) => {
    const form = await readForm(c);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    // One that is gone already is what was wanted.
    await ports(c).synonyms.remove(form.value["id"] ?? "");
    return c.redirect("/admin/search#synonyms", 303);
  });
  return app;
}

async function show(
  c: Context<WebEnv>,
  ports: PortsOf,
  form: Pick<SearchDeskModel, "typed" | "error"> = {},
): Promise<Response> {
  const { synonyms, searchReport } = ports(c);
  const [groups, report] = await Promise.all([synonyms.list(), searchReport(REPORT_DAYS)]);
  return htmlPage(
    c,
    <SearchDeskPage report={report} groups={groups} {...form} />,
    form.error === undefined ? 200 : 422,
  );
}
