import { Hono, type Context } from "hono";
import type { WebhookInboxRpc } from "#payments";
import { continueTrace, createLogger, describeError, isTrouble, objectNamespace } from "#platform";
import { createNotFoundPage, createPreviewPages, standWithShopper, type FrameOptions } from "#storefront";
import {
  createErrorHandler,
  createNotFoundHandler,
  privateOnly,
  requestContext,
  requireSameOrigin,
  securityHeaders,
} from "#web";
import { createCartPages } from "../../src/checkout/http/cart-routes.tsx";
import { createCheckoutPages } from "../../src/checkout/http/checkout-routes.tsx";
import { createLinePages } from "../../src/checkout/http/line-routes.tsx";
import { createWelcomeRoutes } from "../../src/checkout/http/welcome-routes.ts";
import { createFindOrderPages } from "../../src/orders/http/find-order-routes.tsx";
import { createOrderPages } from "../../src/orders/http/order-routes.tsx";
import { createRecentlyViewed } from "../../src/recently-viewed/adapters/itty-recently-viewed.ts";
import { createRecentlyViewedPages } from "../../src/recently-viewed/http/recently-viewed-routes.tsx";
import { createContentReader } from "../../src/content/adapters/content-store.ts";
import { createCatalogStaffReader } from "../../src/catalog/adapters/staff-query.ts";
import { RecentlyViewedObject } from "../../durable-objects/recently-viewed/recently-viewed-object.ts";
import { webhookVerifier } from "../../src/payments/adapters/webhook-verifiers.ts";
import { createPaymentWebhooks } from "../../src/payments/http/webhook-routes.ts";
import {
  catalogReader,
  loadMarkets,
  checkoutPorts,
  envOf,
  orderLinkPorts,
  orderNamespace,
  orderPorts,
  seenCards,
} from "./compose.ts";
import { forwarded, limitWrites } from "./gateway.ts";
import { shopperApi } from "./shop-api.ts";
import type { StorefrontHono } from "./storefront-env.ts";

/** Pages that speak the language which the shopper reads the shop in; the API has none. */
const PAGES_OF_A_SHOPPER = [
  "/cart",
  "/cart/*",
  "/checkout",
  "/checkout/*",
  "/orders/*",
  "/find-order",
  "/recently-viewed",
];

const FRAME: FrameOptions<StorefrontHono> = {
  reader: catalogReader,
  shopOrigin: (c) => c.env.SHOP_ORIGIN,
  content: (c) => createContentReader(c.env.DB),
};
const inShoppersLanguage = standWithShopper<StorefrontHono>({ ...FRAME, markets: loadMarkets });

/** An address that no room has: which language its reader speaks, nobody has asked yet. */
function notFoundInLanguage() {
  const notFound = createNotFoundPage<StorefrontHono>(FRAME);
  return async (c: Context): Promise<Response> => {
    if (c.get("place") === undefined) await inShoppersLanguage(c, () => Promise.resolve());
    return notFound(c);
  };
}

/**
 * The gateway and the rooms that are about one shopper. Nothing here is public, whatever a handler says; what is the same
 * for everybody stands in catalogue.ts. Built once per isolate.
 */
export function createGateway(paymentOrigins: readonly string[]): Hono<StorefrontHono> {
  const app = new Hono<StorefrontHono>();
  app.use("*", requestContext({ continueTrace }));
  app.onError(
    createErrorHandler({
      isTrouble,
      report: (error, c) =>
        createLogger("storefront", c.get("traceparent")).error("request.failed", {
          path: c.req.path,
          requestId: c.get("requestId"),
          reason: describeError(error),
        }),
    }),
  );
  // The back office sets its own headers and guards; it is reached through here only.
  app.all("/admin", (c) => envOf(c).ADMIN.fetch(forwarded(c)));
  app.all("/admin/*", (c) => envOf(c).ADMIN.fetch(forwarded(c)));
  // The review form leads to the payment provider's page by a redirect, which the policy has to allow.
  app.use("*", securityHeaders(paymentOrigins), privateOnly(), requireSameOrigin(), limitWrites());
  app.route(
    "/",
    createPaymentWebhooks({
      verifierOf: (c, provider) => webhookVerifier(provider, envOf(c)),
      inbox: (c) => objectNamespace<WebhookInboxRpc>(envOf(c).WEBHOOK_INBOX),
      orders: orderNamespace,
    }),
  );
  app.route("/", shopperApi);
  for (const path of PAGES_OF_A_SHOPPER) app.use(path, inShoppersLanguage);
  app.route("/", createCartPages(checkoutPorts));
  app.route("/", createCheckoutPages({ portsOf: checkoutPorts, shopOrigin: (c) => envOf(c).SHOP_ORIGIN }));
  app.route("/", createLinePages(checkoutPorts));
  app.route("/", createWelcomeRoutes(checkoutPorts));
  app.route("/", createOrderPages(orderPorts));
  app.route("/", createFindOrderPages(orderLinkPorts));
  app.route(
    "/",
    createRecentlyViewedPages({
      memory: (c) => createRecentlyViewed(envOf(c).RECENTLY_VIEWED, RecentlyViewedObject),
      cards: seenCards,
    }),
  );
  app.route(
    "/",
    createPreviewPages<StorefrontHono>({
      ...FRAME,
      staffReader: (c) => createCatalogStaffReader(c.env.DB),
      secret: (c) => c.env.SESSION_SECRET,
    }),
  );
  app.notFound(createNotFoundHandler(notFoundInLanguage()));
  return app;
}
