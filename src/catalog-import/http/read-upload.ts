import type { Context } from "hono";
import { ok, truncate, type Result } from "#kernel";
import {
  brokenBodyProblem,
  formDataOf,
  readBytes,
  refuseProblem,
  wrongContentTypeProblem,
  type ProblemRefusal,
} from "#web";
import { MAX_FILE_BYTES, MAX_FILE_NAME_CHARACTERS } from "../domain/limits.ts";
import { emptyFileProblem } from "./problems.ts";

/** A file that came with a request, and what its form said besides. */
export type Upload = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName?: string;
  /** The other fields of the form; empty when the body is the file itself. */
  readonly fields: Readonly<Record<string, string>>;
};

/** Room for the parts of a form around its file, in bytes. */
const FORM_OVERHEAD_BYTES = 16 * 1024;
const FILE_TYPES = new Set([
  "application/gzip",
  "application/x-gzip",
  "application/x-ndjson",
  "application/jsonl",
  "text/csv",
  "application/csv",
  "text/plain",
  "application/octet-stream",
]);
const FORM_TYPE = "multipart/form-data";

/** Reads the file: the whole body, or the field `file` of a form. Refuses 413, 415, 400, and 422 for no file at all. */
export async function readUpload(c: Context): Promise<Result<Upload, ProblemRefusal>> {
  const contentType = c.req.header("content-type") ?? "";
  const mediaType = (contentType.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (mediaType !== FORM_TYPE && !FILE_TYPES.has(mediaType))
    return refuseProblem(wrongContentTypeProblem(`text/csv or ${FORM_TYPE}`));
  const body = await readBytes(c, MAX_FILE_BYTES + (mediaType === FORM_TYPE ? FORM_OVERHEAD_BYTES : 0));
  if (!body.ok) return body;
  const upload =
    mediaType === FORM_TYPE ? await readFormFile(c, body.value) : ok({ bytes: body.value, fields: {} });
  if (upload.ok && upload.value.bytes.byteLength === 0) return refuseProblem(emptyFileProblem);
  return upload;
}

async function readFormFile(
  c: Context,
  body: Uint8Array<ArrayBuffer>,
): Promise<Result<Upload, ProblemRefusal>> {
  const form = await formDataOf(c, body);
  if (!form) return refuseProblem(brokenBodyProblem("The form cannot be read."));
  const fields: Record<string, string> = {};
  let file: File | undefined;
  form.forEach((value, name) => {
    if (typeof value === "string") fields[name] = value;
    else if (name === "file") file = value;
  });
  if (!file) return refuseProblem(emptyFileProblem);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return ok({
    bytes,
    fields,
    ...(file.name === "" ? {} : { fileName: truncate(file.name, MAX_FILE_NAME_CHARACTERS) }),
  });
}
