import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { toIso } from "#kernel";
import { expectedOf, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import * as z from "zod";
import { eventsAnswer, eventsQuery, noteBody, tagsBody } from "./desk-schemas.ts";
import { orderIdOf } from "./order-access.ts";
import { askOrder, CHANGE_ANSWERS, TAGS, unknownOrder, type StaffOrders } from "./staff-orders.ts";

/** Notes, tags, and the order's log. */
export function createNoteRoutes(options: StaffOrders): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/orders/:orderId/notes",
    describeRoute({ summary: "Write a note that only staff see", tags: TAGS, responses: CHANGE_ANSWERS }),
    validate("json", noteBody),
    (c) => askOrder(c, options, (order, call) => order.addNote(c.req.valid("json"), call)),
  );
  app.delete(
    "/orders/:orderId/notes/:noteId",
    describeRoute({ summary: "Remove a note", tags: TAGS, responses: CHANGE_ANSWERS }),
    (c) => askOrder(c, options, (order, call) => order.removeNote(c.req.param("noteId"), call)),
  );
  app.put(
    "/orders/:orderId/tags",
    describeRoute({
      summary: "Replace the tags",
      description: "They are lower-cased, sorted and made unique.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", tagsBody),
    (c) => {
      const command = { ...c.req.valid("json"), ...expectedOf(c) };
      return askOrder(c, options, (order, call) => order.setTags(command, call));
    },
  );
  addLog(app, options);
  return app;
}

function addLog(app: Hono<WebEnv>, { orders }: StaffOrders): void {
  app.get(
    "/orders/:orderId/events",
    describeRoute({
      summary: "The order's log, from its own object",
      description: "Gap-free from 1; replaying it gives the order. The secret of the order link is left out.",
      tags: TAGS,
      responses: { 200: jsonAnswer("One page", eventsAnswer), ...problemAnswers(401, 404, 422) },
    }),
    validate("query", eventsQuery),
    async (c) => {
      const orderId = orderIdOf(c);
      if (!orderId) return unknownOrder(c);
      const { cursor = "0", limit } = c.req.valid("query");
      const after = Number(cursor);
      const page = await orders(c).getByName(orderId).events({ after, limit });
      if (page.items.length === 0 && after === 0) return unknownOrder(c);
      const items = page.items.map(({ body, occurredAt, ...event }) => ({
        ...event,
        occurredAt: toIso(occurredAt),
        data: JSON.parse(body) as unknown,
      }));
      const { nextAfter } = page;
      return c.json({ items, ...(nextAfter === undefined ? {} : { nextCursor: String(nextAfter) }) });
    },
  );
  app.get(
    "/orders/:orderId/audit",
    describeRoute({
      summary: "What reconciliation compares: books, demand, calls that are owed",
      tags: TAGS,
      responses: {
        200: jsonAnswer("The order's own account of itself", z.looseObject({ orderId: z.string() })),
        ...problemAnswers(401, 404),
      },
    }),
    async (c) => {
      const orderId = orderIdOf(c);
      const audit = orderId ? await orders(c).getByName(orderId).audit() : undefined;
      return audit?.ok ? c.json(audit.value) : unknownOrder(c);
    },
  );
}
