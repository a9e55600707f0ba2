import { resolver } from "hono-openapi";
import * as z from "zod";

/** Money as it travels in the API. */
export const moneySchema = z
  .object({ currency: z.string().regex(/^[A-Z]{3}$/), amountMinor: z.int() })
  .meta({ id: "Money", description: "An amount in the smallest unit of its ISO 4217 currency." });

/** An RFC 9457 problem document as it travels; extension members are allowed. */
export const problemSchema = z
  .looseObject({
    type: z.string().describe("Path of a page that explains this type."),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe("Id of the request."),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem" });

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "Broken JSON or a missing Idempotency-Key",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Conflict with the present state",
  413: "Body too large",
  415: "Wrong content type",
  422: "Fields need another value",
  429: "Too many requests",
  503: "Temporarily unavailable",
};

/** Entries for `describeRoute({ responses })`: one problem answer per status. */
export const problemAnswers = (...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      String(status),
      {
        description: DESCRIPTIONS[status] ?? "Problem",
        content: { "application/problem+json": { schema: resolver(problemSchema) } },
      },
    ]),
  );

/** An entry for `describeRoute({ responses })` with a JSON body. */
export const jsonAnswer = (description: string, schema: z.ZodType) => ({
  description,
  content: { "application/json": { schema: resolver(schema) } },
});
