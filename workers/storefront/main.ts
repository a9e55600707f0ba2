import { env, WorkerEntrypoint } from "cloudflare:workers";
import type { PurgeTarget } from "#edge-cache";
import { paymentOrigins } from "../../src/payments/adapters/create-providers.ts";
import { createGateway } from "./app.ts";
import { createCatalogue } from "./catalogue.ts";
import { createFrontDoor } from "./front-door.ts";

export { RecentlyViewedObject } from "../../durable-objects/recently-viewed/recently-viewed-object.ts";
export { CartObject } from "./cart-object.ts";
export { CatalogIndexObject } from "./catalog-index-object.ts";
export { GateObject } from "./gate-object.ts";
export { PurgeObject } from "./purge-object.ts";
export { OrderObject } from "./order-object.ts";
export { StockObject, StockShardObject } from "./stock-object.ts";
export { VoucherObject } from "./voucher-object.ts";
export { WebhookInboxObject } from "./webhook-inbox-object.ts";

// Bindings may be read at start-up; the type of the global environment does not know which Worker this is.
const gateway = createGateway(paymentOrigins(env as unknown as StorefrontEnv));
const catalogue = createCatalogue();

/**
 * What is part of the key of Cloudflare's cache beside path and parameters. Its key has no host, and pages name their own
 * address, so the origin must be here: two hosts would share pages otherwise.
 */
export type CatalogueProps = { readonly origin: string };

/**
 * The catalogue behind Cloudflare's cache (wrangler.toml switches it on for this entrypoint alone). It is reached through
 * the gateway only, with requests that carry an address and nothing else. On a developer's machine there is no such cache,
 * and every call comes through.
 */
export class Catalogue extends WorkerEntrypoint<StorefrontEnv, CatalogueProps> implements PurgeTarget {
  override fetch(request: Request): Response | Promise<Response> {
    return catalogue.fetch(request, this.env, this.ctx);
  }

  /** Takes everything with one of these tags out of the cache of this entrypoint; nobody else can. */
  async purgeTags(tags: readonly string[]): Promise<void> {
    const result = await this.ctx.cache?.purge({ tags: [...tags] });
    if (result?.success === false)
      throw new Error(`The cache was not purged: ${result.errors.map(({ message }) => message).join("; ")}`);
  }
}

type CatalogueEntrance = (options: { readonly props: CatalogueProps }) => Fetcher;

const frontDoor = createFrontDoor<ExecutionContext>({
  catalogue,
  gateway: (request, bindings, context) => gateway.fetch(request, bindings, context),
  reachCatalogue: (request, bindings, context) => {
    // Named after the class above; the type of the exports does not know which Worker this is.
    const entrance = (context.exports as unknown as { readonly Catalogue: CatalogueEntrance }).Catalogue;
    const origin = bindings.SHOP_ORIGIN || new URL(request.url).origin;
    return entrance({ props: { origin } }).fetch(request);
  },
});

export default { fetch: frontDoor } satisfies ExportedHandler<StorefrontEnv>;
