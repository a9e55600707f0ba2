import { Hono } from "hono";
import type { WebhookInboxRpc } from "#payments";
import { continueTrace, createLogger, describeError, isTrouble, objectNamespace } from "#platform";
import { STAFF_PROBLEM_TYPES } from "#staff";
import { createCatalogPages, createNotFoundPage } from "#storefront";
import {
  createErrorHandler,
  createNotFoundHandler,
  createProblemPages,
  privateByDefault,
  requestContext,
  requireSameOrigin,
  securityHeaders,
  WEB_PROBLEM_TYPES,
} from "#web";
import { CATALOG_IMPORT_PROBLEM_TYPES } from "../../src/catalog-import/http/problems.ts";
import { createMediaRoutes } from "../../src/catalog/http/media-routes.ts";
import { CATALOG_PROBLEM_TYPES } from "../../src/catalog/http/problems.ts";
import { CHECKOUT_PROBLEM_TYPES } from "../../src/checkout/http/problem-types.ts";
import { STAFF_DRAFT_PROBLEM_TYPES } from "../../src/checkout/http/staff-draft-problems.ts";
import { createCartPages } from "../../src/checkout/http/cart-routes.tsx";
import { createCheckoutPages } from "../../src/checkout/http/checkout-routes.tsx";
import { createLinePages } from "../../src/checkout/http/line-routes.tsx";
import { createOrderPages } from "../../src/orders/http/order-routes.tsx";
import { createRecentlyViewed } from "../../src/recently-viewed/adapters/itty-recently-viewed.ts";
import { createRecentlyViewedPages } from "../../src/recently-viewed/http/recently-viewed-routes.tsx";
import { queryCards } from "../../src/catalog/adapters/card-query.ts";
import { RecentlyViewedObject } from "../../durable-objects/recently-viewed/recently-viewed-object.ts";
import { VOUCHER_PROBLEM_TYPES } from "../../src/vouchers/http/problems.ts";
import { INVENTORY_PROBLEM_TYPES } from "../../src/inventory/http/problems.ts";
import { webhookVerifier } from "../../src/payments/adapters/webhook-verifiers.ts";
import { ORDER_PROBLEM_TYPES } from "../../src/orders/http/order-problems.ts";
import { PAYMENT_PROBLEM_TYPES } from "../../src/payments/http/problems.ts";
import { createPaymentWebhooks } from "../../src/payments/http/webhook-routes.ts";
import { catalogReader, checkoutPorts, envOf, orderNamespace, orderPorts } from "./compose.ts";
import { deliveryEstimate, deliveryWays } from "./delivery-estimate.ts";
import { RECONCILIATION_PROBLEM_TYPES } from "../../src/reconciliation/http/problems.ts";
import { forwarded, limitWrites } from "./gateway.ts";
import { shopApi } from "./shop-api.ts";
import type { StorefrontHono } from "./storefront-env.ts";

const PROBLEM_TYPES = [
  ...WEB_PROBLEM_TYPES,
  ...CATALOG_PROBLEM_TYPES,
  ...CHECKOUT_PROBLEM_TYPES,
  ...STAFF_DRAFT_PROBLEM_TYPES,
  ...INVENTORY_PROBLEM_TYPES,
  ...VOUCHER_PROBLEM_TYPES,
  ...PAYMENT_PROBLEM_TYPES,
  ...ORDER_PROBLEM_TYPES,
  ...CATALOG_IMPORT_PROBLEM_TYPES,
  ...RECONCILIATION_PROBLEM_TYPES,
  ...STAFF_PROBLEM_TYPES,
];

/** Everything that is not a kept page: gateway first, then the rooms of the shop. Built once per isolate. */
export function createStorefront(paymentOrigins: readonly string[]): Hono<StorefrontHono> {
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
  app.use("*", securityHeaders(paymentOrigins), privateByDefault(), requireSameOrigin(), limitWrites());
  app.route(
    "/",
    createPaymentWebhooks({
      verifierOf: (c, provider) => webhookVerifier(provider, envOf(c)),
      inbox: (c) => objectNamespace<WebhookInboxRpc>(envOf(c).WEBHOOK_INBOX),
      orders: orderNamespace,
    }),
  );
  app.route("/", shopApi);
  app.route("/", createCartPages(checkoutPorts));
  app.route("/", createCheckoutPages({ portsOf: checkoutPorts, shopOrigin: (c) => envOf(c).SHOP_ORIGIN }));
  app.route("/", createLinePages(checkoutPorts));
  app.route("/", createOrderPages(orderPorts));
  app.route("/", createMediaRoutes({ bucket: (c) => envOf(c).MEDIA }));
  app.route(
    "/",
    createRecentlyViewedPages({
      memory: (c) => createRecentlyViewed(envOf(c).RECENTLY_VIEWED, RecentlyViewedObject),
      cards: (c, productIds) => queryCards(envOf(c).DB, productIds),
    }),
  );
  app.route("/", createProblemPages(PROBLEM_TYPES));
  app.route(
    "/",
    createCatalogPages<StorefrontHono>({
      reader: catalogReader,
      shopOrigin: (c) => c.env.SHOP_ORIGIN,
      deliveryEstimate,
      deliveryWays,
    }),
  );
  app.notFound(
    createNotFoundHandler(
      createNotFoundPage<StorefrontHono>({ reader: catalogReader, shopOrigin: (c) => c.env.SHOP_ORIGIN }),
    ),
  );
  return app;
}
