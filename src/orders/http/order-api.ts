import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import {
  answerJson,
  answerProblem,
  jsonAnswer,
  problemAnswers,
  readJson,
  fieldErrors,
  invalidFieldsProblem,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import { callOf, orderProblem, readOrder, type OrderHttpPorts } from "./order-access.ts";
import { buyerReturnBody, cancelBody, orderAnswer } from "./order-schemas.ts";
import { renderOrder } from "./render-order.ts";

const TAGS = ["Orders"];
const SECURITY = [{ orderKey: [] }];

/** `GET /api/orders/{id}` and what a buyer may do with an order; every request shows the order's key. */
export function createOrderApi(portsOf: (c: Context) => OrderHttpPorts) {
  const app = new Hono<WebEnv>();

  app.get(
    "/api/orders/:orderId",
    describeRoute({
      tags: TAGS,
      summary: "Read an order",
      description: "Show its key as a Bearer token, in the parameter key, or in the order's cookie.",
      security: SECURITY,
      responses: { 200: jsonAnswer("The order", orderAnswer), ...problemAnswers(404) },
    }),
    async (c) => {
      const order = await readOrder(c, portsOf(c));
      if (!order.ok) return answerProblem(c, orderProblem(order.refusal));
      return answerJson(c, renderOrder(order.value), versionEtag(order.value.version));
    },
  );

  app.post(
    "/api/orders/:orderId/cancel",
    describeRoute({
      tags: TAGS,
      summary: "Cancel an order",
      description: "Possible until it is paid. Repeating is safe.",
      security: SECURITY,
      responses: {
        200: jsonAnswer("The order", orderAnswer),
        ...problemAnswers(400, 404, 409, 413, 415, 422),
      },
    }),
    async (c) => {
      const ports = portsOf(c);
      const body = await readCancelBody(c);
      if (!body.ok) return answerProblem(c, body.problem);
      const order = await readOrder(c, ports);
      if (!order.ok) return answerProblem(c, orderProblem(order.refusal));
      const { orderId, status } = order.value;
      if (status === "cancelled" || status === "releasing") {
        return answerJson(c, renderOrder(order.value), versionEtag(order.value.version));
      }
      const cancelled = await ports.orders
        .getByName(orderId)
        .cancel({ reason: body.reason, by: "customer" }, callOf(c));
      if (!cancelled.ok) return answerProblem(c, orderProblem(cancelled.refusal));
      return answerJson(c, renderOrder(cancelled.value), versionEtag(cancelled.value.version));
    },
  );

  addReturns(app, portsOf);
  return app;
}

function addReturns(app: Hono<WebEnv>, portsOf: (c: Context) => OrderHttpPorts): void {
  app.post(
    "/api/orders/:orderId/returns",
    describeRoute({
      tags: TAGS,
      summary: "Ask to send goods back",
      description: "For 30 days after the last parcel arrived. The same returnId again changes nothing.",
      security: SECURITY,
      responses: {
        200: jsonAnswer("The order", orderAnswer),
        ...problemAnswers(400, 404, 409, 413, 415, 422),
      },
    }),
    validate("json", buyerReturnBody),
    async (c) => {
      const ports = portsOf(c);
      const order = await readOrder(c, ports);
      if (!order.ok) return answerProblem(c, orderProblem(order.refusal));
      const command = { ...c.req.valid("json"), by: "customer" as const };
      const asked = await ports.orders.getByName(order.value.orderId).requestReturn(command, callOf(c));
      if (!asked.ok) return answerProblem(c, orderProblem(asked.refusal));
      return answerJson(c, renderOrder(asked.value), versionEtag(asked.value.version));
    },
  );
}

/** A body is welcome, not needed. */
async function readCancelBody(c: Context) {
  // A client that sends nothing says so by a length of 0, and the body is then an empty stream.
  const hasBody = c.req.raw.body !== null && c.req.header("content-length") !== "0";
  if (c.req.header("content-type") === undefined && !hasBody) return { ok: true as const, reason: "buyer" };
  const json = await readJson(c);
  if (!json.ok) return { ok: false as const, problem: json.refusal.problem };
  const parsed = cancelBody.safeParse(json.value);
  if (!parsed.success)
    return { ok: false as const, problem: invalidFieldsProblem(fieldErrors(parsed.error.issues)) };
  return { ok: true as const, reason: parsed.data.reason ?? "buyer" };
}
