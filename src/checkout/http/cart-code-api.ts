import type { Context, Hono } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, type Result } from "#kernel";
import type { CartRefusal, CartView } from "#cart";
import { answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import { enterCode, removeCode, type CodeRefusal } from "../app/cart-codes.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { callOf, readTag, versionCondition } from "./call-context.ts";
import { cartAnswer, enterCodeBody } from "./schemas.ts";
import { toProblem } from "./to-problem.ts";
import type { Visit } from "./visit.ts";

const TAGS = ["Carts"];

type Answer = (visit: Visit, result: Result<CartView, CartRefusal | CodeRefusal>) => Promise<Response>;

/** Coupons, gift cards and credits of a cart. `answer` gives the changed cart with its prices. */
export function addCodes(app: Hono<WebEnv>, portsOf: (c: Context) => CheckoutPorts, answer: Answer): void {
  app.post(
    "/api/carts/:cartId/codes",
    describeRoute({
      tags: TAGS,
      summary: "Enter a code",
      description:
        "A coupon, gift card or store credit. A code that is in the cart already changes nothing. Limits are decided when the order is placed.",
      responses: {
        200: jsonAnswer("The cart", cartAnswer),
        ...problemAnswers(400, 404, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", enterCodeBody),
    async (c) => {
      const ports = portsOf(c);
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const { code } = c.req.valid("json");
      const tag = await readTag(c, ports, { code });
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const input = { cartId, text: code, ...versionCondition(c), ...(tag.value ? { tag: tag.value } : {}) };
      return answer({ c, ports }, await enterCode(ports, input, callOf(c)));
    },
  );
  app.delete(
    "/api/carts/:cartId/codes/:code",
    describeRoute({
      tags: TAGS,
      summary: "Take a code out",
      description: "By the id that the cart shows for it, or by the code itself.",
      responses: { 200: jsonAnswer("The cart", cartAnswer), ...problemAnswers(400, 404, 412, 429) },
    }),
    async (c) => {
      const ports = portsOf(c);
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const code = c.req.param("code");
      const tag = await readTag(c, ports, { code });
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const input = { cartId, code, ...versionCondition(c), ...(tag.value ? { tag: tag.value } : {}) };
      return answer({ c, ports }, await removeCode(ports, input, callOf(c)));
    },
  );
}
