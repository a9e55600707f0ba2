import { ok, refuse, type Result } from "#kernel";
import * as z from "zod";
import { MAX_BODY_BYTES, MAX_KEY_CHARACTERS } from "../limits.ts";
import type { ApiRefusal } from "./problems.ts";

const MAX_ERRORS = 20;

/** The Idempotency-Key header, which every write needs. */
export function readKey(request: Request): Result<string, ApiRefusal> {
  const key = request.headers.get("idempotency-key") ?? "";
  return isKey(key) ? ok(key) : refuse({ code: "key_missing" });
}

/** Tells whether a text can be an idempotency key: 1 to 255 visible ASCII characters. */
export const isKey = (text: string): boolean => text.length <= MAX_KEY_CHARACTERS && /^[!-~]+$/.test(text);

/** Reads a body of at most 16 KB as text, whatever its length header says; `undefined` when it is longer. */
export async function readText(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) return undefined;
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body ?? []) {
    const piece = z.instanceof(Uint8Array).parse(chunk);
    bytes += piece.byteLength;
    if (bytes > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/** Reads and checks a JSON body; an empty body counts as `{}`. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<Result<T, ApiRefusal>> {
  const text = await readText(request);
  if (text === undefined) return refuse({ code: "body_too_large" });
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (text !== "" && mediaType !== "application/json") return refuse({ code: "not_json" });
  const body = parse(text === "" ? "{}" : text);
  return body.ok ? check(body.value, schema) : body;
}

function parse(text: string): Result<unknown, ApiRefusal> {
  try {
    const value: unknown = JSON.parse(text);
    return ok(value);
  } catch {
    return refuse({ code: "broken_json" });
  }
}

/** Checks a value against a schema; each wrong field is named by its JSON pointer. */
export function check<T>(value: unknown, schema: z.ZodType<T>): Result<T, ApiRefusal> {
  const checked = schema.safeParse(value);
  if (checked.success) return ok(checked.data);
  const errors = checked.error.issues.slice(0, MAX_ERRORS).map((issue) => ({
    pointer: issue.path
      .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join(""),
    detail: issue.message,
  }));
  return refuse({ code: "fields_wrong", errors });
}
