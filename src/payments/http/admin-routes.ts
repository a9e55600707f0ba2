import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { epochMs, toIso } from "#kernel";
import type { ObjectNamespace } from "#platform";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import { webhookDesk } from "../app/webhook-desk.ts";
import type { InboxEntry, WebhookInboxRpc } from "../contract.ts";
import { INBOX_MAX_PAGE, INBOX_PAGE } from "../domain/limits.ts";
import { WEBHOOK_UNKNOWN } from "./problems.ts";

export type PaymentAdminOptions = {
  readonly inbox: (c: Context) => ObjectNamespace<Pick<WebhookInboxRpc, "list" | "replay">>;
};

const TAGS = ["Payment webhooks"];

const listQuery = z.object({
  cursor: z.iso
    .datetime("Use the nextCursor of the page before, or an instant.")
    .optional()
    .describe("An instant: only what was received before it."),
  limit: z.coerce.number().int().min(1).max(INBOX_MAX_PAGE).default(INBOX_PAGE),
});

const entryAnswer = z
  .object({
    provider: z.string(),
    eventId: z.string(),
    type: z.string(),
    orderId: z.string(),
    state: z.enum(["working", "processed", "failed"]),
    deliveries: z.int().describe("How often the provider delivered it."),
    attempts: z.int(),
    receivedAt: z.string(),
    processedAt: z.string().optional(),
    lastError: z.string().optional(),
  })
  .meta({ id: "PaymentWebhook" });

const listAnswer = z.object({
  items: z.array(entryAnswer),
  nextCursor: z.string().optional().describe("Pass it as `cursor`; absent on the last page."),
});

/** The webhooks that payment providers have sent, for staff and systems. Mounted under /admin/api. */
export function createPaymentAdminApi({ inbox }: PaymentAdminOptions): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      "/payment-webhooks",
      describeRoute({
        summary: "Payment webhooks, newest first",
        tags: TAGS,
        responses: { 200: jsonAnswer("One page", listAnswer), ...problemAnswers(401, 422) },
      }),
      validate("query", listQuery),
      async (c) => {
        const { cursor, limit } = c.req.valid("query");
        const page = { before: epochMs(cursor === undefined ? Date.now() + 1 : Date.parse(cursor)), limit };
        const entries = await webhookDesk(inbox(c)).list(page);
        const items = entries.slice(0, limit).map(render);
        const last = items.at(-1);
        return c.json({ items, ...(entries.length > limit && last ? { nextCursor: last.receivedAt } : {}) });
      },
    )
    .post(
      "/payment-webhooks/:provider/:eventId/replay",
      describeRoute({
        summary: "Work a webhook off once more",
        description: "Its order asks the provider again; that changes nothing that is right. Safe to repeat.",
        tags: TAGS,
        responses: { 200: jsonAnswer("The webhook", entryAnswer), ...problemAnswers(401, 404) },
      }),
      async (c) => {
        const name = { provider: c.req.param("provider"), eventId: c.req.param("eventId") };
        const call = { traceparent: c.get("traceparent"), actor: "staff" };
        const replayed = await webhookDesk(inbox(c)).replay(name, call);
        return replayed ? c.json(render(replayed)) : answerProblem(c, WEBHOOK_UNKNOWN);
      },
    );
}

const render = ({ receivedAt, processedAt, ...entry }: InboxEntry) => ({
  ...entry,
  receivedAt: toIso(receivedAt),
  ...(processedAt === undefined ? {} : { processedAt: toIso(processedAt) }),
});
