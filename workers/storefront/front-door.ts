import type { Hono } from "hono";
import { createPageCache } from "#storefront";
import { publicPathsOf } from "./catalogue.ts";
import type { StorefrontHono } from "./storefront-env.ts";

type Call<Context> = (request: Request, env: StorefrontEnv, context: Context) => Response | Promise<Response>;

export type FrontDoorOptions<Context> = {
  /** Its routes tell which addresses are public. */
  readonly catalogue: Hono<StorefrontHono>;
  /** Gets an answer of the catalogue, through whatever cache stands in front of it. */
  readonly reachCatalogue: Call<Context>;
  readonly gateway: Call<Context>;
};

/**
 * The first thing that a request meets: a kept page is answered before any router runs, an address of the catalogue goes
 * to the catalogue with nothing about who asks, everything else goes through the gateway.
 */
export function createFrontDoor<Context extends { waitUntil(promise: Promise<unknown>): void }>(
  options: FrontDoorOptions<Context>,
): Call<Context> {
  // Per isolate and bounded; holds public pages only, the same bytes for everybody.
  const pages = createPageCache<StorefrontEnv, Context>({
    isPublicPath: publicPathsOf(options.catalogue),
    render: options.reachCatalogue,
  });
  return (request, env, context) =>
    pages.servePublicPage(request, env, context) ?? options.gateway(request, env, context);
}
