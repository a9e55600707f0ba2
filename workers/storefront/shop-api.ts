import { Hono } from "hono";
import type { WebEnv } from "#web";
import { createCatalogApi } from "../../src/catalog/http/shop-routes.ts";
import { createCartApi } from "../../src/checkout/http/cart-api.ts";
import { createCheckoutApi } from "../../src/checkout/http/checkout-api.ts";
import { createOrderApi } from "../../src/orders/http/order-api.ts";
import { catalogReader, checkoutPorts, envOf, orderPorts } from "./compose.ts";

/** The public half of the shop API: the same answer for everybody. */
export const catalogueApi = new Hono<WebEnv>().route("/", createCatalogApi({ reader: catalogReader }));

/** The half about one shopper. */
export const shopperApi = new Hono<WebEnv>()
  .route("/", createCartApi(checkoutPorts))
  .route("/", createCheckoutApi({ portsOf: checkoutPorts, shopOrigin: (c) => envOf(c).SHOP_ORIGIN }))
  .route("/", createOrderApi(orderPorts));

/** The shop API as one router; the OpenAPI document is made from it. */
export const shopApi = new Hono<WebEnv>().route("/", catalogueApi).route("/", shopperApi);
