import type { SellableVariant } from "#catalog";
import type { CustomerTerms } from "#customers";
import { createLogger, readPresent, readTogether, type D1Read } from "#platform";
import {
  ratesWithFallback,
  staleVariants,
  type DestinationTax,
  type Market,
  type ResolvedPrice,
  type TaxProvider,
} from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { BasketFacts, VoucherView } from "#vouchers";
import type { PriceRequest, PriceTruth, PriceTruthPort } from "../app/ports.ts";
import { taxFor } from "../app/tax-for.ts";
import { soldAs, type PriceMemory, type ReadTruth } from "./price-memory.ts";

/** Which variants: those of a list of ids and, if one is named, the one sold under a SKU (any case); and their language. */
type Wanted = { readonly variantIds: readonly string[]; readonly sku?: string; readonly locale?: string };

type WantedPrices = Wanted & {
  readonly marketId: string;
  readonly customerGroup: string;
  readonly customerId: string;
};

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
  ) => D1Read<DestinationTax>;
  readonly customer: (db: D1Database, customerId: string) => D1Read<CustomerTerms | undefined>;
  /** ISO 4217, of the import limit. */
  readonly shopCurrency: string;
  readonly deliveryMethods: (db: D1Database) => D1Read<readonly DeliveryMethod[]>;
  readonly vouchers: (db: D1Database, voucherIds: readonly string[]) => D1Read<readonly VoucherView[]>;
  /** The collections that the products of variants are in. */
  readonly collections: (db: D1Database, variantIds: readonly string[]) => D1Read<BasketFacts["collections"]>;
};

type Known = { readonly asked: PriceRequest; readonly truth: PriceTruth };

/** What one request has read, shared by whatever it shows and its till: what the till reads is what is shown after it. */
export type PriceSession = { known?: Known };

export type PriceTruthOptions = {
  /** What this isolate has just read; without it every request reads for itself. */
  readonly memory?: PriceMemory;
  /** Reads whatever is remembered, and tells the memory and the session. */
  readonly isTill?: boolean;
  /** Without it, the one that is made here knows nothing of others. */
  readonly session?: PriceSession;
  /** Says the rates of the countries that it covers; absent: the shop's own table everywhere. */
  readonly taxService?: TaxProvider | undefined;
};

/**
 * The price truth from D1, one batch a read; a cart without codes asks for no more than its prices. Made once per
 * request: a request that asks again for what it has just read gets the same answer without a second round trip, so one
 * request never shows two prices. A price that was worked out from another base price, or whose list has begun or ended
 * since, is never used: it is worked out again and read once more.
 */
export function createPriceTruth(
  db: D1Database,
  reads: PriceReads,
  options: PriceTruthOptions = {},
): PriceTruthPort {
  const source: Source = { db, reads, ...options };
  const { session = {}, isTill = false } = options;
  return {
    async read(wanted) {
      const request = narrowed(source, wanted);
      const { known } = session;
      if (known && !isTill && covers(known.asked, request)) return known.truth;
      const truth = await readTruth(source, request);
      session.known = { asked: request, truth };
      return truth;
    },

    async variantOfSku(sku, wanted) {
      const beside = narrowed(source, wanted);
      const truth = await readTruth(source, beside, sku);
      const found = soldAs(sku, truth.variants);
      session.known = { truth, asked: withVariant(beside, found) };
      return found;
    },
  };
}

type Source = { readonly db: D1Database; readonly reads: PriceReads } & PriceTruthOptions;

async function readTruth(source: Source, request: PriceRequest, sku?: string): Promise<PriceTruth> {
  const { db, reads } = source;
  const remembered = await recall(source, request, sku);
  if (remembered && staleVariants(remembered.variants, remembered.terms, reads.now()).length === 0)
    return remembered;
  const truth = await readOnce(source, request, sku);
  const stale = staleVariants(truth.variants, truth.terms, reads.now());
  if (stale.length === 0) return truth;
  await reads.refreshPrices(db, stale);
  return readOnce(source, request, sku);
}

/** Without the postcode where nobody asks for it, so that what was read for one address serves the next. */
function narrowed({ taxService }: Source, request: PriceRequest): PriceRequest {
  if (request.postcode === undefined || taxService?.covers(request.country)) return request;
  const { postcode: _nobodys, ...rest } = request;
  return rest;
}

/** The rates of a tax service where there is one, and else, or when it is down, those of the table. */
async function taxOf(
  { taxService }: Source,
  { country, region = "", postcode = "" }: PriceRequest,
  tax: DestinationTax,
): Promise<DestinationTax> {
  if (!taxService) return tax;
  const place = { country, region, postcode };
  const { rates, trouble } = await ratesWithFallback(taxService, place, () => Promise.resolve(tax.rates));
  if (trouble !== undefined)
    createLogger("tax").warn("tax.service_down", { country, region, reason: trouble });
  return { ...tax, rates };
}

/** From the memory, or its tables with goods that are read; `undefined` when the tables have to be read. */
async function recall(
  { db, reads, memory, isTill = false }: Source,
  request: PriceRequest,
  sku: string | undefined,
): Promise<ReadTruth | undefined> {
  if (!memory || isTill || request.voucherIds?.length || isKnownBuyer(request)) return undefined;
  const tables = memory.tables(request);
  if (!tables) return undefined;
  const { market, ...places } = tables;
  const whole = ({ variants, prices }: NonNullable<ReturnType<PriceMemory["goods"]>>): ReadTruth => ({
    ...places,
    variants,
    terms: { market, prices },
  });
  const goods = memory.goods({ request, sku });
  if (goods) return whole(goods);
  const at = reads.now();
  const wanted = wantedOf(request, sku);
  const [variants, prices] = await readTogether(db, [
    reads.variants(db, wanted),
    reads.prices(db, pricesOf(request, wanted)),
  ]);
  const truth = whole({ variants, prices });
  memory.learnGoods({ request, sku }, truth, at);
  return truth;
}

const wantedOf = ({ variantIds, locale }: PriceRequest, sku: string | undefined): Wanted => ({
  variantIds: [...new Set(variantIds)],
  ...(sku === undefined ? {} : { sku }),
  ...(locale === undefined ? {} : { locale }),
});

const pricesOf = (request: PriceRequest, wanted: Wanted): WantedPrices => {
  const { marketId = "", customerGroup = "", customerId = "" } = request;
  return { ...wanted, marketId, customerGroup, customerId };
};

/** What one buyer pays is never remembered for others. */
const isKnownBuyer = ({ customerId = "" }: PriceRequest): boolean => customerId !== "";

async function readOnce(source: Source, request: PriceRequest, sku: string | undefined): Promise<ReadTruth> {
  const { country, voucherIds = [], marketId = "", region = "", customerId = "" } = request;
  const { db, reads, memory } = source;
  const at = reads.now();
  const wanted = wantedOf(request, sku);
  const hasVouchers = voucherIds.length > 0;
  const { table, customer, market, prices, variants, methods, vouchers, collections } = await readPresent(
    db,
    {
      table: reads.taxRates(db, { country, region, atMs: at }),
      methods: reads.deliveryMethods(db),
      variants: reads.variants(db, wanted),
      market: reads.market(db, marketId),
      prices: reads.prices(db, pricesOf(request, wanted)),
      customer: isKnownBuyer(request) ? reads.customer(db, customerId) : undefined,
      vouchers: hasVouchers ? reads.vouchers(db, voucherIds) : undefined,
      collections: hasVouchers ? reads.collections(db, wanted.variantIds) : undefined,
    },
  );
  const { shopCurrency } = reads;
  const tax = await taxOf(source, request, table);
  const { taxOff, ...taxed } = taxFor({ tax, customer, market, methods, country, shopCurrency });
  const truth = {
    ...taxed,
    variants,
    terms: { market, prices, ...(taxOff ? { taxOff } : {}) },
    ...(customer ? { customer } : {}),
    ...(vouchers && collections ? { vouchers, collections } : {}),
  };
  if (!hasVouchers && !isKnownBuyer(request)) memory?.learn({ request, sku }, truth, at);
  return truth;
}

/** Whether the answer to one question holds the answer to another. */
const covers = (asked: PriceRequest, wanted: PriceRequest): boolean =>
  asked.country === wanted.country &&
  asked.region === wanted.region &&
  asked.postcode === wanted.postcode &&
  asked.marketId === wanted.marketId &&
  asked.customerGroup === wanted.customerGroup &&
  asked.customerId === wanted.customerId &&
  asked.locale === wanted.locale &&
  wanted.variantIds.every((id) => asked.variantIds.includes(id)) &&
  (wanted.voucherIds ?? []).every((id) => asked.voucherIds?.includes(id));

/** With vouchers it does not count as read: its collections were not. */
const withVariant = (request: PriceRequest, variant: SellableVariant | undefined): PriceRequest =>
  variant && !request.voucherIds?.length
    ? { ...request, variantIds: [...request.variantIds, variant.variantId] }
    : request;
