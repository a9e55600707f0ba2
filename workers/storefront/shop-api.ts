import { Hono } from "hono";
import { LISTS_TAG } from "#catalog";
import type { WebEnv } from "#web";
import { createFoundFiltering } from "../../src/browse/http/found-filtering.ts";
import { createListingApi } from "../../src/browse/http/listing-routes.ts";
import { createCatalogApi } from "../../src/catalog/http/shop-routes.ts";
import { publicJson } from "../../src/catalog/http/public-json.ts";
import { cardSchema } from "../../src/catalog/http/schemas.ts";
import { wireCard } from "../../src/catalog/http/wire.ts";
import { createCartApi } from "../../src/checkout/http/cart-api.ts";
import { createCheckoutApi } from "../../src/checkout/http/checkout-api.ts";
import { createOrderApi } from "../../src/orders/http/order-api.ts";
import { createEventApi } from "../../src/search/http/event-api.ts";
import { createSearchApi } from "../../src/search/http/search-api.ts";
import {
  catalogReader,
  checkoutPorts,
  envOf,
  listingPorts,
  listingSource,
  orderPorts,
  searchReader,
} from "./compose.ts";

const card = { schema: cardSchema, wire: wireCard };

/** The public half of the shop API: the same answer for everybody. */
export const catalogueApi = new Hono<WebEnv>()
  .route("/", createListingApi({ ports: listingPorts, card, answer: publicJson }))
  .route("/", createCatalogApi({ reader: catalogReader }))
  .route(
    "/",
    createSearchApi({
      reader: searchReader,
      answer: (c, body) => publicJson(c, body, [LISTS_TAG]),
      card,
      filtering: createFoundFiltering({
        ports: (c) => ({ ...listingSource(c), search: searchReader(c) }),
      }),
    }),
  );

/** The half about one shopper. */
export const shopperApi = new Hono<WebEnv>()
  .route("/", createCartApi(checkoutPorts))
  .route("/", createCheckoutApi({ portsOf: checkoutPorts, shopOrigin: (c) => envOf(c).SHOP_ORIGIN }))
  .route("/", createOrderApi(orderPorts))
  .route(
    "/",
    createEventApi({ send: async (c, message) => void (await envOf(c).SHOPPER_EVENT_QUEUE.send(message)) }),
  );

/** The shop API as one router; the OpenAPI document is made from it. */
export const shopApi = new Hono<WebEnv>().route("/", catalogueApi).route("/", shopperApi);
