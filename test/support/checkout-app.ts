import { env } from "cloudflare:workers";
import { Hono } from "hono";
import type { GateRpc } from "#admission";
import type { CartRpc } from "#cart";
import { epochMs } from "#kernel";
import type { OrderRpc } from "#orders";
import type { PaymentOffer, Purchase } from "#payments";
import { newTraceparent, objectNamespace } from "#platform";
import { wallClock } from "#shipping";
import type { WebEnv } from "#web";
import { createNames } from "../../src/checkout/adapters/names.ts";
import { CartMemory } from "../../src/checkout/app/cart-memory.ts";
import { SoldOutHints } from "../../src/checkout/app/sold-out-hints.ts";
import type { CheckoutPorts } from "../../src/checkout/app/ports.ts";
import { createCartApi } from "../../src/checkout/http/cart-api.ts";
import { createCartPages } from "../../src/checkout/http/cart-routes.tsx";
import { createCheckoutApi } from "../../src/checkout/http/checkout-api.ts";
import { createCheckoutPages } from "../../src/checkout/http/checkout-routes.tsx";
import { createLinePages } from "../../src/checkout/http/line-routes.tsx";
import { createOrderApi } from "../../src/orders/http/order-api.ts";
import { createOrderPages } from "../../src/orders/http/order-routes.tsx";
import type { FakePrices } from "./fake-prices.ts";

/** Cards through the fake provider, and both ways without one; a test may say that cards are down. */
export const testPaymentMethods = {
  isCardDown: false,
  known: (purchase: Purchase): readonly PaymentOffer[] => [
    { method: "card", provider: "fake", isAvailable: !testPaymentMethods.isCardDown },
    { method: "bank_transfer", provider: "bank_transfer", isAvailable: true, details: "Test bank" },
    ...(purchase.dueMinor <= 30_000
      ? [{ method: "cash_on_delivery" as const, provider: "cash_on_delivery", isAvailable: true }]
      : []),
  ],
  offers: (purchase: Purchase) => Promise.resolve(testPaymentMethods.known(purchase)),
};

export const ORIGIN = "https://shop.test";

/** Cart, checkout and order routes over real objects, with prices that a test sets. */
export function checkoutApp(prices: FakePrices) {
  const clock = wallClock("Europe/Berlin");
  const ports: CheckoutPorts = {
    carts: objectNamespace<CartRpc>(env.CARTS),
    orders: objectNamespace<OrderRpc>(env.ORDERS),
    gates: objectNamespace<GateRpc>(env.GATES),
    known: new CartMemory(() => epochMs(Date.now())),
    soldOut: new SoldOutHints(),
    prices,
    till: prices,
    markets: () => Promise.resolve([]),
    codes: prices,
    names: createNames("test-session-secret"),
    customers: { recognise: () => Promise.resolve(undefined) },
    payments: testPaymentMethods,
    now: () => epochMs(Date.now()),
    wallClock: clock,
    shop: { currency: "EUR", country: "DE", locale: "en-GB", ownLocale: "en-GB", timeZone: "Europe/Berlin" },
  };
  const orderPorts = {
    orders: ports.orders,
    live: (orderId: string, request: Request) => env.ORDERS.getByName(orderId).fetch(request),
    timeZone: "Europe/Berlin",
  };
  const app = new Hono<WebEnv>();
  app.use("*", async (c, next) => {
    c.set("requestId", "req_test");
    c.set("traceparent", newTraceparent());
    await next();
  });
  const options = { portsOf: () => ports, shopOrigin: () => ORIGIN };
  app
    .route("/", createCartApi(options.portsOf))
    .route("/", createCheckoutApi(options))
    .route(
      "/",
      createOrderApi(() => orderPorts),
    )
    .route("/", createCartPages(options.portsOf))
    .route("/", createCheckoutPages(options))
    .route("/", createLinePages(options.portsOf))
    .route(
      "/",
      createOrderPages(() => orderPorts),
    );
  return { app, ports };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Tests read answers by path; the shape is what they test.
type Json = Record<string, any>;
type JsonAnswer = { readonly status: number; readonly headers: Headers; readonly json: Json };
type JsonCall = { readonly body?: unknown; readonly headers?: Record<string, string> };

/** A way to send JSON to an app and read JSON back. */
export const jsonCaller =
  (app: Hono<WebEnv>) =>
  async (method: string, path: string, { body, headers = {} }: JsonCall = {}): Promise<JsonAnswer> => {
    const init: RequestInit =
      body === undefined
        ? { method, headers }
        : {
            method,
            headers: { "content-type": "application/json", ...headers },
            body: typeof body === "string" ? body : JSON.stringify(body),
          };
    const answer = await app.request(ORIGIN + path, init);
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      json: text === "" ? {} : (JSON.parse(text) as Json),
    };
  };
