import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import * as z from "zod";
import { toIso, type Page, type Result } from "#kernel";
import type { ObjectNamespace } from "#platform";
import {
  answerJson,
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import type { OrderSummary } from "../app/ports.ts";
import type { OrderRpc } from "../contract.ts";
import { staffOrderAnswer } from "./desk-schemas.ts";
import { listQuery, listSchema, postingSchema, renderSummary } from "./admin-schemas.ts";
import { createEditRoutes, type EditOptions } from "./edit-routes.ts";
import { createMoneyRoutes } from "./money-routes.ts";
import { createNoteRoutes } from "./note-routes.ts";
import { orderIdOf } from "./order-access.ts";
import { renderStaffOrder } from "./render-staff-order.ts";
import { createReturnRoutes } from "./return-routes.ts";
import { TAGS, unknownOrder } from "./staff-orders.ts";

export type OrderAdminOptions = EditOptions & {
  readonly orders: (c: Context) => ObjectNamespace<OrderRpc>;
  /** The projected list: seconds behind the objects. */
  readonly list: (
    c: Context,
    request: {
      readonly status?: string;
      readonly search?: string;
      readonly tag?: string;
      readonly hasOpenReturn?: boolean;
      readonly cursor?: string;
      readonly limit: number;
    },
  ) => Promise<Result<Page<OrderSummary>, { readonly code: "invalid_cursor" }>>;
};

/** Orders for staff and systems. Mounted under /admin/api. The list is projected; one order is read from its object. */
export function createOrderAdminApi(options: OrderAdminOptions): Hono<WebEnv> {
  const { orders, list } = options;
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
      const { status, q, tag, returns, cursor, limit } = c.req.valid("query");
      const filters = {
        ...(status === undefined ? {} : { status }),
        ...(q === undefined ? {} : { search: q }),
        ...(tag === undefined ? {} : { tag }),
        ...(returns === undefined ? {} : { hasOpenReturn: true }),
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
      responses: { 200: jsonAnswer("The order", staffOrderAnswer), ...problemAnswers(401, 404) },
    }),
    async (c) => {
      const orderId = orderIdOf(c);
      const view = orderId ? await orders(c).getByName(orderId).view() : undefined;
      if (!view?.ok) return unknownOrder(c);
      return answerJson(c, renderStaffOrder(view.value), versionEtag(view.value.version));
    },
  );
  return app
    .route("/", createBookRoutes({ orders }))
    .route("/", createMoneyRoutes(options))
    .route("/", createEditRoutes(options))
    .route("/", createReturnRoutes(options))
    .route("/", createNoteRoutes(options));
}

/** The bookings of one order. */
function createBookRoutes({ orders }: Pick<OrderAdminOptions, "orders">): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
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
  return app;
}
