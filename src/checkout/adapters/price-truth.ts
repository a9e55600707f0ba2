import type { SellableVariant } from "#catalog";
import { readTogether, type D1Read } from "#platform";
import { staleVariants, type Market, type ResolvedPrice, type TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { BasketFacts, VoucherView } from "#vouchers";
import type { PriceRequest, PriceTruth, PriceTruthPort } from "../app/ports.ts";

/** Which variants: those of a list of ids and, if one is named, the one sold under a SKU (any case). */
type Wanted = { readonly variantIds: readonly string[]; readonly sku?: string };

type WantedPrices = Wanted & { readonly marketId: string; readonly customerGroup: string };

/** The reads of the modules that own the tables; the Worker's composition root passes them in. */
export type PriceReads = {
  /** At most 50 variants, the most a cart holds, and the one of the SKU. */
  readonly variants: (db: D1Database, wanted: Wanted) => D1Read<readonly SellableVariant[]>;
  /** The market of this id, else the default one. */
  readonly market: (db: D1Database, marketId: string) => D1Read<Market>;
  readonly prices: (db: D1Database, wanted: WantedPrices) => D1Read<readonly ResolvedPrice[]>;
  /** Works out prices that a read found stale, and writes them. */
  readonly refreshPrices: (db: D1Database, variantIds: readonly string[]) => Promise<void>;
  readonly now: () => number;
  readonly taxRates: (
    db: D1Database,
    destination: { readonly country: string; readonly region: string; readonly atMs: number },
  ) => D1Read<readonly TaxRate[]>;
  readonly deliveryMethods: (db: D1Database) => D1Read<readonly DeliveryMethod[]>;
  readonly vouchers: (db: D1Database, voucherIds: readonly string[]) => D1Read<readonly VoucherView[]>;
  /** The collections that the products of variants are in. */
  readonly collections: (db: D1Database, variantIds: readonly string[]) => D1Read<BasketFacts["collections"]>;
};

type Known = { readonly asked: PriceRequest; readonly truth: PriceTruth };

/**
 * The price truth from D1, one batch a read; a cart without codes asks for no more than its prices. Made once per
 * request: a request that asks again for what it has just read gets the same answer without a second round trip, so one
 * request never shows two prices. A price that was worked out from another base price, or whose list has begun or ended
 * since, is never used: it is worked out again and read once more.
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

async function readTruth(source: Source, request: PriceRequest, sku?: string): Promise<PriceTruth> {
  const truth = await readOnce(source, request, sku);
  const { db, reads } = source;
  const stale = staleVariants(truth.variants, truth.terms, reads.now());
  if (stale.length === 0) return truth;
  await reads.refreshPrices(db, stale);
  return readOnce(source, request, sku);
}

type ReadTruth = PriceTruth & { readonly terms: NonNullable<PriceTruth["terms"]> };

async function readOnce(
  { db, reads }: Source,
  { variantIds, country, voucherIds = [], marketId = "", customerGroup = "", region = "" }: PriceRequest,
  sku: string | undefined,
): Promise<ReadTruth> {
  const ids = [...new Set(variantIds)];
  const wanted = { variantIds: ids, ...(sku === undefined ? {} : { sku }) };
  const base = [
    reads.taxRates(db, { country, region, atMs: reads.now() }),
    reads.deliveryMethods(db),
    reads.variants(db, wanted),
    reads.market(db, marketId),
    reads.prices(db, { ...wanted, marketId, customerGroup }),
  ] as const;
  if (voucherIds.length === 0) {
    const [taxRates, methods, variants, market, prices] = await readTogether(db, base);
    return { taxRates, methods, variants, terms: { market, prices } };
  }
  const discounts = [reads.vouchers(db, voucherIds), reads.collections(db, ids)] as const;
  const [taxRates, methods, variants, market, prices, vouchers, collections] = await readTogether(db, [
    ...base,
    ...discounts,
  ]);
  return { taxRates, methods, variants, terms: { market, prices }, vouchers, collections };
}

/** Whether the answer to one question holds the answer to another. */
const covers = (asked: PriceRequest, wanted: PriceRequest): boolean =>
  asked.country === wanted.country &&
  asked.region === wanted.region &&
  asked.marketId === wanted.marketId &&
  asked.customerGroup === wanted.customerGroup &&
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
