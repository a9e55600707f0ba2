import { createPageCache } from "#storefront";
import { createStorefront } from "./app.ts";

export { CartObject } from "./cart-object.ts";
export { OrderObject } from "./order-object.ts";
export { StockObject } from "./stock-object.ts";

const app = createStorefront();
// Per isolate and bounded; holds public pages only, the same bytes for everybody.
const pages = createPageCache<StorefrontEnv, ExecutionContext>({
  render: (request, env, context) => app.fetch(request, env, context),
});

/** A kept page is answered before any router runs; everything else goes through the gateway. */
export default {
  fetch: (request, env, context) =>
    pages.servePublicPage(request, env, context) ?? app.fetch(request, env, context),
} satisfies ExportedHandler<StorefrontEnv>;
