import type { SellableVariant } from "#catalog";
import { readTogether, type D1Read } from "#platform";
import type { TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { BasketFacts, VoucherView } from "#vouchers";
import type { PriceRequest, PriceTruth, PriceTruthPort } from "../app/ports.ts";

/** Which variants: those of a list of ids and, if one is named, the one sold under a SKU (any case). */
type Wanted = { readonly variantIds: readonly string[]; readonly sku?: string };

/** The reads of the modules that own the tables; the Worker's composition root passes them in. */
export type PriceReads = {
  /** At most 50 variants, the most a cart holds, and the one of the SKU. */
  readonly variants: (db: D1Database, wanted: Wanted) => D1Read<readonly SellableVariant[]>;
  readonly taxRates: (db: D1Database, country: string) => D1Read<readonly TaxRate[]>;
  readonly deliveryMethods: (db: D1Database) => D1Read<readonly DeliveryMethod[]>;
  readonly vouchers: (db: D1Database, voucherIds: readonly string[]) => D1Read<readonly VoucherView[]>;
  /** The collections that the products of variants are in. */
  readonly collections: (db: D1Database, variantIds: readonly string[]) => D1Read<BasketFacts["collections"]>;
};

type Known = { readonly asked: PriceRequest; readonly truth: PriceTruth };

/**
 * The price truth from D1, one batch a read; a cart without codes asks for no more than its prices. Made once per
 * request: a request that asks again for what it has just read gets the same answer without a second round trip, so one
 * request never shows two prices.
 */
export function createPriceTruth(db: D1Database, reads: PriceReads): PriceTruthPort {
  let known: Known | undefined;
  return {
    async read(request) {
      if (!known || !covers(known.asked, request))
        known = { asked: request, truth: await readTruth({ db, reads }, request) };
      return known.truth;
    },

    async variantOfSku(sku, beside) {
      const truth = await readTruth({ db, reads }, beside, sku);
      const found = oldestOf(sku, truth.variants);
      known = { truth, asked: withVariant(beside, found) };
      return found;
    },
  };
}

type Source = { readonly db: D1Database; readonly reads: PriceReads };

async function readTruth(
  { db, reads }: Source,
  { variantIds, country, voucherIds = [] }: PriceRequest,
  sku?: string,
): Promise<PriceTruth> {
  const ids = [...new Set(variantIds)];
  const wanted = { variantIds: ids, ...(sku === undefined ? {} : { sku }) };
  const prices = [
    reads.taxRates(db, country),
    reads.deliveryMethods(db),
    reads.variants(db, wanted),
  ] as const;
  if (voucherIds.length === 0) {
    const [taxRates, methods, variants] = await readTogether(db, prices);
    return { taxRates, methods, variants };
  }
  const discounts = [reads.vouchers(db, voucherIds), reads.collections(db, ids)] as const;
  const [taxRates, methods, variants, vouchers, collections] = await readTogether(db, [
    ...prices,
    ...discounts,
  ]);
  return { taxRates, methods, variants, vouchers, collections };
}

/** Whether the answer to one question holds the answer to another. */
const covers = (asked: PriceRequest, wanted: PriceRequest): boolean =>
  asked.country === wanted.country &&
  wanted.variantIds.every((id) => asked.variantIds.includes(id)) &&
  (wanted.voucherIds ?? []).every((id) => asked.voucherIds?.includes(id));

/** With vouchers it does not count as read: its collections were not. */
const withVariant = (request: PriceRequest, variant: SellableVariant | undefined): PriceRequest =>
  variant && !request.voucherIds?.length
    ? { ...request, variantIds: [...request.variantIds, variant.variantId] }
    : request;

/** Ids are sortable by time. */
function oldestOf(sku: string, variants: readonly SellableVariant[]): SellableVariant | undefined {
  const named = variants.filter((row) => row.sku.toUpperCase() === sku.toUpperCase());
  return named.sort((a, b) => (a.variantId < b.variantId ? -1 : 1))[0];
}
