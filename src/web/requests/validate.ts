import type { Context, MiddlewareHandler, ValidationTargets } from "hono";
import { uniqueSymbol, validator } from "hono-openapi";
import type * as z from "zod";
import type { FieldError } from "#kernel";
import { MAX_FIELD_ERRORS, MAX_JSON_BODY_BYTES } from "../limits.ts";
import { answerProblem, invalidFieldsProblem } from "../problems/problem-response.ts";
import { readJson } from "./read-body.ts";

type Target = "json" | "query" | "param" | "header";
/** Pointers into a body start at its root; the other parts of a request are named first. */
const POINTER_ROOT: Readonly<Record<Target, string>> = {
  json: "",
  query: "/query",
  param: "/path",
  header: "/header",
};

type Issue = {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
};

const escapeToken = (token: PropertyKey): string => String(token).replaceAll("~", "~0").replaceAll("/", "~1");

/** Turns what zod found into field errors with JSON pointers (RFC 6901) below `root`. */
export const fieldErrors = (issues: readonly Issue[], root = ""): FieldError[] =>
  issues.slice(0, MAX_FIELD_ERRORS).map((issue) => ({
    pointer:
      root +
      (issue.path ?? [])
        .map((part) => `/${escapeToken(typeof part === "object" ? part.key : part)}`)
        .join(""),
    detail: issue.message,
  }));

type Validated<T extends Target, S extends z.ZodType> = MiddlewareHandler<
  { Variables: object },
  string,
  { in: { [K in T]: z.input<S> }; out: { [K in T]: z.output<S> } }
>;

/**
 * Checks one part of a request against a schema; the handler reads it by `c.req.valid(target)` and the schema appears
 * in the OpenAPI document. Answers a problem itself: 415, 413 and 400 for bodies that cannot be read, 422 with
 * `errors` for values that do not fit. `maximumBytes` bounds a JSON body.
 *
 * @example app.post("/api/carts/:id/lines", validate("json", z.object({ quantity: z.int().min(1).max(20) })), handler)
 */
export function validate<T extends Target, S extends z.ZodType>(
  target: T,
  schema: S,
  maximumBytes = MAX_JSON_BODY_BYTES,
): Validated<T, S> {
  const inner = validator(target as keyof ValidationTargets, schema, (result, c: Context) => {
    return result.success
      ? undefined
      : answerProblem(c, invalidFieldsProblem(fieldErrors(result.error, POINTER_ROOT[target])));
  });
  const outer: MiddlewareHandler = async function validateRequest(c, next) {
    if (target !== "json") return inner(c, next);
    const body = await readJson(c, maximumBytes);
    if (!body.ok) return answerProblem(c, body.refusal.problem);
    // Checked here and not by the inner one, which would read and parse the body a second time.
    const checked = await schema.safeParseAsync(body.value);
    if (!checked.success) return answerProblem(c, invalidFieldsProblem(fieldErrors(checked.error.issues)));
    c.req.addValidatedData(target, checked.data as object);
    return next();
  };
  // The generator of the OpenAPI document finds schemas by this mark. The cast narrows a handler whose behaviour the line above fixes.
  return Object.assign(outer, {
    [uniqueSymbol]: inner[uniqueSymbol as keyof typeof inner],
  }) as unknown as Validated<T, S>;
}
