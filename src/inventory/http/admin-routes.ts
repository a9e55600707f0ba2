import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { epochMs, mintId, toIso } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import {
  answerJson,
  answerProblem,
  jsonAnswer,
  problemAnswers,
  readIdempotencyKey,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { JournalEntry, StockRpc } from "../contract.ts";
import {
  MAX_JOURNAL_PAGE,
  MAX_QUANTITY,
  MAX_REASON_CHARACTERS,
  MAX_SKU_CHARACTERS,
} from "../domain/limits.ts";
import { stockProblem } from "./problems.ts";

export type StockAdminOptions = {
  /** The stock objects; reached per request because bindings belong to it. */
  readonly stock: (c: Context) => ObjectNamespace<StockRpc>;
};

const skuParam = z.object({ sku: z.string().trim().min(1).max(MAX_SKU_CHARACTERS) });
const day = z.iso.date();
const limit = z.int().min(0).max(MAX_QUANTITY);
const policySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("deny") }),
    z.strictObject({ kind: z.literal("backorder"), limit, expectedAt: z.exactOptional(day) }),
    z.strictObject({ kind: z.literal("preorder"), limit, expectedAt: day }),
    z.strictObject({ kind: z.literal("untracked") }),
  ])
  .meta({ id: "SellingPolicy" });

const adjustmentSchema = z.strictObject({
  adjustmentId: z.exactOptional(
    z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe("The same id applies once. Without it, the Idempotency-Key is used."),
  ),
  kind: z.enum(["received", "counted", "adjusted", "returned", "damaged"]),
  quantity: z.int().describe("For `counted` the units found; otherwise a change, signed."),
  reason: z.string().trim().min(1).max(MAX_REASON_CHARACTERS),
  reference: z.exactOptional(z.string().trim().max(MAX_REASON_CHARACTERS)),
  expectedVersion: z.exactOptional(z.int().min(0)),
});

const levelSchema = z
  .object({
    sku: z.string(),
    onHand: z.int(),
    held: z.int(),
    available: z.int(),
    policy: policySchema,
    version: z.int(),
  })
  .meta({ id: "StockLevel" });
const entrySchema = z
  .object({
    sequence: z.int(),
    kind: z.string(),
    onHandChange: z.int(),
    heldChange: z.int(),
    onHandAfter: z.int(),
    heldAfter: z.int(),
    reason: z.string(),
    actor: z.string(),
    reference: z.string(),
    occurredAt: z.iso.datetime(),
  })
  .meta({ id: "JournalEntry" });
const journalSchema = z.object({ items: z.array(entrySchema), nextCursor: z.string().optional() });
const journalQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "Use the nextCursor of the page before.")
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_JOURNAL_PAGE).default(50),
});

const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});
const entryView = (entry: JournalEntry) => ({ ...entry, occurredAt: toIso(entry.occurredAt) });

/** Stock for staff and systems: level, journal, adjustments, selling policy. Mounted under /admin/api. */
export function createStockAdminApi({ stock }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/stock/:sku",
    describeRoute({
      summary: "The level of one SKU, from its own object",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The level", levelSchema), ...problemAnswers(401, 422) },
    }),
    validate("param", skuParam),
    async (c) => {
      const level = await stock(c).getByName(c.req.valid("param").sku).level();
      return answerJson(c, level, versionEtag(level.version));
    },
  );
  app.get(
    "/stock/:sku/journal",
    describeRoute({
      summary: "Movements, newest first",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("One page", journalSchema), ...problemAnswers(401, 422) },
    }),
    validate("param", skuParam),
    validate("query", journalQuery),
    async (c) => {
      const { cursor, limit: size } = c.req.valid("query");
      const before = cursor === undefined ? {} : { before: Number(cursor) };
      const items = await stock(c)
        .getByName(c.req.valid("param").sku)
        .journal({ ...before, limit: size });
      const last = items.at(-1);
      const hasMore = items.length === size && last !== undefined && last.sequence > 1;
      return c.json({
        items: items.map(entryView),
        ...(hasMore ? { nextCursor: String(last.sequence) } : {}),
      });
    },
  );
  app.route("/", createStockWrites({ stock }));
  return app;
}

/** Changes of one SKU: how it sells, and what is on its shelf. */
function createStockWrites({ stock }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.put(
    "/stock/:sku/policy",
    describeRoute({
      summary: "How demand beyond the shelf is treated",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The level", levelSchema), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", skuParam),
    validate("json", policySchema),
    async (c) =>
      c.json(await stock(c).getByName(c.req.valid("param").sku).setPolicy(c.req.valid("json"), callOf(c))),
  );
  app.post(
    "/stock/:sku/adjustments",
    describeRoute({
      summary: "Receive, count or write off units",
      description: "Repeating with the same adjustmentId or Idempotency-Key changes nothing.",
      tags: ["Stock"],
      responses: {
        200: jsonAnswer("The level afterwards", levelSchema),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("param", skuParam),
    validate("json", adjustmentSchema),
    async (c) => {
      const key = readIdempotencyKey(c, false);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const body = c.req.valid("json");
      const adjustmentId = body.adjustmentId ?? key.value ?? mintId("adj", epochMs(Date.now()));
      const result = await stock(c)
        .getByName(c.req.valid("param").sku)
        .adjust({ ...body, adjustmentId }, callOf(c));
      return result.ok ? c.json(result.value) : answerProblem(c, stockProblem(result.refusal));
    },
  );
  return app;
}
