import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import { isId, type CartId, type Result } from "#kernel";
import type { CartRefusal, CartView } from "#cart";
import { answerJson, answerProblem, jsonAnswer, problemAnswers, validate, type WebEnv } from "#web";
import { addToCart, changeLine, price, viewCart, type ShoppingRefusal } from "../app/cart-use-cases.ts";
import { openCart, type OpeningRefusal } from "../app/open-cart.ts";
import { enterMarket, type MarketRefusal } from "../app/enter-market.ts";
import type { CodeRefusal } from "../app/cart-codes.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import { answerTrouble, callOf, readTag, versionCondition } from "./call-context.ts";
import { addCodes } from "./cart-code-api.ts";
import type { Visit } from "./visit.ts";
import { readOpening, toFirstLine } from "./opening-input.ts";
import { emptyBodyAsObject } from "./request-parts.ts";
import { renderCart } from "./render.ts";
import {
  addLineBody,
  cartAnswer,
  cartCustomerBody,
  cartMarketBody,
  openCartBody,
  setQuantityBody,
} from "./schemas.ts";
import { toProblem } from "./to-problem.ts";

const TAGS = ["Carts"];

type PortsOf = (c: Context) => CheckoutPorts;

/** `POST /api/carts` and everything below it. A cart's id is its secret: whoever has it has the cart. */
export function createCartApi(portsOf: PortsOf): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.onError(answerTrouble);
  addOpening(app, portsOf);
  addReading(app, portsOf);
  addMoving(app, portsOf);
  addGiving(app, portsOf);
  addAdding(app, portsOf);
  addChanging(app, portsOf);
  addRemoving(app, portsOf);
  addCodes(app, portsOf, answerCart);
  return app;
}

function addOpening(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.post(
    "/api/carts",
    describeRoute({
      tags: TAGS,
      summary: "Open a cart",
      description:
        "With its first lines, so that a buyer who wants something costs one call: all of them are in the cart, or none is opened and errors points at what is wrong. With an Idempotency-Key, repeating gives the same cart.",
      responses: { 201: jsonAnswer("The cart", cartAnswer), ...problemAnswers(400, 413, 415, 422, 429) },
    }),
    emptyBodyAsObject(),
    validate("json", openCartBody),
    async (c) => {
      const ports = portsOf(c);
      const body = c.req.valid("json");
      const tag = await readTag(c, ports, body);
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const input = await readOpening({ c, ports }, body, tag.value);
      const opened = input.ok ? await openCart(ports, input.value, callOf(c)) : input;
      return answerCart({ c, ports }, opened, 201);
    },
  );
}

function addMoving(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.put(
    "/api/carts/:cartId/market",
    describeRoute({
      tags: TAGS,
      summary: "Move a cart to another market",
      description:
        "Its lines are priced anew in the market's currency; the answer shows them. The same market again changes nothing.",
      responses: {
        200: jsonAnswer("The cart", cartAnswer),
        ...problemAnswers(400, 404, 409, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", cartMarketBody),
    async (c) => {
      const ports = portsOf(c);
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const input = { cartId, marketId: c.req.valid("json").market, ...versionCondition(c) };
      const moved = await enterMarket(ports, input, callOf(c));
      if (!moved.ok) return answerProblem(c, toProblem(moved.refusal));
      return answerCart({ c, ports }, moved, 200);
    },
  );
}

function addGiving(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.put(
    "/api/carts/:cartId/customer",
    describeRoute({
      tags: TAGS,
      summary: "Say whose cart it is",
      description:
        "For buyers to whom the merchant has sent a personal link: their prices and their tax hold from here on. The same again changes nothing.",
      responses: {
        200: jsonAnswer("The cart", cartAnswer),
        ...problemAnswers(400, 404, 409, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", cartCustomerBody),
    async (c) => {
      const ports = portsOf(c);
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const { customerId, key } = c.req.valid("json");
      const known = isId("cus", customerId) && (await ports.customers.recognise(customerId, key));
      if (!known) return answerProblem(c, toProblem({ code: "customer_unknown" }));
      const input = { cartId, customerId: known.customerId, ...versionCondition(c) };
      const given = await enterMarket(ports, input, callOf(c));
      if (!given.ok) return answerProblem(c, toProblem(given.refusal));
      return answerCart({ c, ports }, given, 200);
    },
  );
}

function addReading(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.get(
    "/api/carts/:cartId",
    describeRoute({
      tags: TAGS,
      summary: "Read a cart",
      description:
        "Prices, tax and an estimate of delivery are worked out anew on each read. The ETag carries the version.",
      responses: { 200: jsonAnswer("The cart", cartAnswer), ...problemAnswers(404) },
    }),
    async (c) => {
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const priced = await viewCart(portsOf(c), cartId);
      if (!priced.ok) return answerProblem(c, toProblem(priced.refusal));
      return answerPriced(c, renderCart(priced.value), 200);
    },
  );
}

function addAdding(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.post(
    "/api/carts/:cartId/lines",
    describeRoute({
      tags: TAGS,
      summary: "Add units",
      description: "A variant that is in the cart already grows its line.",
      responses: {
        200: jsonAnswer("The cart", cartAnswer),
        ...problemAnswers(400, 404, 409, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", addLineBody),
    async (c) => {
      const ports = portsOf(c);
      const cartId = c.req.param("cartId");
      if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
      const line = c.req.valid("json");
      const tag = await readTag(c, ports, line);
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const input = {
        cartId,
        ...toFirstLine(line),
        ...versionCondition(c),
        ...(tag.value ? { tag: tag.value } : {}),
      };
      return answerCart({ c, ports }, await addToCart(ports, input, callOf(c)));
    },
  );
}

function addChanging(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.patch(
    "/api/carts/:cartId/lines/:lineId",
    describeRoute({
      tags: TAGS,
      summary: "Set a line's quantity",
      responses: {
        200: jsonAnswer("The cart", cartAnswer),
        ...problemAnswers(400, 404, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", setQuantityBody),
    async (c) => setLine(c, portsOf(c), c.req.valid("json").quantity),
  );
}

function addRemoving(app: Hono<WebEnv>, portsOf: PortsOf): void {
  app.delete(
    "/api/carts/:cartId/lines/:lineId",
    describeRoute({
      tags: TAGS,
      summary: "Remove a line",
      responses: { 200: jsonAnswer("The cart", cartAnswer), ...problemAnswers(400, 404, 412, 429) },
    }),
    async (c) => setLine(c, portsOf(c), 0),
  );
}

async function setLine(c: Context, ports: CheckoutPorts, quantity: number): Promise<Response> {
  const cartId = c.req.param("cartId");
  if (!isId("crt", cartId)) return answerProblem(c, toProblem({ code: "cart_unknown" }));
  const tag = await readTag(c, ports, { quantity });
  if (!tag.ok) return answerProblem(c, tag.refusal.problem);
  const lineId = c.req.param("lineId") ?? "";
  const input = {
    cartId,
    lineId,
    quantity,
    ...versionCondition(c),
    ...(tag.value ? { tag: tag.value } : {}),
  };
  return answerCart({ c, ports }, await changeLine(ports, input, callOf(c)));
}

/** Answers a changed cart with its prices, or the problem. */
async function answerCart(
  { c, ports }: Visit,
  result: Result<CartView, CartRefusal | OpeningRefusal | ShoppingRefusal | MarketRefusal | CodeRefusal>,
  status: 200 | 201 = 200,
): Promise<Response> {
  const isConditional = c.req.header("if-match") !== undefined;
  if (!result.ok) return answerProblem(c, toProblem(result.refusal, isConditional));
  if (status === 201) c.header("location", `/api/carts/${result.value.cartId satisfies CartId}`);
  return answerPriced(c, renderCart(await price(ports, result.value)), status);
}

/**
 * The tag names the version, for If-Match, and the content, because prices move without a new version: a client that
 * has this very content gets 304.
 */
function answerPriced(c: Context, body: { readonly version: number }, status: 200 | 201): Response {
  return answerJson(c, body, `"v${body.version}-${fingerprint(JSON.stringify(body))}"`, status);
}

/** FNV-1a over UTF-16 units: enough to tell two states of one cart apart. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash.toString(36);
}
