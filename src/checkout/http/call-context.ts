import type { Context } from "hono";
import { invariant, type Problem, type Result } from "#kernel";
import type { IdempotencyTag } from "#cart";
import { isTrouble, type CallContext } from "#platform";
import { answerProblem, readIdempotencyKey } from "#web";
import type { CheckoutPorts } from "../app/ports.ts";
import { unavailableProblem } from "./to-problem.ts";

/** What travels with every object call of this request. */
export function callOf(c: Context): CallContext {
  const traceparent: unknown = c.get("traceparent");
  invariant(typeof traceparent === "string", "the request has been named by the request middleware");
  return { traceparent, actor: "customer" };
}

/**
 * The request's idempotency tag, or none. The hash covers method, path and checked body, so one key cannot mean two
 * things.
 */
export async function readTag(
  c: Context,
  ports: CheckoutPorts,
  body: unknown,
): Promise<Result<IdempotencyTag | undefined, { readonly code: "problem"; readonly problem: Problem }>> {
  const key = readIdempotencyKey(c, false);
  if (!key.ok) return key;
  if (key.value === undefined) return { ok: true, value: undefined };
  const requestHash = await ports.names.hash(JSON.stringify([c.req.method, c.req.path, body]));
  return { ok: true, value: { key: key.value, requestHash } };
}

/** A cart's or checkout's version in If-Match; `"v3"` and `"v3-…"` name version 3, anything else matches nothing. */
export function readIfMatch(c: Context): number | undefined {
  const header = c.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return undefined;
  const digits = /^(?:W\/)?"v(\d{1,15})(?:-[\w-]+)?"$/.exec(header)?.[1];
  return digits === undefined ? Number.NEGATIVE_INFINITY : Number(digits);
}

/** Reads `{ expectedVersion }` only when the request is conditional, for inputs with optional members. */
export const versionCondition = (c: Context): { readonly expectedVersion?: number } => {
  const version = readIfMatch(c);
  return version === undefined ? {} : { expectedVersion: version };
};

/**
 * Answers 503 for trouble of the platform (an object or the database did not answer); throws defects on, for the
 * outermost edge.
 */
export function answerTrouble(error: Error, c: Context): Response {
  if (!isTrouble(error)) throw error;
  return answerProblem(c, unavailableProblem());
}
