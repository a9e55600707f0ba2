import { Hono } from "hono";
import type { WebhookInboxRpc } from "#payments";
import { objectNamespace } from "#platform";
import type { WebEnv } from "#web";
import { facetDesk } from "../../src/browse/adapters/facet-table.ts";
import { createFacetAdminApi } from "../../src/browse/http/admin-routes.ts";
import { createImportAdminApi } from "../../src/catalog-import/http/admin-routes.ts";
import { createCatalogStaffReader } from "../../src/catalog/adapters/staff-query.ts";
import { createCatalogAdminApi } from "../../src/catalog/http/admin-routes.ts";
import { createContentAdminApi } from "../../src/content/http/admin-routes.ts";
import { createCatalogExporter } from "../../src/catalog/adapters/export-query.ts";
import { createExportApi } from "../../src/catalog/http/export-routes.ts";
import { createExportJobApi } from "../../src/channels/http/admin-routes.ts";
import { createMediaAdminApi } from "../../src/catalog/http/media-admin-routes.ts";
import { createModelAdminApi } from "../../src/catalog/http/model-routes.ts";
import { siteOrigin } from "../../src/checkout/http/request-parts.ts";
import { createCustomerApi } from "../../src/customers/http/admin-routes.ts";
import { createStaffDraftApi } from "../../src/checkout/http/staff-draft-api.ts";
import { createStockAdminApi } from "../../src/inventory/http/admin-routes.ts";
import { listOrders } from "../../src/orders/adapters/queries.ts";
import { createOrderAdminApi } from "../../src/orders/http/admin-routes.ts";
import { createPaymentAdminApi } from "../../src/payments/http/admin-routes.ts";
import { createPriceListApi } from "../../src/pricing/http/price-list-routes.ts";
import { createTaxApi } from "../../src/pricing/http/tax-routes.ts";
import {
  listDeliveryMethods,
  saveDeliveryMethod,
} from "../../src/shipping/adapters/delivery-methods-write.ts";
import { createReconciliationAdminApi } from "../../src/reconciliation/http/admin-routes.ts";
import { querySearchReport } from "../../src/search/adapters/report-query.ts";
import { createSynonymDesk } from "../../src/search/adapters/synonym-table.ts";
import { createSearchAdminApi } from "../../src/search/http/admin-routes.ts";
import { createShippingAdminApi } from "../../src/shipping/http/admin-routes.ts";
import { createVoucherAdminApi } from "../../src/vouchers/http/admin-routes.ts";
import {
  cardProviderOf,
  contentStore,
  customerDesk,
  envOf,
  exportDesk,
  importDesk,
  mediaPorts,
  modelDesk,
  orderNamespace,
  priceDesk,
  pricingWriter,
  staffDraftPorts,
  stockDesk,
  taxDesk,
  voucherDesk,
} from "./compose.ts";
import { orderEdits } from "./order-edits.ts";
import { reconciliationDesk } from "./reconciliation.ts";

/** The admin API as one router below /admin/api; the OpenAPI document is made from it. */
export const adminApi = new Hono<WebEnv>()
  .route("/", createImportAdminApi({ desk: (c) => importDesk(envOf(c)) }))
  .route(
    "/",
    createCatalogAdminApi({
      reader: (c) => createCatalogStaffReader(envOf(c).DB),
      writer: (c) => pricingWriter(envOf(c)),
      bucket: (c) => envOf(c).MEDIA,
    }),
  )
  .route(
    "/",
    createExportApi({
      exporter: (c) => createCatalogExporter(envOf(c).DB),
      origin: (c) => siteOrigin(c, envOf(c).SHOP_ORIGIN),
    }),
  )
  .route("/", createExportJobApi({ desk: exportDesk }))
  .route("/", createMediaAdminApi({ media: (c) => mediaPorts(envOf(c)) }))
  .route("/", createContentAdminApi({ store: (c) => contentStore(envOf(c)) }))
  .route("/", createFacetAdminApi({ desk: (c) => facetDesk(envOf(c).DB) }))
  .route(
    "/",
    createSearchAdminApi({
      synonyms: (c) => createSynonymDesk(envOf(c).DB),
      report: (c) => (days) => querySearchReport(envOf(c).DB, { days, nowMs: Date.now() }),
    }),
  )
  .route("/", createModelAdminApi({ desk: (c) => modelDesk(envOf(c)) }))
  .route("/", createReconciliationAdminApi({ desk: reconciliationDesk }))
  .route(
    "/",
    createPaymentAdminApi({ inbox: (c) => objectNamespace<WebhookInboxRpc>(envOf(c).WEBHOOK_INBOX) }),
  )
  .route("/", createVoucherAdminApi({ desk: (c) => voucherDesk(envOf(c)) }))
  .route("/", createStockAdminApi({ desk: (c) => stockDesk(envOf(c)) }))
  .route(
    "/",
    createOrderAdminApi({
      orders: (c) => orderNamespace(envOf(c)),
      list: (c, request) => listOrders(envOf(c).DB, request),
      ...orderEdits,
    }),
  )
  .route(
    "/",
    createStaffDraftApi({
      portsOf: staffDraftPorts,
      actorOf: () => "staff:development",
      shopOrigin: (c) => siteOrigin(c, envOf(c).SHOP_ORIGIN),
      cardProvider: (c) => cardProviderOf(envOf(c)),
    }),
  )
  .route(
    "/",
    createShippingAdminApi({
      save: (c, method) => saveDeliveryMethod(envOf(c).DB, method),
      list: (c) => listDeliveryMethods(envOf(c).DB),
    }),
  )
  .route("/", createPriceListApi({ desk: (c) => priceDesk(envOf(c)) }))
  .route(
    "/",
    createCustomerApi({
      desk: (c) => customerDesk(envOf(c)),
      origin: (c) => siteOrigin(c, envOf(c).SHOP_ORIGIN),
    }),
  )
  .route("/", createTaxApi({ desk: (c) => taxDesk(envOf(c)) }));
