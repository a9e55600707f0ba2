import type { SellableVariant } from "#catalog";
import { readTogether, type D1Read } from "#platform";
import type { TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { BasketFacts, VoucherView } from "#vouchers";
import type { PriceTruthPort } from "../app/ports.ts";

/** The reads of the modules that own the tables; the Worker's composition root passes them in. */
export type PriceReads = {
  /** At most 50 variants, the most a cart holds. */
  readonly sellable: (variantIds: readonly string[]) => Promise<readonly SellableVariant[]>;
  readonly variantIdOfSku: (sku: string) => Promise<string | undefined>;
  readonly taxRates: (db: D1Database, country: string) => D1Read<readonly TaxRate[]>;
  readonly deliveryMethods: (db: D1Database) => D1Read<readonly DeliveryMethod[]>;
  readonly vouchers: (db: D1Database, voucherIds: readonly string[]) => D1Read<readonly VoucherView[]>;
  /** The collections that the products of variants are in. */
  readonly collections: (db: D1Database, variantIds: readonly string[]) => D1Read<BasketFacts["collections"]>;
};

/**
 * The price truth from D1: variants beside one batch of tax, delivery and, for a cart with codes, vouchers, so that the
 * wait is one round trip and a cart without codes asks for no more than its prices.
 */
export const createPriceTruth = (db: D1Database, reads: PriceReads): PriceTruthPort => ({
  async read({ variantIds, country, voucherIds = [] }) {
    const common = [reads.taxRates(db, country), reads.deliveryMethods(db)] as const;
    const variants = variantIds.length === 0 ? [] : reads.sellable([...new Set(variantIds)]);
    if (voucherIds.length === 0) {
      const [found, [taxRates, methods]] = await Promise.all([variants, readTogether(db, common)]);
      return { variants: found, taxRates, methods };
    }
    const [found, [taxRates, methods, vouchers, collections]] = await Promise.all([
      variants,
      readTogether(db, [...common, reads.vouchers(db, voucherIds), reads.collections(db, variantIds)]),
    ]);
    return { variants: found, taxRates, methods, vouchers, collections };
  },

  async variantOfSku(sku) {
    const variantId = await reads.variantIdOfSku(sku);
    return variantId === undefined ? undefined : (await reads.sellable([variantId]))[0];
  },
});
