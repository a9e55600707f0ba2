import { Hono, type Context } from "hono";
import {
  IMPORT_POLICIES,
  startImport,
  type ImportDesk,
  type ImportPolicy,
  type ImportSource,
} from "#catalog-import";
import { epochMs, isId, mintId, type ImportJobId } from "#kernel";
import { formDataOf, htmlPage, readBytes, type WebEnv } from "#web";
import { ImportListPage, ImportPage } from "../pages/import-pages.tsx";
import { NotHerePage } from "../pages/not-here-page.tsx";
import { callOf, cursored, listHref, paged, queryText, type PortsOf } from "./support.ts";

/** Bytes of an upload: the file's own limit and room for the form around it. */
const MAX_UPLOAD_BYTES = 21_000_000;
const FINDINGS_PAGE = 100;
const DEFAULT_POLICY: ImportPolicy = "reject-failed-rows";

/** Imports for staff: upload, list, report, cancel, go on. */
export function createImportPages(ports: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get("/imports", (c) => showImports(c, ports, {}));
  app.post("/imports", (c) => upload(c, ports));
  app.get("/imports/:id", async (c) => {
    const id = c.req.param("id");
    return isId("imp", id) ? showImport(c, ports, id) : notHere(c);
  });
  app.post("/imports/:id/:action{cancel|resume}", async (c) => {
    const id = c.req.param("id");
    const { imports } = ports(c);
    if (!isId("imp", id) || !(await imports.isKnown(id))) return notHere(c);
    const stub = imports.imports.getByName(id);
    await (c.req.param("action") === "cancel" ? stub.cancel(callOf(c)) : stub.resume(callOf(c)));
    return c.redirect(`/admin/imports/${id}`, 303);
  });
  return app;
}

const notHere = (c: Context<WebEnv>) =>
  htmlPage(c, <NotHerePage what="import" backHref="/admin/imports" />, 404);

async function showImports(
  c: Context<WebEnv>,
  ports: PortsOf,
  shown: { readonly error?: string; readonly policy?: string; readonly reading?: string },
): Promise<Response> {
  const { imports, timeZone } = ports(c);
  const [listed, mappings] = await Promise.all([imports.list(cursored(c)), imports.mappings.list()]);
  const { rows, nextHref } = paged(c, listed);
  const page = (
    <ImportListPage
      rows={rows}
      nextHref={nextHref}
      timeZone={timeZone}
      policy={shown.policy ?? DEFAULT_POLICY}
      reading={shown.reading ?? queryText(c, "reading") ?? "shopify"}
      mappings={mappings.map(({ name }) => name)}
      uploadKey={mintId("imp", epochMs(Date.now()))}
      errors={shown.error ? [{ field: "file", message: shown.error }] : []}
    />
  );
  return htmlPage(c, page, shown.error ? 422 : 200);
}

async function upload(c: Context<WebEnv>, ports: PortsOf): Promise<Response> {
  const body = await readBytes(c, MAX_UPLOAD_BYTES);
  if (!body.ok) return showImports(c, ports, { error: "Choose a file of at most 20 MB." });
  const form = await formDataOf(c, body.value);
  const file = form?.get("file");
  const policyText = form?.get("policy");
  const policy = IMPORT_POLICIES.find((known) => known === policyText) ?? DEFAULT_POLICY;
  if (!(file instanceof File) || file.size === 0)
    return showImports(c, ports, { error: "Choose a product file.", policy });
  const key = form?.get("key");
  const { imports } = ports(c);
  const readingText = form?.get("reading");
  const reading = typeof readingText === "string" ? readingText : "shopify";
  // A table that nobody has mapped is always looked at first.
  if (form?.get("do") === "look" || reading === "guess")
    return reading === "jsonl"
      ? showImports(c, ports, { error: JSONL_IS_NOT_LOOKED_AT, policy, reading })
      : lookAt(c, imports, { file, reading });
  const source = await sourceOf(imports, reading);
  if (!source)
    return showImports(c, ports, { error: "The mapping is gone. Choose how the file is read.", policy });
  const request = {
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name.slice(0, 200) || "upload.csv",
    policy,
    source,
    currency: imports.shopCurrency,
    ...(typeof key === "string" && isId("imp", key) ? { idempotencyKey: key } : {}),
  };
  const started = await startImport(imports, request, callOf(c));
  if (!started.ok)
    return showImports(c, ports, {
      error:
        started.refusal.code === "foreign_currency"
          ? `The mapping is of a file in ${started.refusal.currency}; it has to say what one ${started.refusal.currency} is worth in ${started.refusal.shopCurrency}.`
          : "This form has started another import. Choose the file again.",
      policy,
      reading,
    });
  return c.redirect(`/admin/imports/${started.value.importId}`, 303);
}

const JSONL_IS_NOT_LOOKED_AT =
  "JSONL has no columns to choose. Import it: lines that are wrong are left out and reported.";

/** Keeps the file and shows what its first rows would become. */
async function lookAt(
  c: Context<WebEnv>,
  imports: ImportDesk,
  { file, reading }: { readonly file: File; readonly reading: string },
): Promise<Response> {
  const { fileHash } = await imports.storeFile(new Uint8Array(await file.arrayBuffer()));
  const query = new URLSearchParams({ reading, fileName: file.name.slice(0, 120) });
  return c.redirect(`/admin/imports/try/${fileHash}?${query}`, 303);
}

/** `shopify`, `jsonl`, or the name of a mapping after a colon. */
async function sourceOf(imports: ImportDesk, reading: string): Promise<ImportSource | undefined> {
  if (reading === "shopify" || reading === "jsonl") return { kind: reading };
  const found = await imports.mappings.find(reading.replace(/^map:/, ""));
  if (!found.ok) return undefined;
  const { name, version, mapping } = found.value;
  return { kind: "mapped", name, version, mapping };
}

async function showImport(c: Context<WebEnv>, ports: PortsOf, id: ImportJobId): Promise<Response> {
  const { imports, timeZone } = ports(c);
  if (!(await imports.isKnown(id))) return notHere(c);
  const stub = imports.imports.getByName(id);
  const cursor = c.req.query("cursor");
  const [job, reasons, report] = await Promise.all([
    stub.view(),
    stub.reasons(),
    stub.report({ limit: FINDINGS_PAGE, ...(cursor === undefined ? {} : { cursor }) }),
  ]);
  if (!job.ok) return notHere(c);
  const findings = report.ok ? report.value.items : [];
  const next = report.ok ? report.value.nextCursor : undefined;
  const groups = reasons.ok ? reasons.value : [];
  const moreHref = next === undefined ? undefined : listHref(c, { cursor: next });
  return htmlPage(
    c,
    <ImportPage
      job={job.value}
      groups={groups}
      findings={findings}
      moreHref={moreHref}
      timeZone={timeZone}
    />,
  );
}
