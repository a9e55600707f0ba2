import { Hono, type Context } from "hono";
import type { CatalogRefusal, RulePreview } from "#catalog";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { CollectionEditorPage, CollectionListPage } from "../pages/collection-pages.tsx";
import type { Difference } from "../pages/difference-table.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import {
  blankCollectionForm,
  collectionFormOf,
  fieldOfCollectionPointer,
  readCollectionForm,
} from "./collection-form.ts";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./read-product-form.ts";
import { cursored, paged, queryWord, type PortsOf } from "./support.ts";

const SPARE_ROWS = 2;
/** A thousand picks and a long description. */
const MAX_COLLECTION_BYTES = 1024 * 1024;

type Shown = {
  readonly handle?: string;
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly preview?: RulePreview;
  readonly isRuleRunning?: boolean;
  readonly status?: 200 | 409 | 422;
};

/** Collections for staff: the list, new ones, and one with its rule and picks. */
export function createCollectionPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/collections", async (c) => {
    const { model, timeZone } = ports(c);
    const answer = await model.collections(cursored(c));
    return htmlPage(c, <CollectionListPage {...paged(c, answer)} timeZone={timeZone} />);
  });
  app.get("/collections/new", (c) => show(c, ports, { values: blankCollectionForm() }));
  app.post("/collections/new", (c) => receive(c, ports, undefined));
  app.get("/collections/:handle", async (c) => {
    const handle = c.req.param("handle");
    const { model, shopCurrency } = ports(c);
    const found = await model.collection(handle);
    if (found.ok) {
      const { isRuleRunning } = found.value;
      return show(c, ports, { handle, values: collectionFormOf(found.value, shopCurrency), isRuleRunning });
    }
    if (found.refusal.code === "collection_moved")
      return c.redirect(`/admin/collections/${encodeURIComponent(found.refusal.movedTo)}`, 301);
    return htmlPage(c, <NotHerePage what="collection" backHref="/admin/collections" />, 404);
  });
  app.post("/collections/:handle", (c) => receive(c, ports, c.req.param("handle")));
  return app;
}

function show(
  c: Context<WebEnv>,
  ports: PortsOf,
  { values, status = 200, ...shown }: Shown,
): Response | Promise<Response> {
  const page = (
    <CollectionEditorPage
      {...shown}
      values={values}
      count={countRows(values, "condition") + SPARE_ROWS}
      currency={ports(c).shopCurrency}
      isSaved={queryWord(c, "done", ["saved"]) !== undefined && status === 200 && !shown.preview}
    />
  );
  return htmlPage(c, page, status);
}

async function receive(c: Context<WebEnv>, ports: PortsOf, handle: string | undefined): Promise<Response> {
  const form = await readForm(c, MAX_COLLECTION_BYTES);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { model, catalogWriter, shopCurrency } = ports(c);
  const { values, input, mistakes } = readCollectionForm(form.value, shopCurrency);
  const place = handle === undefined ? {} : { handle };
  if (mistakes.length > 0) return show(c, ports, { ...place, values, mistakes, status: 422 });
  if (form.value["do"] === "preview" && input.rule) {
    const preview = await model.previewRule(input.rule);
    return preview.ok
      ? show(c, ports, { ...place, values, preview: preview.value })
      : show(c, ports, { ...place, values, mistakes: mistakesOf(preview.refusal), status: 422 });
  }
  const expectedVersion = readVersion(values);
  const saved = await catalogWriter.saveCollection(input, {
    expectedVersion,
    ...(handle === undefined ? {} : { currentHandle: handle }),
  });
  if (saved.ok)
    return c.redirect(`/admin/collections/${encodeURIComponent(saved.value.handle)}?done=saved`, 303);
  if (saved.refusal.code === "version_conflict" && handle !== undefined)
    return showConflict(c, ports, { handle, values });
  return show(c, ports, { ...place, values, mistakes: mistakesOf(saved.refusal), status: 422 });
}

async function showConflict(
  c: Context<WebEnv>,
  ports: PortsOf,
  { handle, values }: { readonly handle: string; readonly values: Values },
): Promise<Response> {
  const { model, shopCurrency } = ports(c);
  const now = await model.collection(handle);
  if (!now.ok) return htmlPage(c, <NotHerePage what="collection" backHref="/admin/collections" />, 404);
  return show(c, ports, { handle, ...overtaken(values, collectionFormOf(now.value, shopCurrency)) });
}

function mistakesOf(refusal: CatalogRefusal): readonly FormMistake[] {
  switch (refusal.code) {
    case "invalid_product":
      return refusal.errors.map(({ pointer, detail }) => ({
        field: fieldOfCollectionPointer(pointer),
        message: detail,
      }));
    case "handle_taken":
    case "collection_moved":
    case "version_conflict":
      return [{ field: "handle", message: "Another collection has or had this handle. Choose another one." }];
    default:
      return [{ field: "title", message: "This cannot be saved now. Look at the collection again." }];
  }
}
