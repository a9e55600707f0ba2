import { env } from "cloudflare:workers";
import { createPageCache } from "#storefront";
import { paymentOrigins } from "../../src/payments/adapters/create-providers.ts";
import { createStorefront } from "./app.ts";

export { RecentlyViewedObject } from "../../durable-objects/recently-viewed/recently-viewed-object.ts";
export { CartObject } from "./cart-object.ts";
export { GateObject } from "./gate-object.ts";
export { OrderObject } from "./order-object.ts";
export { StockObject, StockShardObject } from "./stock-object.ts";
export { VoucherObject } from "./voucher-object.ts";
export { WebhookInboxObject } from "./webhook-inbox-object.ts";

// Bindings may be read at start-up; the type of the global environment does not know which Worker this is.
const app = createStorefront(paymentOrigins(env as unknown as StorefrontEnv));
// Per isolate and bounded; holds public pages only, the same bytes for everybody.
const pages = createPageCache<StorefrontEnv, ExecutionContext>({
  render: (request, bindings, context) => app.fetch(request, bindings, context),
});

/** A kept page is answered before any router runs; everything else goes through the gateway. */
export default {
  fetch: (request, bindings, context) =>
    pages.servePublicPage(request, bindings, context) ?? app.fetch(request, bindings, context),
} satisfies ExportedHandler<StorefrontEnv>;
