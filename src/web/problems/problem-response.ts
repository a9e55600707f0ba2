import type { Context } from "hono";
import type { FieldError, Problem } from "#kernel";
import { MAX_FIELD_ERRORS } from "../limits.ts";

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

/**
 * Answers an RFC 9457 problem document. `instance` is the request id, so that a person can quote it. Never cached:
 * what was refused now may be right in a second.
 */
export function problemResponse(problem: Problem, instance: string): Response {
  const { facts, errors, retryAfterSeconds, ...members } = problem;
  const body = {
    ...facts,
    ...members,
    instance,
    ...(errors ? { errors: errors.slice(0, MAX_FIELD_ERRORS) } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
  const headers = new Headers({ "content-type": PROBLEM_CONTENT_TYPE, "cache-control": "private, no-store" });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

/** The same for a Hono handler: the request id comes from the context when the request middleware has run. */
export const answerProblem = (c: Context, problem: Problem): Response =>
  problemResponse(problem, requestIdOf(c));

/** The id of this request; `unknown` where the request middleware has not run. */
export function requestIdOf(c: Context): string {
  const id: unknown = c.get("requestId");
  return typeof id === "string" ? id : "unknown";
}

/** Nothing is at this address. */
export const notFoundProblem = (detail = "Nothing is at this address."): Problem => ({
  type: "/problems/web/not-found",
  title: "Not found",
  status: 404,
  detail,
});

/** Fields of an otherwise well-formed request are wrong; each entry says how to mend one. */
export const invalidFieldsProblem = (errors: readonly FieldError[]): Problem => ({
  type: "/problems/web/invalid-fields",
  title: "Some fields need another value",
  status: 422,
  detail:
    errors.length === 1 ? (errors[0]?.detail ?? "One field is wrong.") : `${errors.length} fields are wrong.`,
  errors,
});

/** The body is not the JSON or form that its content type promises. */
export const brokenBodyProblem = (detail: string): Problem => ({
  type: "/problems/web/broken-body",
  title: "The body cannot be read",
  status: 400,
  detail,
});

/** The content type is not one that this address takes. */
export const wrongContentTypeProblem = (expected: string): Problem => ({
  type: "/problems/web/wrong-content-type",
  title: "Wrong content type",
  status: 415,
  detail: `Send the body as ${expected}.`,
  facts: { expected },
});

/** The body is larger than this address takes. */
export const bodyTooLargeProblem = (maximumBytes: number): Problem => ({
  type: "/problems/web/body-too-large",
  title: "The body is too large",
  status: 413,
  detail: `Send at most ${maximumBytes} bytes.`,
  facts: { maximumBytes },
});

/** A write came from a page of another site. */
export const crossOriginProblem = (): Problem => ({
  type: "/problems/web/cross-origin",
  title: "Refused: this came from another site",
  status: 403,
  detail: "Changes are accepted only from this shop's own pages, or from programs that are not browsers.",
});

/** The write needs an Idempotency-Key and has none, or a malformed one. */
export const idempotencyKeyProblem = (isMissing: boolean): Problem => ({
  type: isMissing ? "/problems/web/idempotency-key-missing" : "/problems/web/idempotency-key-invalid",
  title: isMissing ? "Idempotency-Key is missing" : "Idempotency-Key is malformed",
  status: 400,
  detail:
    "Send the header Idempotency-Key with 1 to 255 visible characters, the same one when you repeat the request.",
});

/** The caller sent too many requests; it may repeat after `retryAfterSeconds`. */
export const tooManyRequestsProblem = (retryAfterSeconds: number): Problem => ({
  type: "/problems/web/too-many-requests",
  title: "Too many requests",
  status: 429,
  detail: `Wait ${retryAfterSeconds} seconds, then try again.`,
  retryAfterSeconds,
});

/** Seconds after which trouble of the platform has usually passed. */
export const RETRY_AFTER_SECONDS = 5;

/** Part of the shop did not answer; the same request may be repeated. */
export const unavailableProblem = (): Problem => ({
  type: "/problems/web/unavailable",
  title: "Not reachable for a moment",
  status: 503,
  detail: "Part of the shop did not answer. Try again.",
  retryAfterSeconds: RETRY_AFTER_SECONDS,
});

/** A defect of ours; the id finds it in the logs. */
export const internalProblem = (): Problem => ({
  type: "/problems/web/internal",
  title: "Something broke on our side",
  status: 500,
  detail: "The request was not carried out as asked. Quote the instance if you write to us.",
});
