import type { Context } from "hono";
import { ok, type Result } from "#kernel";
import type { CallContext } from "#platform";
import { answerProblem, fieldErrors, invalidFieldsProblem, readIdempotencyKey } from "#web";
import type { ImportDesk } from "../app/desk.ts";
import type { ImportRefusal, ImportSource } from "../contract.ts";
import { startImport } from "../app/start-import.ts";
import { importProblem } from "./problems.ts";
import { readUpload, type Upload } from "./read-upload.ts";
import { jobView, startQuery } from "./schemas.ts";

/** Reads an upload and its choices, and starts the import: 202 with its address, or a problem with nothing done. */
export async function startFromRequest(c: Context, desk: ImportDesk, call: CallContext): Promise<Response> {
  const key = readIdempotencyKey(c, false);
  if (!key.ok) return answerProblem(c, key.refusal.problem);
  const query = startQuery.safeParse(c.req.query());
  if (!query.success)
    return answerProblem(c, invalidFieldsProblem(fieldErrors(query.error.issues, "/query")));
  const upload = await readUpload(c);
  if (!upload.ok) return answerProblem(c, upload.refusal.problem);
  const form = startQuery.safeParse(filledFields(upload.value));
  if (!form.success) return answerProblem(c, invalidFieldsProblem(fieldErrors(form.error.issues)));
  const choices = { ...form.data, ...query.data };
  const source = await sourceOf(desk, choices);
  if (!source.ok) return answerProblem(c, importProblem(source.refusal));
  const request = {
    source: source.value,
    bytes: upload.value.bytes,
    fileName: choices.fileName ?? upload.value.fileName ?? "products.csv",
    policy: choices.policy ?? "reject-failed-rows",
    currency: choices.currency ?? desk.shopCurrency,
    ...(key.value === undefined ? {} : { idempotencyKey: key.value }),
  };
  const started = await startImport(desk, request, call);
  if (!started.ok) return answerProblem(c, importProblem(started.refusal));
  return c.json(jobView(started.value), 202, { location: `/admin/api/imports/${started.value.importId}` });
}

/** A saved mapping is copied into the import: it keeps the version that it began with. */
async function sourceOf(
  desk: ImportDesk,
  {
    mapping,
    format,
  }: { readonly mapping?: string | undefined; readonly format?: "shopify" | "jsonl" | undefined },
): Promise<Result<ImportSource, ImportRefusal>> {
  if (mapping === undefined) return ok({ kind: format ?? "shopify" });
  const found = await desk.mappings.find(mapping);
  if (!found.ok) return found;
  const { name, version } = found.value;
  return ok({ kind: "mapped", name, version, mapping: found.value.mapping });
}

/** A form sends fields that were left empty, too. */
const filledFields = ({ fields }: Upload): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
