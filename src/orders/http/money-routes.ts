import { Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { expectedOf, validate, type WebEnv } from "#web";
import { flagBody, refundBody, settlementBody, staffCancelBody } from "./desk-schemas.ts";
import { askOrder, CHANGE_ANSWERS, TAGS, type StaffOrders } from "./staff-orders.ts";

/** Calling an order off, and what staff do about its money. */
export function createMoneyRoutes(options: StaffOrders): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.post(
    "/orders/:orderId/cancel",
    describeRoute({
      summary: "Call off a whole order",
      description:
        "Until its first unit is in a parcel. What was paid goes back, and units go back to the shelf. Repeating changes nothing.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", staffCancelBody),
    (c) => {
      const reason = c.req.valid("json").reason ?? "cancelled_by_staff";
      return askOrder(c, options, (order, call) =>
        order.cancel({ reason, by: "staff", ...expectedOf(c) }, call),
      );
    },
  );
  app.post(
    "/orders/:orderId/refunds",
    describeRoute({
      summary: "Send money back",
      description:
        "At most what is refundable; refunds under way count. One refund per id, however often it is sent.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", refundBody),
    (c) => {
      const { amount, from, ...rest } = c.req.valid("json");
      const { currency, amountMinor } = amount;
      const command = {
        ...rest,
        currency,
        amountMinor,
        ...expectedOf(c),
        ...(from === undefined ? {} : { from }),
      };
      return askOrder(c, options, (order, call) => order.refund(command, call));
    },
  );
  addDisputes(app, options);
  return app;
}

/** Ways out of what needs a person. */
function addDisputes(app: Hono<WebEnv>, options: StaffOrders): void {
  app.post(
    "/orders/:orderId/settlement",
    describeRoute({
      summary: "Note that money has come by hand",
      description: "A bank transfer was seen, cash was taken, or what the provider took is right as it is.",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    validate("json", settlementBody),
    (c) => {
      const { reference, part } = c.req.valid("json");
      const command = { reference, ...expectedOf(c), ...(part === undefined ? {} : { part }) };
      return askOrder(c, options, (order, call) => order.settleManually(command, call));
    },
  );
  app.post(
    "/orders/:orderId/capture-retry",
    describeRoute({
      summary: "Ask the provider again for a capture that it refused",
      tags: TAGS,
      responses: CHANGE_ANSWERS,
    }),
    (c) => askOrder(c, options, (order, call) => order.retryCapture(call)),
  );
  app.post(
    "/orders/:orderId/attention/clear",
    describeRoute({ summary: "A flag has been dealt with", tags: TAGS, responses: CHANGE_ANSWERS }),
    validate("json", flagBody),
    (c) => askOrder(c, options, (order, call) => order.clearAttention(c.req.valid("json"), call)),
  );
}
