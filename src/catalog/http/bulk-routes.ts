import type { Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { invariant, ok, type Problem, type Result } from "#kernel";
import {
  answerProblem,
  brokenBodyProblem,
  fieldErrors,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  readBytes,
  refuseProblem,
  type ProblemRefusal,
  wrongContentTypeProblem,
  type WebEnv,
} from "#web";
import type { CatalogWriter, SavedProduct } from "../app/ports.ts";
import type { ProductInput } from "../contract.ts";
import { MAX_BULK_BODY_BYTES, MAX_BULK_PRODUCTS, MAX_PRODUCT_BODY_BYTES } from "../domain/limits.ts";
import { productInput, savedProductSchema } from "./input-schemas.ts";
import { catalogProblem } from "./problems.ts";

const NDJSON = "application/x-ndjson";
const bulkProduct = productInput.required({ handle: true });

const refusedSchema = z.object({
  outcome: z.literal("refused"),
  handle: z.string().optional(),
  problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() }),
});
const bulkAnswerSchema = z
  .object({
    created: z.int(),
    changed: z.int(),
    same: z.int(),
    refused: z.int(),
    items: z
      .array(z.union([savedProductSchema, refusedSchema]).and(z.object({ line: z.int() })))
      .describe("One per line that is not blank, in their order."),
  })
  .meta({ id: "BulkSaved" });

type Line = {
  readonly line: number;
  readonly handle?: string;
  readonly input: Result<ProductInput, ProblemRefusal>;
};
type Answer =
  SavedProduct | { readonly outcome: "refused"; readonly handle?: string; readonly problem: Problem };

/** Many products in one request. Repeating changes nothing; a refused line keeps no other from being saved. */
export function addBulkSaving(
  app: Hono<WebEnv>,
  { writer }: { readonly writer: (c: Context) => CatalogWriter },
): void {
  app.post(
    "/products/bulk",
    describeRoute({
      summary: "Create or replace up to a hundred products",
      description: `The body is ${NDJSON}: one product per line, as PUT takes it, with its handle. Lines that are refused are answered with their problem and keep no other from being saved. Repeating changes nothing.`,
      tags: ["Catalogue"],
      responses: {
        200: jsonAnswer("What became of each line", bulkAnswerSchema),
        ...problemAnswers(400, 401, 413, 415, 422),
      },
    }),
    async (c) => {
      const lines = await readLines(c);
      return lines.ok
        ? c.json(await saveLines(writer(c), lines.value))
        : answerProblem(c, lines.refusal.problem);
    },
  );
}

async function readLines(c: Context): Promise<Result<readonly Line[], ProblemRefusal>> {
  const mediaType = (c.req.header("content-type")?.split(";", 1)[0] ?? "").trim().toLowerCase();
  if (mediaType !== NDJSON) return refuseProblem(wrongContentTypeProblem(NDJSON));
  const bytes = await readBytes(c, MAX_BULK_BODY_BYTES);
  if (!bytes.ok) return bytes;
  const text = decode(bytes.value);
  if (text === undefined) return refuseProblem(brokenBodyProblem("The body is not UTF-8 text."));
  const lines = text.split("\n").map((json, index) => ({ json, line: index + 1 }));
  const filled = lines.filter(({ json }) => json.trim() !== "");
  if (filled.length === 0 || filled.length > MAX_BULK_PRODUCTS) {
    const detail = `Send 1 to ${MAX_BULK_PRODUCTS} products, one on each line; these are ${filled.length}.`;
    return refuseProblem(invalidFieldsProblem([{ pointer: "", detail }]));
  }
  return ok(filled.map(({ json, line }) => ({ line, ...readLine(json) })));
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readLine(json: string): Omit<Line, "line"> {
  if (json.length > MAX_PRODUCT_BODY_BYTES)
    return { input: refuseProblem(brokenBodyProblem("The line is longer than one product may be.")) };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { input: refuseProblem(brokenBodyProblem("The line is not valid JSON.")) };
  }
  const read = bulkProduct.safeParse(value);
  if (read.success) return { handle: read.data.handle, input: ok(read.data) };
  const named = z.object({ handle: z.string() }).safeParse(value);
  return {
    ...(named.success ? { handle: named.data.handle } : {}),
    input: refuseProblem(invalidFieldsProblem(fieldErrors(read.error.issues))),
  };
}

async function saveLines(writer: CatalogWriter, lines: readonly Line[]) {
  const saved = await writer.saveProducts(lines.flatMap(({ input }) => (input.ok ? [input.value] : [])));
  const answers = saved.values();
  const items = lines.map(({ line, handle, input }) => {
    const named = handle === undefined ? {} : { handle };
    const answer: Answer = input.ok
      ? answerOf(answers.next().value, named)
      : { outcome: "refused", ...named, problem: input.refusal.problem };
    return { line, ...answer };
  });
  const count = (outcome: Answer["outcome"]): number =>
    items.filter((item) => item.outcome === outcome).length;
  return {
    created: count("created"),
    changed: count("changed"),
    same: count("same"),
    refused: count("refused"),
    items,
  };
}

function answerOf(
  saved: Awaited<ReturnType<CatalogWriter["saveProducts"]>>[number] | undefined,
  named: { readonly handle?: string },
): Answer {
  invariant(saved, "every product is answered");
  return saved.ok ? saved.value : { outcome: "refused", ...named, problem: catalogProblem(saved.refusal) };
}
