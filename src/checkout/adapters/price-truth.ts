import type { SellableVariant } from "#catalog";
import { readTogether, type D1Read } from "#platform";
import type { TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { PriceTruthPort } from "../app/ports.ts";

/** The reads of the modules that own the tables; the Worker's composition root passes them in. */
export type PriceReads = {
  /** At most 50 variants, the most a cart holds. */
  readonly sellable: (variantIds: readonly string[]) => Promise<readonly SellableVariant[]>;
  readonly variantIdOfSku: (sku: string) => Promise<string | undefined>;
  readonly taxRates: (db: D1Database, country: string) => D1Read<readonly TaxRate[]>;
  readonly deliveryMethods: (db: D1Database) => D1Read<readonly DeliveryMethod[]>;
};

/** The price truth from D1: variants beside one batch of tax and delivery, so that the wait is one round trip. */
export const createPriceTruth = (db: D1Database, reads: PriceReads): PriceTruthPort => ({
  async read({ variantIds, country }) {
    const [variants, [taxRates, methods]] = await Promise.all([
      variantIds.length === 0 ? [] : reads.sellable([...new Set(variantIds)]),
      readTogether(db, [reads.taxRates(db, country), reads.deliveryMethods(db)]),
    ]);
    return { variants, taxRates, methods };
  },

  async variantOfSku(sku) {
    const variantId = await reads.variantIdOfSku(sku);
    return variantId === undefined ? undefined : (await reads.sellable([variantId]))[0];
  },
});
