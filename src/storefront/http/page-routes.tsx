import { Hono, type Context, type Env } from "hono";
import { addCollectionRoute } from "./collection-route.tsx";
import { addDeliveryRoute } from "./delivery-route.tsx";
import { createFrame, type FrameOptions } from "./frame.ts";
import { addHomeRoute } from "./home-route.tsx";
import { machineRoutes } from "./machine-routes.ts";
import { answerNotFound } from "./not-found.tsx";
import { addProductRoute } from "./product-route.tsx";
import type { CatalogPagesOptions } from "./routing.ts";
import { addSearchRoute } from "./search-route.tsx";
import { addTextRoutes } from "./text-routes.tsx";

/** The public pages of the catalogue: the same bytes for every visitor, so they never look at a cookie. */
export function createCatalogPages<E extends Env>(options: CatalogPagesOptions<E>): Hono<E> {
  const app = new Hono<E>();
  const frame = createFrame(options);
  const routing = { app, options, frame, notFound: answerNotFound(frame) };
  addHomeRoute(routing);
  addCollectionRoute(routing);
  addProductRoute(routing);
  addDeliveryRoute(routing);
  addSearchRoute(routing);
  addTextRoutes(routing);
  app.route("/", machineRoutes(options));
  return app;
}

/** The page for addresses that nothing answers, for the Worker's own not-found handler. */
export const createNotFoundPage = <E extends Env>(
  options: FrameOptions<E>,
): ((c: Context<E>) => Promise<Response>) => answerNotFound(createFrame(options));
