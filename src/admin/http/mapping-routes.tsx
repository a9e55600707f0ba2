import { Hono, type Context } from "hono";
import {
  IMPORT_POLICIES,
  startImport,
  type ImportPolicy,
  type ImportSource,
  type MappingInput,
  type PreviewSource,
  type SavedMapping,
} from "#catalog-import";
import { epochMs, isId, mintId, slugify, type Result } from "#kernel";
import { answerProblem, htmlPage, readForm, type WebEnv } from "#web";
import { MappingsPage, TryPage } from "../pages/mapping-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import type { Values } from "./form-rows.ts";
import { mappingValues, readMappingForm } from "./mapping-form.ts";
import { callOf, queryText, queryWord, type PortsOf } from "./support.ts";

/** Bytes of the form: 25 fields and their choices, with long column names. */
const MAX_FORM_BYTES = 128 * 1024;
const MAX_NAME_CHARACTERS = 64;
const MAX_FILE_NAME_CHARACTERS = 200;
const DEFAULT_POLICY: ImportPolicy = "reject-failed-rows";
/** Of a stored file: SHA-256 in hex. */
const HASH = "/imports/try/:hash{[0-9a-f]+}";

type Mistake = { readonly field: string; readonly message: string };
type TryContext = Context<WebEnv, typeof HASH>;
type Shown = {
  readonly values: Values;
  readonly source: PreviewSource;
  readonly mistakes?: readonly Mistake[];
  readonly notice?: string;
  readonly status?: 200 | 409 | 422;
};

/** Column mappings for staff: those that are saved, and a file's first rows through one that is being made. */
export function createMappingPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/imports/mappings", async (c) => {
    const { imports, timeZone } = ports(c);
    const done = queryWord(c, "done", ["removed"]);
    const view = { timeZone, notice: done && "The mapping is forgotten." };
    return htmlPage(c, <MappingsPage rows={await imports.mappings.list()} {...view} />);
  });
  app.post("/imports/mappings/:name/remove", async (c) => {
    // One that is gone already is what was wanted.
    await ports(c).imports.mappings.remove(c.req.param("name"));
    return c.redirect("/admin/imports/mappings?done=removed", 303);
  });
  app.get(HASH, (c) => open(c, ports));
  app.post(HASH, async (c) => {
    const form = await readForm(c, MAX_FORM_BYTES);
    return form.ok ? change(c, ports, form.value) : answerProblem(c, form.refusal.problem);
  });
  return app;
}

const uploadKey = (): string => mintId("imp", epochMs(Date.now()));

/** The first look: through the mapping that was chosen, or the one that the file looks like. */
async function open(c: TryContext, ports: PortsOf): Promise<Response> {
  const reading = queryText(c, "reading") ?? "guess";
  const fileName = queryText(c, "fileName") ?? "upload.csv";
  const values = { fileName, key: uploadKey(), policy: DEFAULT_POLICY };
  if (reading === "shopify") return show(c, ports, { values, source: { kind: "shopify" } });
  const saved = await ports(c).imports.mappings.find(reading.replace(/^map:/, ""));
  if (!saved.ok) return show(c, ports, { values, source: { kind: "guess" } });
  return show(c, ports, {
    values: { ...values, ...savedValues(saved.value) },
    source: { kind: "mapped", mapping: saved.value.mapping },
  });
}

const savedValues = ({ name, version, mapping }: SavedMapping): Values => ({
  ...mappingValues(mapping),
  name,
  openedName: name,
  version: String(version),
});

async function show(c: TryContext, ports: PortsOf, shown: Shown): Promise<Response> {
  const { imports, shopCurrency } = ports(c);
  const { source, mistakes = [], status = 200 } = shown;
  const bytes = await imports.readStored(c.req.param("hash"));
  if (!bytes) return htmlPage(c, <NotHerePage what="file" backHref="/admin/imports" />, 404);
  const preview = await imports.preview(bytes, source);
  const guessed = source.kind === "guess" && preview.mapping ? mappingValues(preview.mapping) : {};
  const fileName = shown.values["fileName"] ?? "upload.csv";
  const values = { name: nameFrom(fileName), ...guessed, ...shown.values };
  return htmlPage(
    c,
    <TryPage
      fileName={fileName}
      fileHash={c.req.param("hash")}
      isMapped={source.kind !== "shopify"}
      preview={preview}
      form={{ values, mistakes }}
      notice={shown.notice}
      shopCurrency={shopCurrency}
    />,
    status,
  );
}

/** `My stock 2026.csv` as a mapping's name: `my-stock-2026`. */
const nameFrom = (fileName: string): string =>
  slugify(fileName.replace(/\.[a-z.]+$/i, ""))
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_NAME_CHARACTERS);

async function change(c: TryContext, ports: PortsOf, form: Values): Promise<Response> {
  const values: Values = {
    ...form,
    fileName: (form["fileName"] || "upload.csv").slice(0, MAX_FILE_NAME_CHARACTERS),
  };
  if (values["reading"] === "shopify") return begin(c, ports, { values, source: { kind: "shopify" } });
  const { mappingInput } = ports(c);
  const read = readMapping(values, mappingInput);
  // What cannot be read is shown as it was typed, over rows as the file looks to us.
  if (!read.ok)
    return show(c, ports, { values, source: { kind: "guess" }, mistakes: read.refusal, status: 422 });
  const source: PreviewSource = { kind: "mapped", mapping: read.value };
  if (values["do"] === "look") return show(c, ports, { values, source });
  const name = mappingInput.name((values["name"] ?? "").trim());
  if (!name.ok) {
    const mistakes = name.refusal.mistakes.map(({ detail }) => ({ field: "name", message: detail }));
    return show(c, ports, { values, source, mistakes, status: 422 });
  }
  const isOpened = name.value === values["openedName"];
  const version = isOpened ? Number(values["version"] ?? 0) : 0;
  const saved = await ports(c).imports.mappings.save(name.value, read.value, version);
  if (!saved.ok) return show(c, ports, { values, source, mistakes: [taken(isOpened)], status: 409 });
  const kept = { ...values, ...savedValues(saved.value) };
  if (values["do"] === "save")
    return show(c, ports, { values: kept, source, notice: `The mapping ${name.value} is saved.` });
  const { mapping, version: kind } = saved.value;
  return begin(c, ports, {
    values: kept,
    source: { kind: "mapped", name: name.value, version: kind, mapping },
  });
}

const taken = (isOpened: boolean): Mistake => ({
  field: "name",
  message: isOpened
    ? "Somebody has changed this mapping meanwhile. Save yours under another name, or open the file again."
    : "There is a mapping of this name already. Choose another name.",
});

function readMapping(values: Values, input: MappingInput): Result<Mapping, readonly Mistake[]> {
  const { document, controlAt } = readMappingForm(values);
  const read = input.mapping(document);
  if (read.ok) return read;
  return {
    ok: false,
    refusal: read.refusal.mistakes.map(({ field, detail }) => ({ field: controlAt(field), message: detail })),
  };
}
type Mapping = SavedMapping["mapping"];

/** Starts the import of the stored file. */
async function begin(
  c: TryContext,
  ports: PortsOf,
  { values, source }: { readonly values: Values; readonly source: ImportSource },
): Promise<Response> {
  const { imports } = ports(c);
  const bytes = await imports.readStored(c.req.param("hash"));
  if (!bytes) return htmlPage(c, <NotHerePage what="file" backHref="/admin/imports" />, 404);
  const policy = IMPORT_POLICIES.find((known) => known === values["policy"]) ?? DEFAULT_POLICY;
  const key = values["key"] ?? "";
  const request = {
    bytes,
    fileName: values["fileName"] ?? "upload.csv",
    policy,
    source,
    currency: imports.shopCurrency,
    ...(isId("imp", key) ? { idempotencyKey: key } : {}),
  };
  const started = await startImport(imports, request, callOf(c));
  if (started.ok) return c.redirect(`/admin/imports/${started.value.importId}`, 303);
  const mistake =
    started.refusal.code === "foreign_currency"
      ? {
          field: "rate",
          message: `Say what one ${started.refusal.currency} is worth in ${imports.shopCurrency}.`,
        }
      : { field: "name", message: "This form has started another import already. Open the file again." };
  const preview: PreviewSource =
    source.kind === "mapped" ? { kind: "mapped", mapping: source.mapping } : { kind: "shopify" };
  return show(c, ports, {
    values: { ...values, key: uploadKey() },
    source: preview,
    mistakes: [mistake],
    status: 422,
  });
}
