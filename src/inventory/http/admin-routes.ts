import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { toIso } from "#kernel";
import {
  expectedOf,
  answerJson,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import { adjustStock, announceStock, readLevel, setSafetyStock } from "../app/stock-desk.ts";
import { DEFAULT_LOCATION, type Hold, type JournalEntry, type OpenStock } from "../contract.ts";
import { MAX_ID_CHARACTERS, MAX_JOURNAL_PAGE, MAX_OPEN_ROWS } from "../domain/limits.ts";
import { createBundleRoutes } from "./bundle-routes.ts";
import { createLocationRoutes } from "./location-routes.ts";
import {
  adjustmentSchema,
  entrySchema,
  holdListSchema,
  incomingSchema,
  levelSchema,
  locationCode,
  openSchema,
  policySchema,
  safetySchema,
  sku,
  skuParam,
} from "./schemas.ts";
import { answerRefusal, callOf, keyOf, type StockAdminOptions } from "./support.ts";
import { createTransferRoutes } from "./transfer-routes.ts";

const journalSchema = z.object({ items: z.array(entrySchema), nextCursor: z.string().optional() });
const journalQuery = z.object({
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, "Use the nextCursor of the page before.")
    .optional(),
  limit: z.coerce.number().int().min(1).max(MAX_JOURNAL_PAGE).default(50),
});

const entryView = (entry: JournalEntry) => ({ ...entry, occurredAt: toIso(entry.occurredAt) });
const holdView = (hold: Hold) => ({ ...hold, expiresAt: toIso(hold.expiresAt) });
const openView = ({ holds, ...open }: OpenStock) => ({ ...open, holds: holds.map(holdView) });
const holdQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_OPEN_ROWS).default(50),
});

/** Stock for staff and systems: levels, journals, adjustments, locations, transfers, bundles. Mounted under /admin/api. */
export function createStockAdminApi(options: StockAdminOptions): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .route("/", createStockReads(options))
    .route("/", createOpenReads(options))
    .route("/", createStockWrites(options))
    .route("/", createStockSettings(options))
    .route("/", createLocationRoutes(options))
    .route("/", createTransferRoutes(options))
    .route("/", createBundleRoutes(options));
}

function createStockReads({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/stock/:sku",
    describeRoute({
      summary: "The level of one SKU by location, from its own object",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The level", levelSchema), ...problemAnswers(401, 404, 422) },
    }),
    validate("param", skuParam),
    async (c) => {
      const level = await readLevel(desk(c), c.req.valid("param").sku);
      if (!level.ok) return answerRefusal(c, level.refusal);
      return answerJson(c, level.value, versionEtag(level.value.version));
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
      const { cursor, limit } = c.req.valid("query");
      const before = cursor === undefined ? {} : { before: Number(cursor) };
      const object = desk(c).stock.getByName(c.req.valid("param").sku);
      const items = await object.journal({ ...before, limit });
      const last = items.at(-1);
      const hasMore = items.length === limit && last !== undefined && last.sequence > 1;
      return c.json({
        items: items.map(entryView),
        ...(hasMore ? { nextCursor: String(last.sequence) } : {}),
      });
    },
  );
  return app;
}

/** What of a SKU is not settled yet. */
function createOpenReads({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/stock/:sku/open",
    describeRoute({
      summary: "Open holds, announced receipts and units on the way",
      description: "All open holds, page by page, are at /stock/{sku}/holds.",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("At most 100 of each", openSchema), ...problemAnswers(401, 422) },
    }),
    validate("param", skuParam),
    async (c) => c.json(openView(await desk(c).stock.getByName(c.req.valid("param").sku).open())),
  );
  app.get(
    "/stock/:sku/holds",
    describeRoute({
      summary: "Open holds, the next deadline first",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("One page", holdListSchema), ...problemAnswers(401, 422) },
    }),
    validate("param", skuParam),
    validate("query", holdQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const object = desk(c).stock.getByName(c.req.valid("param").sku);
      const page = await object.holds({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (page.ok) return c.json({ ...page.value, items: page.value.items.map(holdView) });
      const fault = { pointer: "/cursor", detail: "Use the nextCursor of the page before." };
      return answerProblem(c, invalidFieldsProblem([fault]));
    },
  );
  return app;
}

/** Changes of what lies on the shelves. */
function createStockWrites({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/stock/:sku/adjustments",
    describeRoute({
      summary: "Receive, count, take back or write off units",
      description:
        "Repeating with the same adjustmentId or Idempotency-Key changes nothing. If-Match is optional: the level's version.",
      tags: ["Stock"],
      responses: {
        200: jsonAnswer("The level afterwards", levelSchema),
        ...problemAnswers(400, 401, 409, 413, 415, 422),
      },
    }),
    validate("param", skuParam),
    validate("json", adjustmentSchema),
    async (c) => {
      const key = keyOf(c);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const body = c.req.valid("json");
      const adjustment = {
        ...body,
        ...expectedOf(c),
        sku: c.req.valid("param").sku,
        adjustmentId: body.adjustmentId ?? key.value,
      };
      const result = await adjustStock(desk(c), adjustment, callOf(c));
      if (!result.ok) return answerRefusal(c, result.refusal);
      return answerJson(c, result.value, versionEtag(result.value.version));
    },
  );
  app.put(
    "/stock/:sku/incoming/:announcementId",
    describeRoute({
      summary: "Announce units that a supplier has promised, or change or withdraw that",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The level", levelSchema), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", z.object({ sku, announcementId: z.string().trim().min(1).max(MAX_ID_CHARACTERS) })),
    validate("json", incomingSchema),
    async (c) => {
      const incoming = { location: DEFAULT_LOCATION, ...c.req.valid("param"), ...c.req.valid("json") };
      const result = await announceStock(desk(c), incoming, callOf(c));
      return result.ok ? c.json(result.value) : answerRefusal(c, result.refusal);
    },
  );
  return app;
}

/** How a SKU sells, and what is kept back. */
function createStockSettings({ desk }: StockAdminOptions): Hono<WebEnv> {
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
    async (c) => {
      const object = desk(c).stock.getByName(c.req.valid("param").sku);
      return c.json(await object.setPolicy(c.req.valid("json"), callOf(c)));
    },
  );
  app.put(
    "/stock/:sku/safety/:location",
    describeRoute({
      summary: "Units that a location keeps back from sale",
      tags: ["Stock"],
      responses: { 200: jsonAnswer("The level", levelSchema), ...problemAnswers(400, 401, 413, 415, 422) },
    }),
    validate("param", z.object({ sku, location: locationCode })),
    validate("json", safetySchema),
    async (c) => {
      const safety = { ...c.req.valid("param"), ...c.req.valid("json") };
      const result = await setSafetyStock(desk(c), safety, callOf(c));
      return result.ok ? c.json(result.value) : answerRefusal(c, result.refusal);
    },
  );
  return app;
}
