/**
 * The Worker that `*.workerd.test.ts` files run in. It exports every Durable Object class of the shop so that a test
 * can reach it through `env` from "cloudflare:workers"; wrangler.workerd.toml beside it names the bindings.
 * To add a class: export it here, one line each.
 */
export { SandboxLedgerObject, SandboxPaymentObject } from "../../workers/payment-sandbox/main.ts";
export { ProbeObject } from "./probe-object.ts";
export { StockObject, StockShardObject } from "../../workers/storefront/stock-object.ts";
export { WebhookInboxObject } from "../../workers/storefront/webhook-inbox-object.ts";
export { CatalogIndexObject } from "./test-catalog-index-object.ts";
export { CartObject } from "../../workers/storefront/cart-object.ts";
export { VoucherObject } from "../../workers/storefront/voucher-object.ts";
export { ParcelObject } from "../../durable-objects/parcel/parcel-object.ts";
export { TrainingObject } from "../../workers/fulfilment/training-object.ts";
export { RecentlyViewedObject } from "../../durable-objects/recently-viewed/recently-viewed-object.ts";
export { PurgeObject } from "./test-purge-object.ts";
export { GateObject } from "./test-gate-object.ts";
export { OrderObject } from "./test-order-object.ts";
export { ExportObject } from "../../workers/admin/export-object.ts";
export { ImportObject } from "./test-import-object.ts";

export default {
  fetch: (): Response => new Response("This Worker only hosts the tests.", { status: 404 }),
} satisfies ExportedHandler;
