import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { expectedOf, validate, type WebEnv } from "#web";
import { closeReturnBody, declineBody, receiptBody, returnBody } from "./desk-schemas.ts";
import { askOrder, CHANGE_ANSWERS, TAGS, type StaffOrders } from "./staff-orders.ts";

/** Returns, from the wish to the refund. */
export function createReturnRoutes(options: StaffOrders): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/orders/:orderId/returns",
    describeRoute({
      summary: "Open a return for the buyer; it is approved at once",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", returnBody),
    (c) => {
      const command = { ...c.req.valid("json"), by: "staff" as const };
      return askOrder(c, options, (order, call) => order.requestReturn(command, call));
    },
  );
  app.post(
    "/orders/:orderId/returns/:returnId/approve",
    describeRoute({ summary: "Approve a return", tags: TAGS, responses: CHANGE_ANSWERS }),
    (c) => {
      const command = { returnId: c.req.param("returnId"), ...expectedOf(c) };
      return askOrder(c, options, (order, call) => order.approveReturn(command, call));
    },
  );
  app.post(
    "/orders/:orderId/returns/:returnId/decline",
    describeRoute({ summary: "Decline a return, with a reason", tags: TAGS, responses: CHANGE_ANSWERS }),
    validate("json", declineBody),
    (c) => {
      const command = { returnId: c.req.param("returnId"), ...c.req.valid("json"), ...expectedOf(c) };
      return askOrder(c, options, (order, call) => order.declineReturn(command, call));
    },
  );
  addReceiving(app, options);
  return app;
}

function addReceiving(app: Hono<WebEnv>, options: StaffOrders): void {
  app.post(
    "/orders/:orderId/returns/:returnId/receipts",
    describeRoute({
      summary: "Count units that came back",
      description:
        "Each line goes back on the shelf or is written off. One receipt per id; there may be several.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", receiptBody),
    (c) => {
      const command = { returnId: c.req.param("returnId"), ...c.req.valid("json") };
      return askOrder(c, options, (order, call) => order.receiveReturn(command, call));
    },
  );
  app.post(
    "/orders/:orderId/returns/:returnId/close",
    describeRoute({
      summary: "Refund what came back, and end the return",
      description: "Without refund: the worth of the units that came back, less what an exchange has used.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", closeReturnBody),
    (c) => {
      const { refund, from } = c.req.valid("json");
      const command = {
        returnId: c.req.param("returnId"),
        ...expectedOf(c),
        ...(refund === undefined ? {} : { refundMinor: refund.amountMinor, currency: refund.currency }),
        ...(from === undefined ? {} : { from }),
      };
      return askOrder(c, options, (order, call) => order.closeReturn(command, call));
    },
  );
}
