import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { toIso, type Result } from "#kernel";
import { answerProblem, invalidFieldsProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import {
  cancelTransfer,
  createTransfer,
  dispatchTransfer,
  readTransfer,
  receiveTransfer,
} from "../app/transfer-desk.ts";
import type { DeskRefusal, StockRefusal, TransferDocument } from "../contract.ts";
import { receiptInput, transferInput, transferListSchema, transferParam, transferSchema } from "./schemas.ts";
import { answerRefusal, callOf, keyOf, type StockAdminOptions } from "./support.ts";

const listQuery = z.object({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

const dates = <
  Item extends { createdAt: TransferDocument["createdAt"]; updatedAt: TransferDocument["updatedAt"] },
>(
  item: Item,
) => ({ ...item, createdAt: toIso(item.createdAt), updatedAt: toIso(item.updatedAt) });

const answer = (c: Context, result: Result<TransferDocument, DeskRefusal | StockRefusal>): Response =>
  result.ok ? c.json(dates(result.value)) : answerRefusal(c, result.refusal);

const describe = (summary: string, description: string) =>
  describeRoute({
    summary,
    description,
    tags: ["Stock transfers"],
    responses: {
      200: jsonAnswer("The transfer", transferSchema),
      ...problemAnswers(400, 401, 404, 409, 413, 415, 422),
    },
  });

/** Units on their way from one location to another. Every step may be repeated; a repeat finishes what was stopped. */
export function createTransferRoutes(options: StockAdminOptions): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .route("/", createTransferReads(options))
    .route("/", createTransferWrites(options));
}

function createTransferReads({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/transfers",
    describeRoute({
      summary: "Transfers, newest first",
      tags: ["Stock transfers"],
      responses: { 200: jsonAnswer("One page", transferListSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { cursor, limit } = c.req.valid("query");
      const page = await desk(c).transfers.list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      if (page.ok) return c.json({ ...page.value, items: page.value.items.map(dates) });
      const fault = { pointer: "/cursor", detail: "Use the nextCursor of the page before." };
      return answerProblem(c, invalidFieldsProblem([fault]));
    },
  );
  app.get(
    "/transfers/:transferId",
    describe("One transfer", "Its lines show what the stock objects last said."),
    validate("param", transferParam),
    async (c) => answer(c, await readTransfer(desk(c), c.req.valid("param").transferId)),
  );
  return app;
}

function createTransferWrites({ desk }: StockAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/transfers",
    describe(
      "Send units from one location to another",
      "The Idempotency-Key becomes the transfer's id. Lines that cannot be sent say why; the others are on their way.",
    ),
    validate("json", transferInput),
    async (c) => {
      const key = keyOf(c, "trf");
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const { note = "", ...body } = c.req.valid("json");
      return answer(c, await createTransfer(desk(c), { transferId: key.value, note, ...body }, callOf(c)));
    },
  );
  app.post(
    "/transfers/:transferId/dispatch",
    describe("Send what could not be sent before", "Lines that are on their way stay as they are."),
    validate("param", transferParam),
    async (c) => answer(c, await dispatchTransfer(desk(c), c.req.valid("param").transferId, callOf(c))),
  );
  app.post(
    "/transfers/:transferId/receipts",
    describe(
      "Record what arrived and what is lost",
      "Whole or in part, once by its Idempotency-Key. Lines before a refused one stay recorded; mend it and repeat.",
    ),
    validate("param", transferParam),
    validate("json", receiptInput),
    async (c) => {
      const key = keyOf(c);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const lines = c.req
        .valid("json")
        .lines.map(({ sku, received = 0, lost = 0 }) => ({ sku, received, lost }));
      const command = { ...c.req.valid("param"), receipt: { receiptId: key.value, lines } };
      return answer(c, await receiveTransfer(desk(c), command, callOf(c)));
    },
  );
  app.post(
    "/transfers/:transferId/cancel",
    describe("Call back what is on the way", "What has arrived stays where it is."),
    validate("param", transferParam),
    async (c) => answer(c, await cancelTransfer(desk(c), c.req.valid("param").transferId, callOf(c))),
  );
  return app;
}
