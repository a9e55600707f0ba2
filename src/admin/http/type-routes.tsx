import { Hono, type Context } from "hono";
import {
  ATTRIBUTE_KINDS,
  type AttributeDefinition,
  type ProductTypeInput,
  type ProductTypeView,
} from "#catalog";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { TypeEditorPage, TypeListPage } from "../pages/type-pages.tsx";
import type { Difference } from "../pages/difference-table.tsx";
import { overtaken } from "./conflict.ts";
import { readVersion } from "./form-figures.ts";
import { countRows, readList, readRows, writeRows, type Values } from "./form-rows.ts";
import type { FormMistake } from "./read-product-form.ts";
import { queryWord, type PortsOf } from "./support.ts";

const SPARE_ROWS = 3;
/** Sixty attributes with two hundred choices each. */
const MAX_TYPE_BYTES = 512 * 1024;
const PARTS = ["key", "label", "kind", "unit", "choices", "isRequired", "isFacet"] as const;

type Shown = {
  readonly key?: string;
  readonly values: Values;
  readonly mistakes?: readonly FormMistake[];
  readonly differences?: readonly Difference[];
  readonly status?: 200 | 409 | 422;
};

/** Product types for staff: the list, new ones, and one with its attributes. */
export function createTypePages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/product-types", async (c) =>
    htmlPage(c, <TypeListPage types={await ports(c).model.productTypes()} />),
  );
  app.get("/product-types/new", (c) => show(c, { values: { version: "0" } }));
  app.post("/product-types/new", (c) => receive(c, ports, undefined));
  app.get("/product-types/:key", async (c) => {
    const key = c.req.param("key");
    const type = await ports(c).model.productType(key);
    return type.ok ? show(c, { key, values: formOf(type.value) }) : notHere(c);
  });
  app.post("/product-types/:key", (c) => receive(c, ports, c.req.param("key")));
  return app;
}

const formOf = ({ key, name, version, attributes }: ProductTypeView): Values => ({
  key,
  name,
  version: String(version),
  ...writeRows(
    "attribute",
    attributes.map((attribute) => ({
      key: attribute.key,
      label: attribute.label,
      kind: attribute.kind,
      unit: attribute.unit ?? "",
      choices: (attribute.choices ?? []).join(", "),
      isRequired: attribute.isRequired ? "yes" : "",
      isFacet: attribute.isFacet ? "yes" : "",
    })),
  ),
});

function show(
  c: Context<WebEnv>,
  { key, values, mistakes, differences, status = 200 }: Shown,
): Response | Promise<Response> {
  const page = (
    <TypeEditorPage
      typeKey={key}
      values={values}
      mistakes={mistakes}
      differences={differences}
      count={countRows(values, "attribute") + SPARE_ROWS}
      isSaved={queryWord(c, "done", ["saved"]) !== undefined && status === 200}
    />
  );
  return htmlPage(c, page, status);
}

async function receive(c: Context<WebEnv>, ports: PortsOf, key: string | undefined): Promise<Response> {
  const form = await readForm(c, MAX_TYPE_BYTES);
  if (!form.ok) return answerProblem(c, form.refusal.problem);
  const { model } = ports(c);
  if (form.value["do"] === "delete" && key !== undefined) {
    const gone = await model.deleteProductType(key);
    if (gone.ok) return c.redirect("/admin/product-types", 303);
    const message = "Products have this type. Give them another one first.";
    return show(c, { key, values: form.value, mistakes: [{ field: "name", message }], status: 409 });
  }
  const rows = readRows(form.value, "attribute", { parts: PARTS, matters: ["key", "label"] });
  const input: ProductTypeInput = {
    key: key ?? (form.value["key"] ?? "").trim(),
    name: (form.value["name"] ?? "").trim(),
    attributes: rows.map(readAttribute),
  };
  const values: Values = {
    ...Object.fromEntries(Object.entries(form.value).filter(([name]) => !name.startsWith("attribute."))),
    ...writeRows("attribute", rows),
  };
  const expectedVersion = readVersion(form.value);
  const saved = await model.saveProductType(input, { expectedVersion });
  if (saved.ok) return c.redirect(`/admin/product-types/${saved.value.key}?done=saved`, 303);
  const place = key === undefined ? {} : { key };
  if (saved.refusal.code === "invalid_product") {
    const mistakes = saved.refusal.errors.map(({ pointer, detail }) => ({
      field: pointer.replace(/^\/attributes\/(\d+)\/(\w+).*$/, "attribute.$1.$2").replace(/^\//, ""),
      message: detail,
    }));
    return show(c, { ...place, values, mistakes, status: 422 });
  }
  if (key === undefined) {
    const taken = { field: "key", message: "There is a type with this key. Choose another one." };
    return show(c, { values, mistakes: [taken], status: 409 });
  }
  const now = await model.productType(key);
  return now.ok ? show(c, { key, ...overtaken(values, formOf(now.value)) }) : notHere(c);
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="product type" backHref="/admin/product-types" />, 404);

function readAttribute(row: Readonly<Record<(typeof PARTS)[number], string>>): AttributeDefinition {
  const choices = readList(row.choices);
  return {
    key: row.key,
    label: row.label,
    kind: ATTRIBUTE_KINDS.find((kind) => kind === row.kind) ?? "text",
    ...(row.unit === "" ? {} : { unit: row.unit }),
    ...(choices.length === 0 ? {} : { choices }),
    isRequired: row.isRequired === "yes",
    isFacet: row.isFacet === "yes",
  };
}
