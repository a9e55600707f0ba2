import type { SellableVariant } from "#catalog";
import type { Market, ResolvedPrice, TaxRate } from "#pricing";
import type { DeliveryMethod } from "#shipping";
import type { PriceRequest, PriceTruth } from "../app/ports.ts";
import { MAX_REMEMBERED, PRICE_MEMORY_MS } from "../limits.ts";

/** What a market and a destination have in common for all goods. */
export type PriceTables = {
  readonly taxRates: readonly TaxRate[];
  readonly methods: readonly DeliveryMethod[];
  readonly market: Market;
  readonly importLimitMinor?: number;
};

type Goods = { readonly variant: SellableVariant | undefined; readonly prices: readonly ResolvedPrice[] };
/** Without vouchers and known buyers, which are never remembered. */
export type ReadTruth = PriceTruth & { readonly terms: NonNullable<PriceTruth["terms"]> };
type Asked = { readonly request: PriceRequest; readonly sku: string | undefined };

/**
 * What this isolate has just read of prices, for whatever shows them: carts and the steps of a checkout ask for the same
 * few tables and goods again and again. At most {@link PRICE_MEMORY_MS} old and bounded in number. The till never looks
 * here, and tells what it has read, so a buyer who is told of a new total sees that total from then on.
 */
export class PriceMemory {
  readonly #tables: Shelf<PriceTables>;
  readonly #goods: Shelf<Goods>;
  readonly #skus: Shelf<string>;

  constructor(now: () => number) {
    this.#tables = new Shelf(now);
    this.#goods = new Shelf(now);
    this.#skus = new Shelf(now);
  }

  tables(request: PriceRequest): PriceTables | undefined {
    return this.#tables.get(placeOf(request));
  }

  /** All that was asked for; `undefined` unless every part of it is remembered. */
  goods({
    request,
    sku,
  }: Asked): (Pick<ReadTruth, "variants"> & { prices: readonly ResolvedPrice[] }) | undefined {
    const named = sku === undefined ? undefined : this.#skus.get(sku.toUpperCase());
    if (sku !== undefined && named === undefined) return undefined;
    const ids = new Set(named === undefined ? request.variantIds : [...request.variantIds, named]);
    const variants: SellableVariant[] = [];
    const prices: ResolvedPrice[] = [];
    for (const id of ids) {
      const known = this.#goods.get(`${buyerOf(request)} ${id}`);
      if (!known) return undefined;
      if (known.variant) variants.push(known.variant);
      prices.push(...known.prices);
    }
    return { variants, prices };
  }

  /** Takes over what was asked for at `at`, before the answer came. */
  learn(asked: Asked, truth: ReadTruth, at: number): void {
    const { taxRates, methods, terms, importLimitMinor } = truth;
    const limit = importLimitMinor === undefined ? {} : { importLimitMinor };
    this.#tables.set(placeOf(asked.request), { taxRates, methods, market: terms.market, ...limit }, at);
    this.learnGoods(asked, truth, at);
  }

  /** The same for the goods alone, whose tables were remembered. */
  learnGoods({ request, sku }: Asked, { variants, terms }: ReadTruth, at: number): void {
    const found = sku === undefined ? undefined : soldAs(sku, variants);
    if (sku !== undefined && found) this.#skus.set(sku.toUpperCase(), found.variantId, at);
    const ids = new Set<string>(found ? [...request.variantIds, found.variantId] : request.variantIds);
    for (const id of ids) {
      const variant = variants.find(({ variantId }) => variantId === id);
      const prices = terms.prices.filter(({ variantId }) => variantId === id);
      this.#goods.set(`${buyerOf(request)} ${id}`, { variant, prices }, at);
    }
  }
}

/** The variant that is sold under a SKU (any case): of several the oldest, because ids are sortable by time. */
export function soldAs(sku: string, variants: readonly SellableVariant[]): SellableVariant | undefined {
  const named = variants.filter((row) => row.sku.toUpperCase() === sku.toUpperCase());
  return named.sort((a, b) => (a.variantId < b.variantId ? -1 : 1))[0];
}

const placeOf = ({ marketId = "", country, region = "", postcode = "" }: PriceRequest): string =>
  JSON.stringify([marketId, country, region, postcode]);

const buyerOf = ({ marketId = "", customerGroup = "", locale = "" }: PriceRequest): string =>
  JSON.stringify([marketId, customerGroup, locale]);

type Kept<T> = { readonly value: T; readonly until: number };

/** A bounded map whose entries end by themselves; the one set longest ago goes first. An older reading never overwrites. */
class Shelf<T> {
  readonly #now: () => number;
  readonly #kept = new Map<string, Kept<T>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  get(key: string): T | undefined {
    const kept = this.#kept.get(key);
    return kept && kept.until > this.#now() ? kept.value : undefined;
  }

  set(key: string, value: T, at: number): void {
    const until = at + PRICE_MEMORY_MS;
    if ((this.#kept.get(key)?.until ?? 0) > until) return;
    this.#kept.delete(key);
    this.#kept.set(key, { value, until });
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > MAX_REMEMBERED && !oldest.done) this.#kept.delete(oldest.value);
  }
}
