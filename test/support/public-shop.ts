import { env } from "cloudflare:workers";
import { createAdmin } from "../../workers/admin/app.ts";
import { createGateway } from "../../workers/storefront/app.ts";
import { createCatalogue } from "../../workers/storefront/catalogue.ts";
import { createFrontDoor } from "../../workers/storefront/front-door.ts";
import { createWorkersCache, type SimulatedCache } from "./workers-cache.ts";

export const SHOP_ORIGIN = "https://shop.test";

/**
 * The storefront as main.ts composes it, with the simulated Workers Cache in front of the catalogue and, for the test to
 * be harsher than production, of the gateway as well.
 */
export function publicShop(now: () => number, db: D1Database = env.DB) {
  const cache: SimulatedCache = createWorkersCache(now);
  const catalogue = createCatalogue();
  const admin = createAdmin();
  const gateway = createGateway([]);
  const bindings = {
    ...env,
    DB: db,
    SHOP_ORIGIN,
    ADMIN: {
      fetch: (request: Request) => admin.fetch(request, { ...env, DB: db } as unknown as AdminEnv, context),
    },
  } as unknown as StorefrontEnv;
  const waiting: Promise<unknown>[] = [];
  const context = {
    waitUntil: (promise: Promise<unknown>) => void waiting.push(promise),
    passThroughOnException: () => undefined,
    props: {},
  } as unknown as ExecutionContext;
  const newIsolate = () =>
    createFrontDoor<ExecutionContext>({
      catalogue,
      reachCatalogue: (request) =>
        cache.fetch({
          entrypoint: "Catalogue",
          props: { origin: SHOP_ORIGIN },
          request,
          make: (inner) => catalogue.fetch(inner, bindings, context),
        }),
      gateway: (request) =>
        cache.fetch({
          entrypoint: "default",
          request,
          make: (inner) => gateway.fetch(inner, bindings, context),
        }),
    });
  return {
    cache,
    catalogue,
    gateway,
    admin,
    bindings,
    /** The answer to a visitor who meets an isolate that has kept nothing yet. */
    visit: async (path: string, init: RequestInit = {}) => {
      const answer = await newIsolate()(new Request(`${SHOP_ORIGIN}${path}`, init), bindings, context);
      await Promise.all(waiting.splice(0));
      return answer;
    },
  };
}
