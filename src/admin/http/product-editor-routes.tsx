import { Hono, type Context } from "hono";
import type { CatalogRefusal, ProductInput } from "#catalog";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { ProductEditorPage, type Difference } from "../pages/product-editor-page.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, type Values } from "./form-rows.ts";
import { attributesOf, blankProductForm, productFormOf } from "./product-form.ts";
import { fieldOfPointer, readProductForm, type FormMistake } from "./read-product-form.ts";
import { queryWord, type PortsOf } from "./support.ts";

/** A product's form with 250 variants and as many pictures, and the longest text. */
const MAX_EDITOR_BYTES = 1024 * 1024;
/** Empty lines at the end of each table, to add to it. */
const SPARE_ROWS = 2;
const MORE_ROWS = 10;

type Shown = {
  /** The handle that the product has now; none for a new one. */
  readonly handle?: string;
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly spareRows?: number;
  readonly status?: 200 | 409 | 422;
};

/** A product as one form that works without script: new ones, and those that are there. */
export function createProductEditor(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/products/new", (c) => show(c, ports, { values: blankProductForm() }));
  app.post("/products/new", (c) => receive(c, ports, undefined));
  app.get("/products/:handle/edit", async (c) => {
    const handle = c.req.param("handle");
    const { catalog, shopCurrency, timeZone } = ports(c);
    const product = await catalog.product(handle);
    if (product.ok) {
      const values = productFormOf(product.value, { currency: shopCurrency, timeZone });
      return show(c, ports, { handle, values });
    }
    if (product.refusal.code === "product_moved")
      return c.redirect(`/admin/products/${encodeURIComponent(product.refusal.movedTo)}/edit`, 301);
    return htmlPage(c, <NotHerePage what="product" backHref="/admin/products" />, 404);
  });
  app.get("/products/:handle/preview", async (c) =>
    c.redirect(await ports(c).previewPath(c.req.param("handle")), 303),
  );
  app.post("/products/:handle/edit", (c) => receive(c, ports, c.req.param("handle")));
  return app;
}

async function show(
  c: Context<WebEnv>,
  ports: PortsOf,
  { values, status = 200, spareRows = SPARE_ROWS, ...shown }: Shown,
): Promise<Response> {
  const { model, shopCurrency, timeZone } = ports(c);
  const types = await model.productTypes();
  const rows = (name: string): number => countRows(values, name) + spareRows;
  const page = (
    <ProductEditorPage
      {...shown}
      values={values}
      types={types}
      attributes={attributesOf(types, values["typeKey"])}
      rows={{ variants: rows("variant"), pictures: rows("picture"), facts: rows("fact") }}
      currency={shopCurrency}
      timeZone={timeZone}
      isSaved={queryWord(c, "done", ["saved"]) !== undefined && status === 200}
    />
  );
  return htmlPage(c, page, status);
}

async function receive(c: Context<WebEnv>, ports: PortsOf, handle: string | undefined): Promise<Response> {
  const form = await readForm(c, MAX_EDITOR_BYTES);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { model, catalogWriter, shopCurrency, timeZone } = ports(c);
  const shop = { currency: shopCurrency, timeZone };
  const { values, input, mistakes } = readProductForm(form.value, {
    shop,
    types: await model.productTypes(),
  });
  const place = handle === undefined ? {} : { handle };
  if (form.value["do"] === "rows") return show(c, ports, { ...place, values, spareRows: MORE_ROWS });
  if (form.value["do"] === "type") return show(c, ports, { ...place, values });
  if (mistakes.length > 0) return show(c, ports, { ...place, values, mistakes, status: 422 });
  const expectedVersion = readVersion(values);
  const saved = await catalogWriter.saveProduct(input, {
    expectedVersion,
    ...(handle === undefined ? {} : { currentHandle: handle }),
  });
  if (saved.ok)
    return c.redirect(`/admin/products/${encodeURIComponent(saved.value.handle)}/edit?done=saved`, 303);
  if (saved.refusal.code === "version_conflict" && handle !== undefined)
    return showConflict(c, ports, { handle, values });
  return show(c, ports, {
    ...place,
    values,
    mistakes: mistakesOf(saved.refusal, input),
    status: 422,
  });
}

/** Somebody else saved first: what was typed stays in the form, beside what is there now, field by field. */
async function showConflict(
  c: Context<WebEnv>,
  ports: PortsOf,
  { handle, values }: { readonly handle: string; readonly values: Values },
): Promise<Response> {
  const { catalog, shopCurrency, timeZone } = ports(c);
  const now = await catalog.product(handle);
  if (!now.ok) return htmlPage(c, <NotHerePage what="product" backHref="/admin/products" />, 404);
  const theirs = productFormOf(now.value, { currency: shopCurrency, timeZone });
  return show(c, ports, { handle, ...overtaken(values, theirs) });
}

function mistakesOf(refusal: CatalogRefusal, input: ProductInput): readonly FormMistake[] {
  switch (refusal.code) {
    case "invalid_product":
      return refusal.errors.map(({ pointer, detail }) => ({
        field: fieldOfPointer(pointer, input),
        message: detail,
      }));
    case "handle_taken":
      return [{ field: "handle", message: `Choose another handle than ${refusal.handle}: it is taken.` }];
    case "product_moved":
      return [
        { field: "handle", message: `That is an old handle of ${refusal.movedTo}. Choose another one.` },
      ];
    case "version_conflict":
      return [{ field: "handle", message: "There is a product with this handle. Choose another one." }];
    default:
      return [{ field: "title", message: "This cannot be saved now. Look at the product again." }];
  }
}
