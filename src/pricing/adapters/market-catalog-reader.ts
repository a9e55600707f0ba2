import type { CatalogReader, ProductCard, ProductView, VariantView } from "#catalog";
import { ok, type Result } from "#kernel";
import type { D1Reader } from "#platform";
import { marketBaseMinor, type Market } from "../domain/market.ts";
import { priceFor, staleVariants, stepsOf, type ResolvedPrice } from "../domain/price-for.ts";
import { productPricesRead } from "./resolved-read.ts";

export type MarketReaderOptions = {
  readonly reader: CatalogReader;
  readonly db: D1Reader;
  /** Where prices that were just worked out are read again: a replica may not have them yet. Default: `db`. */
  readonly primary?: D1Reader;
  readonly market: Market;
  /** Of names and texts, where somebody has translated them; absent for the shop's own. */
  readonly locale?: string;
  readonly shopCurrency: string;
  /** Works prices out again that a page found stale. */
  readonly refresh: (variantIds: readonly string[]) => Promise<void>;
  readonly now: () => number;
};

/**
 * The catalogue at a market's prices for everybody: cards, product pages and their steps by quantity. The default
 * market's cards stand in the catalogue already. What is not worked out yet is shown at what it will be: the base price
 * of the market.
 */
export function createMarketCatalogReader(options: MarketReaderOptions): CatalogReader {
  const { reader } = options;
  const inLocale = options.locale === undefined ? {} : { locale: options.locale };
  const cards = (items: readonly ProductCard[]) => priceCards(options, items);
  return {
    ...reader,
    async product(handle, asked) {
      const [found, prices] = await Promise.all([
        reader.product(handle, { ...inLocale, ...asked }),
        readPrices(options, handle),
      ]);
      return found.ok ? ok(await priceProduct(options, found.value, prices)) : found;
    },
    products: async (request) =>
      mapped(await reader.products({ ...inLocale, ...request }), pagePriced(cards)),
    collection: (handle, asked) => reader.collection(handle, { ...inLocale, ...asked }),
    collections: (request) => reader.collections({ ...inLocale, ...request }),
    collectionPage: async (request) =>
      mapped(await reader.collectionPage({ ...inLocale, ...request }), async (found) => ({
        ...found,
        page: await pagePriced(cards)(found.page),
      })),
  };
}

async function mapped<T, R>(result: Result<T, R>, map: (value: T) => Promise<T>): Promise<Result<T, R>> {
  return result.ok ? ok(await map(result.value)) : result;
}

type PricedCards = (items: readonly ProductCard[]) => Promise<readonly ProductCard[]>;

const pagePriced =
  (cards: PricedCards) =>
  async <Page extends { readonly items: readonly ProductCard[] }>(page: Page): Promise<Page> => ({
    ...page,
    items: await cards(page.items),
  });

async function readPrices(
  { db, market }: MarketReaderOptions,
  handle: string,
): Promise<readonly ResolvedPrice[]> {
  const read = productPricesRead(db, {
    handle,
    marketId: market.marketId,
    customerGroup: "",
    customerId: "",
  });
  const { results } = await read.statement.all();
  return read.parse(results);
}

async function priceProduct(
  options: MarketReaderOptions,
  product: ProductView,
  prices: readonly ResolvedPrice[],
): Promise<ProductView> {
  const { market, refresh, now } = options;
  const stale = staleVariants(product.variants, { market, prices }, now());
  const related = await priceCards(
    options,
    product.relations.map((relation) => relation.product),
  );
  const relations = product.relations.map((relation, index) => ({
    ...relation,
    product: related[index] ?? relation.product,
  }));
  if (stale.length === 0) return withPrices(options, { ...product, relations }, prices);
  // At most a hundred name the product; its other variants are worked out with them.
  await refresh(stale.slice(0, 100));
  const primary = { ...options, db: options.primary ?? options.db };
  return withPrices(options, { ...product, relations }, await readPrices(primary, product.handle));
}

function withPrices(
  { market, shopCurrency }: MarketReaderOptions,
  product: ProductView,
  prices: readonly ResolvedPrice[],
): ProductView {
  const variants = product.variants.map((variant) => priceVariant(variant, { market, prices, shopCurrency }));
  const amounts = variants.map((variant) => variant.priceMinor);
  const priceMinMinor = Math.min(...amounts);
  const former = variants.flatMap((variant) =>
    variant.priceMinor === priceMinMinor && variant.compareAtMinor !== undefined
      ? [variant.compareAtMinor]
      : [],
  );
  const { compareAtMinor: _own, ...rest } = product;
  return {
    ...rest,
    currency: market.currency,
    variants,
    priceMinMinor,
    priceMaxMinor: Math.max(...amounts),
    ...(former.length === 0 ? {} : { compareAtMinor: Math.max(...former) }),
  };
}

type Terms = {
  readonly market: Market;
  readonly prices: readonly ResolvedPrice[];
  readonly shopCurrency: string;
};

function priceVariant(variant: VariantView, { market, prices, shopCurrency }: Terms): VariantView {
  const priced = priceFor({ ...variant, currency: shopCurrency }, 1, { market, prices });
  if (!priced) {
    const { compareAtMinor: _own, lowest30DaysMinor: _lowest, ...rest } = variant;
    return { ...rest, priceMinor: marketBaseMinor(variant.priceMinor, market, shopCurrency) };
  }
  const { currency: _market, ...rest } = priced;
  const steps = stepsOf(variant.variantId, prices).map((step) => ({
    minQuantity: step.minQuantity,
    priceMinor: step.amountMinor,
  }));
  return steps.length < 2 ? rest : { ...rest, priceSteps: steps };
}

type CardRow = {
  readonly id: string;
  readonly price_min_minor: number;
  readonly price_max_minor: number;
  readonly compare_at_minor: number | null;
};

/** Cards of another market, by key. */
export const CARD_PRICES_SQL = `SELECT p.id, c.price_min_minor, c.price_max_minor, c.compare_at_minor
  FROM json_each(?1) wanted CROSS JOIN products p ON p.id = wanted.value
  CROSS JOIN product_prices c ON c.product_number = p.number AND c.market_id = ?2 LIMIT 200`;

/** Cards at a market's prices, in one lookup by key; the default market's are right as they are. */
export async function priceCards(
  { db, market, shopCurrency }: Pick<MarketReaderOptions, "db" | "market" | "shopCurrency">,
  items: readonly ProductCard[],
): Promise<readonly ProductCard[]> {
  if (market.isDefault || items.length === 0) return items;
  const { results } = await db
    .prepare(CARD_PRICES_SQL)
    .bind(JSON.stringify(items.map((card) => card.productId)), market.marketId)
    .all<CardRow>();
  const rows = new Map(results.map((row) => [row.id, row]));
  const base = (amountMinor: number) => marketBaseMinor(amountMinor, market, shopCurrency);
  return items.map(({ compareAtMinor: _own, ...card }) => {
    const row = rows.get(card.productId);
    const former = row?.compare_at_minor ?? undefined;
    return {
      ...card,
      currency: market.currency,
      priceMinMinor: row?.price_min_minor ?? base(card.priceMinMinor),
      priceMaxMinor: row?.price_max_minor ?? base(card.priceMaxMinor),
      ...(former === undefined ? {} : { compareAtMinor: former }),
    };
  });
}
