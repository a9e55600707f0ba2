import { Hono } from "hono";
import { TrieRouter } from "hono/router/trie-router";
import { continueTrace, createLogger, describeError, isTrouble } from "#platform";
import { createCatalogPages, createNotFoundPage, MARKET_SEGMENT, standInMarket } from "#storefront";
import {
  changeHeaders,
  createErrorHandler,
  createNotFoundHandler,
  createProblemPages,
  isPublicAnswer,
  privateByDefault,
  requestContext,
  securityHeaders,
} from "#web";
import { createRenditions } from "../../src/catalog/adapters/image-renditions.ts";
import { createMediaRoutes } from "../../src/catalog/http/media-routes.ts";
import { createFeedRoutes } from "../../src/channels/http/feed-routes.ts";
import { createContentReader } from "../../src/content/adapters/content-store.ts";
import {
  catalogReader,
  envOf,
  listingSource,
  loadMarkets,
  recommender,
  searchReader,
  SHOP_COUNTRY,
} from "./compose.ts";
import { merchantFeed } from "./merchant-feed.ts";
import { deliveryEstimate, deliveryWays } from "./delivery-estimate.ts";
import { PROBLEM_TYPES } from "./problem-types.ts";
import { catalogueApi } from "./shop-api.ts";
import type { StorefrontHono } from "./storefront-env.ts";

/**
 * The rooms that answer the same bytes to everybody: pages of the catalogue, the public half of the API, pictures,
 * explanations of problems. They see an address and nothing else (main.ts), and their answers may be kept by every cache;
 * a room that looks at a cookie belongs into app.ts. Reads only. Built once per isolate.
 */
export function createCatalogue(): Hono<StorefrontHono> {
  const app = new Hono<StorefrontHono>();
  const pages = {
    reader: catalogReader,
    shopOrigin: (c: { env: StorefrontEnv }) => c.env.SHOP_ORIGIN,
    shopCountry: SHOP_COUNTRY,
    search: searchReader,
    recommender,
    content: (c: { env: StorefrontEnv }) => createContentReader(c.env.DB),
  };
  app.use("*", async function dropRequestIdOfPublicAnswers(c, next) {
    await next();
    // It names the one request that made the answer, which the others are not.
    changeHeaders(c, (headers) => {
      if (isPublicAnswer(headers)) headers.delete("x-request-id");
    });
  });
  app.use("*", requestContext({ continueTrace }), securityHeaders(), privateByDefault());
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
  const notFound = createNotFoundPage<StorefrontHono>(pages);
  const inMarket = standInMarket<StorefrontHono>({ markets: loadMarkets, notFound });
  app.use("*", inMarket);
  app.route("/", createProblemPages(PROBLEM_TYPES));
  // Every room once without a prefix, for the default market, and once for each market that a path may name.
  app.get(MARKET_SEGMENT, (c) => c.redirect(`${c.req.path}/`, 301));
  for (const base of ["/", `${MARKET_SEGMENT}/`]) {
    app.route(base, catalogueApi);
    app.route(
      base,
      createMediaRoutes({
        bucket: (c) => envOf(c).MEDIA,
        makeRendition: (c) => createRenditions(envOf(c).IMAGES),
      }),
    );
    app.route(base, createFeedRoutes<StorefrontHono>(merchantFeed));
    app.route(
      base,
      createCatalogPages<StorefrontHono>({
        ...pages,
        listing: listingSource,
        deliveryEstimate,
        deliveryWays,
      }),
    );
  }
  app.notFound(createNotFoundHandler(notFound));
  return app;
}

/** Tells the catalogue's paths from all others, by its own routes: there is no second list that could lag behind. */
export function publicPathsOf(catalogue: Hono<StorefrontHono>): (path: string) => boolean {
  const router = new TrieRouter<true>();
  for (const { method, path } of catalogue.routes) if (method === "GET") router.add(method, path, true);
  return (path) => router.match("GET", path)[0].length > 0;
}
