import { Hono, type Context } from "hono";
import { describeRoute } from "hono-openapi";
import type * as z from "zod";
import { isId, ok, refuse, type CheckoutId, type FieldError, type Result } from "#kernel";
import type { CheckoutView, IdempotencyTag } from "#cart";
import {
  answerProblem,
  invalidFieldsProblem,
  jsonAnswer,
  problemAnswers,
  readIdempotencyKey,
  validate,
  versionEtag,
  type WebEnv,
} from "#web";
import {
  changeDetails,
  openCheckout,
  rememberQuote,
  viewCheckout,
  type DetailsInput,
} from "../app/checkout-use-cases.ts";
import { openAtCheckout } from "../app/open-at-checkout.ts";
import { placeOrder, type PaymentRequest, type PlaceRequest } from "../app/place-order.ts";
import { paymentOffers } from "../app/payment-choice.ts";
import type { CheckoutPorts } from "../app/ports.ts";
import type { CheckoutRefusal } from "../app/refusals.ts";
import { answerCheckout, toDetails } from "./answer-checkout.ts";
import { answerTrouble, callOf, readTag, versionCondition } from "./call-context.ts";
import { grantOrderAccess } from "./order-cookies.ts";
import { readOpening } from "./opening-input.ts";
import { renderCheckout, renderDeliveryOption } from "./render.ts";
import { sameSiteUrl, siteOrigin } from "./request-parts.ts";
import {
  checkoutAnswer,
  deliveryOptionsAnswer,
  openCheckoutBody,
  patchCheckoutBody,
  placeBody,
  placedAnswer,
} from "./schemas.ts";
import { toProblem } from "./to-problem.ts";
import type { Visit } from "./visit.ts";

const TAGS = ["Checkouts"];

export type CheckoutApiOptions = {
  readonly portsOf: (c: Context) => CheckoutPorts;
  /** The shop's public origin, or empty for the request's own. */
  readonly shopOrigin: (c: Context) => string;
};

/** `POST /api/checkouts` and everything below it. A checkout's id is its secret. */
export function createCheckoutApi(options: CheckoutApiOptions): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  app.onError(answerTrouble);
  addOpening(app, options);
  addReading(app, options);
  addChanging(app, options);
  addDeliveryOptions(app, options);
  addPlacing(app, options);
  return app;
}

function addOpening(app: Hono<WebEnv>, { portsOf }: CheckoutApiOptions): void {
  app.post(
    "/api/checkouts",
    describeRoute({
      tags: TAGS,
      summary: "Open a cart's checkout",
      description:
        "A cart has one checkout: opening it again brings it up to the cart. Whoever buys at once sends lines instead of a cart, and both are opened. Contact, address and way of delivery may come with it, so that a buyer who is known costs one call; mistakes in any of it open nothing.",
      responses: {
        201: jsonAnswer("The checkout", checkoutAnswer),
        ...problemAnswers(400, 404, 409, 413, 415, 422, 429),
      },
    }),
    validate("json", openCheckoutBody),
    async (c) => {
      const visit = { c, ports: portsOf(c) };
      const body = c.req.valid("json");
      const tag = await readTag(c, visit.ports, body);
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const opened = await (body.lines ? openOfLines : openOfCart)(visit, body, tag.value);
      return answerCheckout(visit, opened, 201);
    },
  );
}

type OpeningBody = z.output<typeof openCheckoutBody>;
type Opened = Promise<Result<CheckoutView, CheckoutRefusal>>;

async function openOfCart({ c, ports }: Visit, body: OpeningBody, tag: IdempotencyTag | undefined): Opened {
  const { cartId, cartVersion } = body;
  if (!isId("crt", cartId)) return refuse({ code: "cart_unknown" });
  const input = {
    cartId,
    showsTotal: true,
    ...detailsOf(body),
    ...(cartVersion === undefined ? {} : { cartVersion }),
    ...(tag ? { tag } : {}),
  };
  return openCheckout(ports, input, callOf(c));
}

async function openOfLines(visit: Visit, body: OpeningBody, tag: IdempotencyTag | undefined): Opened {
  const input = await readOpening(visit, body, tag);
  return input.ok
    ? openAtCheckout(visit.ports, { ...input.value, ...detailsOf(body) }, callOf(visit.c))
    : input;
}

function detailsOf(body: OpeningBody): { readonly details?: DetailsInput } {
  const details = toDetails(body);
  return Object.keys(details).length > 0 ? { details } : {};
}

function addReading(app: Hono<WebEnv>, { portsOf }: CheckoutApiOptions): void {
  app.get(
    "/api/checkouts/:checkoutId",
    describeRoute({
      tags: TAGS,
      summary: "Read a checkout with its quote",
      responses: { 200: jsonAnswer("The checkout", checkoutAnswer), ...problemAnswers(404) },
    }),
    async (c) => {
      const ports = portsOf(c);
      const id = readId(c);
      const priced = id.ok ? await viewCheckout(ports, id.value) : id;
      if (!priced.ok) return answerProblem(c, toProblem(priced.refusal));
      await rememberQuote(ports, priced.value, callOf(c));
      c.header("etag", versionEtag(priced.value.checkout.version));
      return c.json(renderCheckout(priced.value, await paymentOffers(ports, priced.value)));
    },
  );
}

function addChanging(app: Hono<WebEnv>, { portsOf }: CheckoutApiOptions): void {
  app.patch(
    "/api/checkouts/:checkoutId",
    describeRoute({
      tags: TAGS,
      summary: "Give contact, address or way of delivery",
      description: "All of the body is stored, or nothing.",
      responses: {
        200: jsonAnswer("The checkout", checkoutAnswer),
        ...problemAnswers(400, 404, 409, 412, 413, 415, 422, 429),
      },
    }),
    validate("json", patchCheckoutBody),
    async (c) => {
      const ports = portsOf(c);
      const id = readId(c);
      if (!id.ok) return answerProblem(c, toProblem(id.refusal));
      const body = c.req.valid("json");
      const tag = await readTag(c, ports, body);
      if (!tag.ok) return answerProblem(c, tag.refusal.problem);
      const input = {
        checkoutId: id.value,
        details: toDetails(body),
        showsTotal: true,
        ...versionCondition(c),
      };
      const changed = await changeDetails(
        ports,
        { ...input, ...(tag.value ? { tag: tag.value } : {}) },
        callOf(c),
      );
      return answerCheckout({ c, ports }, changed);
    },
  );
}

function addDeliveryOptions(app: Hono<WebEnv>, { portsOf }: CheckoutApiOptions): void {
  app.get(
    "/api/checkouts/:checkoutId/delivery-options",
    describeRoute({
      tags: TAGS,
      summary: "List the ways of delivery",
      description: "Empty when the shop does not deliver to the checkout's country.",
      responses: { 200: jsonAnswer("The ways", deliveryOptionsAnswer), ...problemAnswers(404) },
    }),
    async (c) => {
      const id = readId(c);
      const priced = id.ok ? await viewCheckout(portsOf(c), id.value) : id;
      if (!priced.ok) return answerProblem(c, toProblem(priced.refusal));
      const { basket, checkout } = priced.value;
      return c.json({
        items: basket.options.map((option) => renderDeliveryOption(option, checkout.currency)),
      });
    },
  );
}

function addPlacing(app: Hono<WebEnv>, { portsOf, shopOrigin }: CheckoutApiOptions): void {
  app.post(
    "/api/checkouts/:checkoutId/place",
    describeRoute({
      tags: TAGS,
      summary: "Place the order",
      description: "Needs an Idempotency-Key: one key makes one order, and a repeat gives the same reply.",
      responses: {
        201: jsonAnswer("The order exists", placedAnswer),
        ...problemAnswers(400, 402, 404, 409, 413, 415, 422, 429, 503),
      },
    }),
    validate("json", placeBody),
    async (c) => {
      const ports = portsOf(c);
      const key = readIdempotencyKey(c, true);
      if (!key.ok) return answerProblem(c, key.refusal.problem);
      const id = readId(c);
      if (!id.ok) return answerProblem(c, toProblem(id.refusal));
      const body = c.req.valid("json");
      const origin = siteOrigin(c, shopOrigin(c));
      const payment = readPayment(body.payment, origin);
      if (!payment.ok) return answerProblem(c, invalidFieldsProblem(payment.refusal.errors));
      const requestHash = await ports.names.hash(JSON.stringify([c.req.path, body]));
      const request = { checkoutId: id.value, key: key.value, requestHash, payment: payment.value, origin };
      return answerPlaced(c, ports, {
        ...request,
        ...(body.expectedTotal ? { expectedTotal: body.expectedTotal } : {}),
        ...(body.expectedDue ? { expectedDueMinor: body.expectedDue.amountMinor } : {}),
      });
    },
  );
}

function readId(c: Context): Result<CheckoutId, { readonly code: "checkout_unknown" }> {
  const id = c.req.param("checkoutId");
  return isId("chk", id) ? ok(id) : refuse({ code: "checkout_unknown" });
}

async function answerPlaced(c: Context, ports: CheckoutPorts, request: PlaceRequest): Promise<Response> {
  const placed = await placeOrder(ports, request, callOf(c));
  if (!placed.ok) return answerProblem(c, toProblem(placed.refusal));
  grantOrderAccess(c, placed.value.orderId, placed.value.accessKey);
  c.header("location", `/api/orders/${placed.value.orderId}`);
  return c.json(placed.value, 201);
}

type BadPayment = { readonly code: "invalid_payment"; readonly errors: readonly FieldError[] };

function readPayment(
  payment: z.output<typeof placeBody>["payment"],
  origin: string,
): Result<PaymentRequest, BadPayment> {
  if (payment.kind !== "redirect") return ok(payment);
  const errors: FieldError[] = [];
  const read = (name: "returnUrl" | "cancelUrl"): { readonly [key: string]: string } => {
    const text = payment[name];
    if (text === undefined) return {};
    const url = sameSiteUrl(text, origin);
    if (url !== undefined) return { [name]: url };
    errors.push({ pointer: `/payment/${name}`, detail: `Send an address on ${origin}.` });
    return {};
  };
  const request: PaymentRequest = { kind: "redirect", ...read("returnUrl"), ...read("cancelUrl") };
  return errors.length > 0 ? refuse({ code: "invalid_payment", errors }) : ok(request);
}
