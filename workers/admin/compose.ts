import type { Context } from "hono";
import type { CatalogModelDesk, CatalogWriter, MediaPorts } from "#catalog";
import { previewKey, PREVIEW_TTL_MS } from "#catalog";
import type { ImportRpc } from "#catalog-import";
import type { ContentStore } from "#content";
import type { StockRpc } from "#inventory";
import { epochMs, invariant, mintId, type EpochMs } from "#kernel";
import type { OrderRpc } from "#orders";
import { isCardProvider, parseProviders, type ProviderName, type WebhookInboxRpc } from "#payments";
import { objectNamespace, platformClock, sha256HexOfBytes } from "#platform";
import { wallClock } from "#shipping";
import type { VoucherDesk, VoucherRpc } from "#vouchers";
import type { WebVariables } from "#web";
import type { AdminPorts } from "../../src/admin/app/ports.ts";
import { createImportDesk } from "../../src/catalog-import/adapters/import-desk.ts";
import { readMappingInput } from "../../src/catalog-import/http/read-mapping.ts";
import { createCustomerDesk } from "../../src/customers/adapters/customer-desk.ts";
import { readCustomerInput } from "../../src/customers/http/admin-routes.ts";
import { createNames } from "../../src/checkout/adapters/names.ts";
import { PRICE_READS } from "../shared/price-reads.ts";
import { SHOP_CURRENCY } from "../shared/shop-currency.ts";
import { taxServiceOf } from "../shared/tax-service.ts";
import { createExportDesk } from "../../src/channels/adapters/export-desk.ts";
import { listMarkets } from "../../src/pricing/adapters/market-rows.ts";
import { siteOrigin } from "../../src/checkout/http/request-parts.ts";
import { createPriceTruth } from "../../src/checkout/adapters/price-truth.ts";
import { createStaffDraftStore } from "../../src/checkout/adapters/staff-draft-table.ts";
import type { StaffDraftPorts } from "../../src/checkout/app/staff-draft-desk.ts";
import { resolveProductOf } from "../../src/pricing/adapters/price-resolver.ts";
import { createTaxDesk } from "../../src/pricing/adapters/tax-desk.ts";
import { taxInputs } from "../../src/pricing/http/tax-schemas.ts";
import { facetDesk } from "../../src/browse/adapters/facet-table.ts";
import { readFacetInput } from "../../src/browse/http/admin-routes.ts";
import { createPriceDesk } from "../../src/pricing/adapters/price-desk.ts";
import { priceInputs } from "../../src/pricing/http/read-inputs.ts";
import { createContentStore } from "../../src/content/adapters/content-store.ts";
import { createMediaLibrary } from "../../src/catalog/adapters/media-library.ts";
import { measurePicture } from "../../src/catalog/adapters/measure-picture.ts";
import { createCatalogStaffReader } from "../../src/catalog/adapters/staff-query.ts";
import { createModelDesk } from "../../src/catalog/adapters/model-desk.ts";
import { createCatalogWriter } from "../../src/catalog/adapters/catalog-writer.ts";
import { variantIdOfSku } from "../../src/catalog/adapters/sku-query.ts";
import { bundleStatements } from "../../src/catalog/adapters/stock-projection.ts";
import { sanitiseHtml } from "../../src/catalog/adapters/html-sanitiser.ts";
import { listDeadLetters } from "../../src/fulfilment/adapters/queries.ts";
import { createBundleTable } from "../../src/inventory/adapters/bundle-table.ts";
import { createLocationTable } from "../../src/inventory/adapters/location-table.ts";
import { createTransferTable } from "../../src/inventory/adapters/transfer-table.ts";
import type { StockDeskPorts } from "../../src/inventory/app/ports.ts";
import { listStockLevels } from "../../src/inventory/adapters/queries.ts";
import { findMail, listMails } from "../../src/notifications/adapters/queries.ts";
import { querySearchReport } from "../../src/search/adapters/report-query.ts";
import { createSynonymDesk } from "../../src/search/adapters/synonym-table.ts";
import { listOrders } from "../../src/orders/adapters/queries.ts";
import { webhookDesk } from "../../src/payments/app/webhook-desk.ts";
import { createVoucherDesk } from "../../src/vouchers/adapters/voucher-desk.ts";

/** The shop's home and time zone; settings of the merchant when they get a page. */
const SHOP_COUNTRY = "DE";
const SHOP_LOCALE = "en-GB";
const SHOP_TIME_ZONE = "Europe/Berlin";
const now = (): EpochMs => epochMs(Date.now());
/** Mails of one order that its page names. */
const MAILS_OF_ORDER = 20;

/** The Hono environment of the back office. */
export type AdminHono = { Bindings: AdminEnv; Variables: WebVariables };

/** The bindings of one request: routers are built once, bindings belong to a request. */
export const envOf = (c: Context): AdminEnv => c.env as AdminEnv;

export const stockNamespace = (env: Pick<AdminEnv, "STOCK">) => objectNamespace<StockRpc>(env.STOCK);
export const orderNamespace = (env: Pick<AdminEnv, "ORDERS">) => objectNamespace<OrderRpc>(env.ORDERS);

/** What staff do with stock. */
export const stockDesk = (env: Pick<AdminEnv, "DB" | "STOCK">): StockDeskPorts => ({
  now: () => platformClock.now(),
  stock: stockNamespace(env),
  locations: createLocationTable(env.DB),
  transfers: createTransferTable(env.DB),
  bundles: createBundleTable(env.DB, (sku) => bundleStatements(env.DB, sku)),
  isInCatalog: async (sku) => (await variantIdOfSku(env.DB, sku)) !== undefined,
});

/** What staff, programs and imports write products with. */
export const catalogWriter = (env: Pick<AdminEnv, "DB">): CatalogWriter =>
  createCatalogWriter(env.DB, { currency: SHOP_CURRENCY, sanitise: sanitiseHtml });

/** The library of pictures. */
export const mediaPorts = (env: Pick<AdminEnv, "DB" | "MEDIA">): MediaPorts => ({
  library: createMediaLibrary(env.DB, env.MEDIA),
  digest: sha256HexOfBytes,
  measure: measurePicture,
  nowMs: now,
});
/** Staff's desk for product types, rules and languages. */
export const modelDesk = (env: Pick<AdminEnv, "DB">): CatalogModelDesk =>
  createModelDesk(env.DB, { sanitise: sanitiseHtml });

export const importDesk = (env: AdminEnv) =>
  createImportDesk({
    db: env.DB,
    files: env.FILES,
    imports: objectNamespace<ImportRpc>(env.IMPORTS),
    shopCurrency: SHOP_CURRENCY,
  });

/** Exports and feeds. */
export function exportDesk(c: Context) {
  const env = envOf(c);
  return createExportDesk({
    db: env.DB,
    files: env.FILES,
    exports: env.EXPORTS,
    origin: siteOrigin(c, env.SHOP_ORIGIN),
    markets: () => listMarkets(env.DB),
    nowMs: now,
  });
}

/** What orders that staff write need: the shop's prices and the order objects. */
export function staffDraftPorts(c: Context): StaffDraftPorts {
  const env = envOf(c);
  return {
    drafts: createStaffDraftStore(env.DB),
    orders: orderNamespace(env),
    prices: createPriceTruth(env.DB, PRICE_READS, { taxService: taxServiceOf(env) }),
    names: createNames(env.SESSION_SECRET),
    markets: async () => (await priceDesk(env).markets()).map(({ market }) => market),
    shop: {
      currency: SHOP_CURRENCY,
      country: SHOP_COUNTRY,
      locale: SHOP_LOCALE,
      ownLocale: SHOP_LOCALE,
      timeZone: SHOP_TIME_ZONE,
    },
    mintDraftId: () => mintId("drf", now()),
    now,
    wallClock: wallClock(SHOP_TIME_ZONE, SHOP_COUNTRY),
  };
}

const resolverOptions = (env: Pick<AdminEnv, "DB">) => ({
  db: env.DB,
  shopCurrency: SHOP_CURRENCY,
  now: () => now(),
});

/** A writer after whose saves the prices that follow are there at once; imports leave them to the cron. */
export function pricingWriter(env: Pick<AdminEnv, "DB">): CatalogWriter {
  const writer = catalogWriter(env);
  return {
    ...writer,
    async saveProduct(input, more) {
      const saved = await writer.saveProduct(input, more);
      if (saved.ok) await resolveProductOf(resolverOptions(env), input.handle);
      return saved;
    },
  };
}

/** Staff's desk for markets and price lists. */
export const priceDesk = (env: Pick<AdminEnv, "DB">) => createPriceDesk(resolverOptions(env));

/** Staff's desk for customers. */
export const customerDesk = (env: Pick<AdminEnv, "DB" | "SESSION_SECRET">) =>
  createCustomerDesk({ db: env.DB, secret: env.SESSION_SECRET, now });

/** Staff's desk for taxes. */
export const taxDesk = (env: Pick<AdminEnv, "DB">) => createTaxDesk(env.DB);

/** Staff's desk for coupons, gift cards and credits. */
export const voucherDesk = (env: AdminEnv): VoucherDesk =>
  createVoucherDesk({
    db: env.DB,
    vouchers: objectNamespace<VoucherRpc>(env.VOUCHERS),
    secret: env.SESSION_SECRET,
  });

/** What the shop takes money through, in the merchant's order. */
export function paymentProviders(env: Pick<AdminEnv, "PAYMENT_PROVIDERS">): readonly ProviderName[] {
  const names = parseProviders(env.PAYMENT_PROVIDERS);
  invariant(names.ok, names.ok ? "" : names.refusal.detail);
  return names.value;
}

/** Who opens payment links. Without one the order itself answers that cards cannot be used. */
export const cardProviderOf = (env: Pick<AdminEnv, "PAYMENT_PROVIDERS">): string =>
  paymentProviders(env).find(isCardProvider) ?? "card";

/** What staff write for the shop. */
export const contentStore = (env: Pick<AdminEnv, "DB">): ContentStore =>
  createContentStore(env.DB, { sanitise: sanitiseHtml, nowMs: now });

/** Everything that the back office's pages read and do. */
export function adminPorts(c: Context): AdminPorts {
  const env = envOf(c);
  const orders = orderNamespace(env);
  return {
    timeZone: SHOP_TIME_ZONE,
    catalog: createCatalogStaffReader(env.DB),
    catalogWriter: pricingWriter(env),
    previewPath: async (handle) =>
      `/preview/${encodeURIComponent(handle)}?key=${await previewKey(env.SESSION_SECRET, handle, now() + PREVIEW_TTL_MS)}`,
    model: modelDesk(env),
    synonyms: createSynonymDesk(env.DB),
    searchReport: (days) => querySearchReport(env.DB, { days, nowMs: now() }),
    stock: stockNamespace(env),
    stockDesk: stockDesk(env),
    orderDesk: orders,
    drafting: staffDraftPorts(c),
    paymentProviders: paymentProviders(env),
    webhooks: webhookDesk(objectNamespace<WebhookInboxRpc>(env.WEBHOOK_INBOX)),
    imports: importDesk(env),
    mappingInput: readMappingInput,
    exports: exportDesk(c),
    vouchers: voucherDesk(env),
    prices: priceDesk(env),
    priceInputs,
    taxes: taxDesk(env),
    taxInputs,
    customers: customerDesk(env),
    readCustomerInput,
    facets: facetDesk(env.DB),
    readFacetInput,
    shopCurrency: SHOP_CURRENCY,
    media: mediaPorts(env),
    content: contentStore(env),
    orders: {
      list: (request) => listOrders(env.DB, request),
      view: (orderId) => orders.getByName(orderId).view(),
      ledger: (orderId) => orders.getByName(orderId).ledger(),
    },
    stockLevels: {
      list: ({ availability, ...request }) =>
        listStockLevels(env.DB, {
          ...request,
          ...(availability === undefined ? {} : { bucket: availability }),
        }),
    },
    mails: {
      list: (request) => listMails(env.DB, request),
      ofOrder: async (orderId) => {
        const page = await listMails(env.DB, { orderId, limit: MAILS_OF_ORDER });
        return page.ok ? page.value.items : [];
      },
      mail: (id) => findMail(env.DB, id),
    },
    deadLetters: { list: (request) => listDeadLetters(env.DB, { ...request, isOpen: true }) },
  };
}
