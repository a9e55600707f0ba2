import type { Context } from "hono";
import { ok, type Problem, type Result } from "#kernel";
import { MAX_FORM_BODY_BYTES, MAX_JSON_BODY_BYTES } from "../limits.ts";
import {
  bodyTooLargeProblem,
  brokenBodyProblem,
  wrongContentTypeProblem,
} from "../problems/problem-response.ts";

const JSON_MEDIA_TYPE = /^application\/(?:[\w.-]+\+)?json$/;
const FORM_MEDIA_TYPES = new Set(["application/x-www-form-urlencoded", "multipart/form-data"]);

/** A problem as a refusal, so that reading a request is a value like any other. */
export type ProblemRefusal = { readonly code: "problem"; readonly problem: Problem };

/** Wraps a problem as a refusal. */
export const refuseProblem = (problem: Problem): Result<never, ProblemRefusal> => ({
  ok: false,
  refusal: { code: "problem", problem },
});

const mediaType = (c: Context): string =>
  (c.req.header("content-type")?.split(";", 1)[0] ?? "").trim().toLowerCase();

// Bodies that were read, for whoever asks again. Each goes with its request; a copy of that would cost more than the rest.
const bodies = new WeakMap<Request, Uint8Array<ArrayBuffer>>();

/**
 * Reads the body, stopping at `maximumBytes` whatever the length header says; a second time it gives the same bytes.
 * Refuses with 413.
 */
export async function readBytes(
  c: Context,
  maximumBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, ProblemRefusal>> {
  const { raw } = c.req;
  const declared = Number(raw.headers.get("content-length") ?? 0);
  if (declared > maximumBytes) return refuseProblem(bodyTooLargeProblem(maximumBytes));
  const bytes = bodies.get(raw) ?? (await bytesOf(raw, { declared, maximumBytes }));
  if (!bytes || bytes.byteLength > maximumBytes) return refuseProblem(bodyTooLargeProblem(maximumBytes));
  bodies.set(raw, bytes);
  return ok(bytes);
}

/** `undefined` when there are too many. The platform holds a body to its declared length, so that one is read in one go. */
async function bytesOf(
  raw: Request,
  { declared, maximumBytes }: { readonly declared: number; readonly maximumBytes: number },
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!raw.body) return new Uint8Array();
  if (!(declared > 0)) return collect(raw.body, maximumBytes);
  const bytes = new Uint8Array(await raw.arrayBuffer());
  return bytes.byteLength > maximumBytes ? undefined : bytes;
}

async function collect(
  body: ReadableStream<Uint8Array>,
  maximumBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maximumBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** Reads a JSON body: 415 without a JSON content type, 413 when too large, 400 when it is not JSON or not UTF-8. */
export async function readJson(
  c: Context,
  maximumBytes = MAX_JSON_BODY_BYTES,
): Promise<Result<unknown, ProblemRefusal>> {
  if (!JSON_MEDIA_TYPE.test(mediaType(c))) return refuseProblem(wrongContentTypeProblem("application/json"));
  const bytes = await readBytes(c, maximumBytes);
  if (!bytes.ok) return bytes;
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value)));
  } catch {
    return refuseProblem(brokenBodyProblem("The body is not valid JSON in UTF-8."));
  }
}

/** The fields of a form; of a field sent twice, the last value; files are left out. */
export type FormFields = Readonly<Record<string, string>>;

/** Reads a form body: 415 for another content type, 413 when too large, 400 when it cannot be read. */
export async function readForm(
  c: Context,
  maximumBytes = MAX_FORM_BODY_BYTES,
): Promise<Result<FormFields, ProblemRefusal>> {
  if (!FORM_MEDIA_TYPES.has(mediaType(c)))
    return refuseProblem(wrongContentTypeProblem("application/x-www-form-urlencoded"));
  const bytes = await readBytes(c, maximumBytes);
  if (!bytes.ok) return bytes;
  const form = await formDataOf(c, bytes.value);
  if (!form) return refuseProblem(brokenBodyProblem("The form cannot be read."));
  const fields: [string, string][] = [];
  form.forEach((value, name) => {
    if (typeof value === "string") fields.push([name, value]);
  });
  return ok(Object.fromEntries(fields));
}

/** The form in a body that was read, files included; `undefined` when it is none. */
export const formDataOf = (c: Context, bytes: Uint8Array<ArrayBuffer>): Promise<FormData | undefined> =>
  new Response(bytes, { headers: { "content-type": c.req.header("content-type") ?? "" } })
    .formData()
    .catch(() => undefined);
