import { membershipsRead } from "../../src/catalog/adapters/membership-read.ts";
import { sellableRead } from "../../src/catalog/adapters/sellable-query.ts";
import type { PriceReads } from "../../src/checkout/adapters/price-truth.ts";
import { customerTermsRead } from "../../src/customers/adapters/customer-rows.ts";
import { marketRead } from "../../src/pricing/adapters/market-rows.ts";
import { resolveVariants } from "../../src/pricing/adapters/price-resolver.ts";
import { resolvedPricesRead } from "../../src/pricing/adapters/resolved-read.ts";
import { taxRatesRead } from "../../src/pricing/adapters/tax-rates-read.ts";
import { deliveryMethodsRead } from "../../src/shipping/adapters/delivery-methods-read.ts";
import { vouchersRead } from "../../src/vouchers/adapters/vouchers-read.ts";
import { SHOP_CURRENCY } from "./shop-currency.ts";

/** The reads behind every price that is shown or charged, the same for all Workers. */
export const PRICE_READS: PriceReads = {
  variants: sellableRead,
  market: marketRead,
  prices: resolvedPricesRead,
  refreshPrices: (db, variantIds) =>
    resolveVariants({ db, shopCurrency: SHOP_CURRENCY, now: Date.now }, variantIds),
  customer: customerTermsRead,
  shopCurrency: SHOP_CURRENCY,
  now: Date.now,
  taxRates: taxRatesRead,
  deliveryMethods: deliveryMethodsRead,
  vouchers: vouchersRead,
  collections: membershipsRead,
};
