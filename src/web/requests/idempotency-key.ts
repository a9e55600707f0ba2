import type { Context } from "hono";
import { ok, type Result } from "#kernel";
import { MAX_IDEMPOTENCY_KEY_CHARACTERS } from "../limits.ts";
import { idempotencyKeyProblem } from "../problems/problem-response.ts";
import { refuseProblem, type ProblemRefusal } from "./read-body.ts";

const VISIBLE = /^[\x21-\x7e]+$/;
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * Reads an Idempotency-Key: a structured-field string in double quotes (RFC 9651, the draft's form) or the bare text
 * that most clients send; both forms of one key are equal. `undefined` when it is not 1 to 255 visible characters.
 */
export function parseIdempotencyKey(header: string): string | undefined {
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, "$1");
  const key = text.startsWith('"') ? quoted : text;
  if (key === undefined || key.length > MAX_IDEMPOTENCY_KEY_CHARACTERS || !VISIBLE.test(key))
    return undefined;
  return key;
}

/** The request's key. Refuses a malformed one; refuses a missing one where `isRequired`. */
export function readIdempotencyKey(c: Context, isRequired: true): Result<string, ProblemRefusal>;
export function readIdempotencyKey(
  c: Context,
  isRequired: boolean,
): Result<string | undefined, ProblemRefusal>;
export function readIdempotencyKey(
  c: Context,
  isRequired: boolean,
): Result<string | undefined, ProblemRefusal> {
  const header = c.req.header("idempotency-key");
  if (header === undefined) return isRequired ? refuseProblem(idempotencyKeyProblem(true)) : ok(undefined);
  const key = parseIdempotencyKey(header);
  return key === undefined ? refuseProblem(idempotencyKeyProblem(false)) : ok(key);
}
