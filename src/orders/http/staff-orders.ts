import type { Context } from "hono";
import { isId } from "#kernel";
import type { CallContext, ObjectNamespace } from "#platform";
import { answerJson, answerProblem, jsonAnswer, problemAnswers, versionEtag, type WebEnv } from "#web";
import type { OrderAnswer, OrderRpc } from "../contract.ts";
import { staffOrderAnswer } from "./desk-schemas.ts";
import { orderProblem } from "./order-access.ts";
import { renderStaffOrder } from "./render-staff-order.ts";

/** What the routes for staff share. */

export type StaffOrders = { readonly orders: (c: Context) => ObjectNamespace<OrderRpc> };

export const TAGS = ["Orders"];
export const CHANGE_ANSWERS = {
  200: jsonAnswer("The order", staffOrderAnswer),
  ...problemAnswers(400, 401, 404, 409, 412, 413, 415, 422),
};

export const staffCall = (c: Context<WebEnv>): CallContext => ({
  traceparent: c.get("traceparent"),
  actor: "staff:development",
});

export const unknownOrder = (c: Context) => answerProblem(c, orderProblem({ code: "order_unknown" }));

/** Asks the order in the path, and answers with it or with the problem. */
export async function askOrder(
  c: Context<WebEnv>,
  { orders }: StaffOrders,
  ask: (order: OrderRpc, call: CallContext) => Promise<OrderAnswer>,
): Promise<Response> {
  const orderId = c.req.param("orderId");
  if (!isId("ord", orderId)) return unknownOrder(c);
  const answer = await ask(orders(c).getByName(orderId), staffCall(c));
  if (!answer.ok) return answerProblem(c, orderProblem(answer.refusal));
  return answerJson(c, renderStaffOrder(answer.value), versionEtag(answer.value.version));
}
