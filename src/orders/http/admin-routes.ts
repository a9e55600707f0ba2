import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { toIso, type OrderId, type Page, type Result } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import {
  answerJson,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  moneySchema,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { OrderRpc, OrderStatus, OrderView } from "../contract.ts";
import { orderIdOf, orderProblem } from "./order-access.ts";
import { cancelBody, orderAnswer } from "./order-schemas.ts";
import { renderOrder } from "./render-order.ts";

/** A row of the staff list. */
export type OrderSummary = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly paymentStatus: OrderView["payment"]["status"];
  readonly email: string;
  readonly customerName: string;
  readonly country: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly itemCount: number;
  readonly placedAt: Parameters<typeof toIso>[0];
};

export type OrderAdminOptions = {
  readonly orders: (c: Context) => ObjectNamespace<OrderRpc>;
  /** The projected list: seconds behind the objects. */
  readonly list: (
    c: Context,
    request: {
      readonly status?: string;
      readonly search?: string;
      readonly cursor?: string;
      readonly limit: number;
    },
  ) => Promise<Result<Page<OrderSummary>, { readonly code: "invalid_cursor" }>>;
};

const TAGS = ["Orders"];
const listQuery = z.object({
  status: z.string().max(30).optional(),
  q: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .optional()
    .describe("Beginning of a number, e-mail address or name, or a whole id."),
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
const summarySchema = z
  .object({
    id: z.string(),
    number: z.string(),
    status: z.string(),
    paymentStatus: z.string(),
    email: z.string(),
    customerName: z.string(),
    country: z.string(),
    total: moneySchema,
    itemCount: z.int(),
    placedAt: z.iso.datetime(),
  })
  .meta({ id: "OrderSummary" });
const listSchema = z.object({ items: z.array(summarySchema), nextCursor: z.string().optional() });
const postingSchema = z
  .object({
    sequence: z.int(),
    account: z.string(),
    debit: moneySchema,
    credit: moneySchema,
    reference: z.string(),
    occurredAt: z.iso.datetime(),
  })
  .meta({ id: "LedgerEntry" });

const callOf = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});
const unknownOrder = (c: Context) => answerProblem(c, orderProblem({ code: "order_unknown" }));

const renderSummary = (row: OrderSummary) => ({
  id: row.orderId,
  number: row.orderNumber,
  status: row.status,
  paymentStatus: row.paymentStatus,
  email: row.email,
  customerName: row.customerName,
  country: row.country,
  total: { currency: row.currency, amountMinor: row.totalMinor },
  itemCount: row.itemCount,
  placedAt: toIso(row.placedAt),
});

/** Orders for staff and systems. Mounted under /admin/api. The list is projected; one order is read from its object. */
export function createOrderAdminApi({ orders, list }: OrderAdminOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.get(
    "/orders",
    describeRoute({
      summary: "Orders, newest first",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", listSchema), ...problemAnswers(401, 422) },
    }),
    validate("query", listQuery),
    async (c) => {
      const { status, q, cursor, limit } = c.req.valid("query");
      const filters = {
        ...(status === undefined ? {} : { status }),
        ...(q === undefined ? {} : { search: q }),
      };
      const page = await list(c, { ...filters, limit, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok)
        return answerProblem(
          c,
          invalidFieldsProblem([
            { pointer: "/query/cursor", detail: "Use the nextCursor of the page before." },
          ]),
        );
      const { items, nextCursor } = page.value;
      return c.json({ items: items.map(renderSummary), ...(nextCursor === undefined ? {} : { nextCursor }) });
    },
  );
  app.get(
    "/orders/:orderId",
    describeRoute({
      summary: "One order, from its own object",
      tags: TAGS,
      responses: { 200: jsonAnswer("The order", orderAnswer), ...problemAnswers(401, 404) },
    }),
    async (c) => {
      const orderId = orderIdOf(c);
      const view = orderId ? await orders(c).getByName(orderId).view() : undefined;
      if (!view?.ok) return unknownOrder(c);
      return answerJson(c, renderOrder(view.value), versionEtag(view.value.version));
    },
  );
  app.get(
    "/orders/:orderId/ledger",
    describeRoute({
      summary: "The order's bookings; debits and credits are equal",
      tags: TAGS,
      responses: {
        200: jsonAnswer("All bookings", z.object({ items: z.array(postingSchema) })),
        ...problemAnswers(401, 404),
      },
    }),
    async (c) => {
      const orderId = orderIdOf(c);
      const stub = orderId ? orders(c).getByName(orderId) : undefined;
      const view = await stub?.view();
      if (!stub || !view?.ok) return unknownOrder(c);
      const money = (amountMinor: number) => ({ currency: view.value.draft.currency, amountMinor });
      const items = (await stub.ledger()).map(({ debitMinor, creditMinor, occurredAt, ...entry }) => ({
        ...entry,
        debit: money(debitMinor),
        credit: money(creditMinor),
        occurredAt: toIso(occurredAt),
      }));
      return c.json({ items });
    },
  );
  app.post(
    "/orders/:orderId/cancel",
    describeRoute({
      summary: "Call off an order that is not paid yet",
      description: "Repeating changes nothing.",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The order", orderAnswer),
        ...problemAnswers(400, 401, 404, 409, 413, 415, 422),
      },
    }),
    validate("json", cancelBody),
    async (c) => {
      const orderId = orderIdOf(c);
      if (!orderId) return unknownOrder(c);
      const reason = c.req.valid("json").reason ?? "cancelled_by_staff";
      const result = await orders(c).getByName(orderId).cancel(reason, callOf(c));
      return result.ok ? c.json(renderOrder(result.value)) : answerProblem(c, orderProblem(result.refusal));
    },
  );
  return app;
}
