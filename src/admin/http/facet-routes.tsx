import { Hono, type Context } from "hono";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import type { Difference } from "../pages/difference-table.tsx";
import { FacetPage } from "../pages/facet-pages.tsx";
import { overtaken } from "./conflict.ts";
import { facetFieldOf, facetFormOf, readFacetForm } from "./facet-form.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./price-list-form.ts";
import { queryWord, type PortsOf } from "./support.ts";

const SPARE_ROWS = 3;
/** Thirty facets of eight sources. */
const MAX_FACET_BYTES = 128 * 1024;
const SOURCE_WORDS = "Write option: Size, attribute: material, tag: colour:, vendor, kind, stock or offers.";

type Shown = {
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly status?: 200 | 409 | 422;
};

/** The filters of lists, for staff: one table. */
export function createFacetPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/facets", async (c) => show(c, { values: facetFormOf(await ports(c).facets.read()) }));
  app.post("/facets", async (c) => {
    const form = await readForm(c, MAX_FACET_BYTES);
    if (!form.ok) return answerProblem(c, form.refusal.problem);
    const { facets, readFacetInput } = ports(c);
    const { values, items } = readFacetForm(form.value);
    const read = readFacetInput(items);
    if (!read.ok) return show(c, { values, mistakes: read.refusal.mistakes.map(toMistake), status: 422 });
    const saved = await facets.save(read.value, readVersion(form.value));
    return saved.ok
      ? c.redirect("/admin/facets?done=saved", 303)
      : show(c, overtaken(values, facetFormOf(await facets.read())));
  });
  return app;
}

function toMistake({ field, detail }: { readonly field: string; readonly detail: string }): FormMistake {
  const at = facetFieldOf(field);
  return { field: at, message: at.endsWith(".sources") ? SOURCE_WORDS : detail };
}

const show = (c: Context<WebEnv>, { values, mistakes = [], differences, status = 200 }: Shown) =>
  htmlPage(
    c,
    <FacetPage
      form={{ values, mistakes }}
      count={countRows(values, "facet") + SPARE_ROWS}
      differences={differences}
      isSaved={status === 200 && queryWord(c, "done", ["saved"]) !== undefined}
    />,
    status,
  );
