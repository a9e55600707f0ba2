import type { Context } from "hono";
import type { CartRpc } from "#cart";
import type { ListingPorts } from "#browse";
import type { GateRpc } from "#admission";
import type { CatalogReader, InLocale, ProductCard } from "#catalog";
import { epochMs, ok, type EpochMs, type OrderId, type ProductId } from "#kernel";
import type { OrderRpc } from "#orders";
import { objectNamespace, type D1Reader, type ObjectNamespace } from "#platform";
import type { Recommended, Recommender, SearchReader } from "#search";
import { wallClock } from "#shipping";
import { catalogIndex } from "../../src/browse/adapters/index-client.ts";
import { queryCards, queryNumberedCards } from "../../src/catalog/adapters/card-query.ts";
import { labelsIn } from "../../src/catalog/adapters/shared-words.ts";
import { createCatalogReader } from "../../src/catalog/adapters/catalog-reader.ts";
import { listMarkets } from "../../src/pricing/adapters/market-rows.ts";
import { createMarketCatalogReader, priceCards } from "../../src/pricing/adapters/market-catalog-reader.ts";
import { createMarketLoader, type ListingSource, type MarketVariables } from "#storefront";
import { createCustomerDesk } from "../../src/customers/adapters/customer-desk.ts";
import { createNames } from "../../src/checkout/adapters/names.ts";
import { PRICE_READS } from "../shared/price-reads.ts";
import { semanticIndex } from "../shared/semantics.ts";
import { SHOP_CURRENCY } from "../shared/shop-currency.ts";
import { taxServiceOf } from "../shared/tax-service.ts";
import { PriceMemory } from "../../src/checkout/adapters/price-memory.ts";
import { createPriceTruth, type PriceSession } from "../../src/checkout/adapters/price-truth.ts";
import type { ShopPlace } from "#web";
import { refreshCartCount } from "../../src/checkout/http/cart-cookies.ts";
import type { CheckoutPorts } from "../../src/checkout/app/ports.ts";
import { CartMemory } from "../../src/checkout/app/cart-memory.ts";
import { SoldOutHints } from "../../src/checkout/app/sold-out-hints.ts";
import { findOrdersByNumber } from "../../src/orders/adapters/find-order-number.ts";
import type { OrderLinkPorts } from "../../src/orders/app/request-order-link.ts";
import type { OrderHttpPorts } from "../../src/orders/http/order-access.ts";
import { createProviders, manualPolicy } from "../../src/payments/adapters/create-providers.ts";
import { createPaymentMethods } from "../../src/payments/app/payment-methods.ts";
import { ORDER_KEY_HEADER } from "../../durable-objects/order/order-live.ts";
import { findVoucherByCode } from "../../src/vouchers/adapters/vouchers-read.ts";
import { createRecommender } from "../../src/search/adapters/recommendation-query.ts";
import { createSearchReader } from "../../src/search/adapters/search-reader.ts";
import { keyOf } from "../../src/orders/http/order-access.ts";

/** What the shop ships to first, and says; settings of the merchant when they get a page. */
export const SHOP_COUNTRY = "DE";
export const SHOP_LOCALE = "en-GB";

const now = (): EpochMs => epochMs(Date.now());

// Building a zone's clock costs more than reading it; one zone per deployment, so one entry.
const clocks = new Map<string, ReturnType<typeof wallClock>>();

// Bounded and short-lived: see its class.
const soldOut = new SoldOutHints();
const known = new CartMemory(now);
const priceMemory = new PriceMemory(Date.now);

/** The wall clock of a time zone, built once. */
export function clockOf(timeZone: string): ReturnType<typeof wallClock> {
  const known = clocks.get(timeZone) ?? wallClock(timeZone, SHOP_COUNTRY);
  clocks.set(timeZone, known);
  return known;
}

/** The bindings of one request: routers are built once, bindings belong to a request. */
export const envOf = (c: Context): StorefrontEnv => c.env as StorefrontEnv;

// By request, so that everything that makes one page reads one state or a later one. It goes with its request.
const sessions = new WeakMap<Context, D1Reader>();

/**
 * The database as public pages read it: from the nearest replica that there is, however late. A page that is a moment old is
 * what a cache serves, too; whatever decides about money or units reads `env.DB`, which is always the primary.
 */
export function publicDb(c: Context): D1Reader {
  const known = sessions.get(c);
  if (known) return known;
  const session = envOf(c).DB.withSession("first-unconstrained");
  sessions.set(c, session);
  return session;
}

// Markets are few and the same for everybody; see createMarketLoader for how old they may be.
export const loadMarkets = createMarketLoader((c: Context) => listMarkets(publicDb(c)));

/** What the prices of the market that the path names need; absent where no market is known. */
function marketOf(c: Context) {
  const view = c.get("marketView") as MarketVariables["marketView"];
  if (!view) return undefined;
  const { market, locale } = view;
  const isOwn = market.isDefault && locale === market.defaultLocale;
  return { db: publicDb(c), market, shopCurrency: SHOP_CURRENCY, ...(isOwn ? {} : { locale }) };
}

const inLocaleOf = (market: ReturnType<typeof marketOf>): InLocale =>
  market?.locale === undefined ? {} : { locale: market.locale };

/** The catalogue at the prices of the market that the path names. */
export function catalogReader(c: Context): CatalogReader {
  const { DB } = envOf(c);
  const reader = createCatalogReader(publicDb(c));
  const market = marketOf(c);
  if (!market) return reader;
  const refresh = (variantIds: readonly string[]) => PRICE_READS.refreshPrices(DB, variantIds);
  return createMarketCatalogReader({ ...market, reader, refresh, primary: DB, now: Date.now });
}

/** Cards that were found in the shop's own words, in the language and at the prices of a market. */
async function shownCards(
  c: Context,
  market: NonNullable<ReturnType<typeof marketOf>>,
  found: readonly ProductCard[],
): Promise<readonly ProductCard[]> {
  const { locale } = market;
  if (locale === undefined || found.length === 0) return priceCards(market, found);
  const productIds = found.map(({ productId }) => productId);
  return priceCards(market, await queryCards(publicDb(c), productIds, { locale }));
}

/** Search at the prices of that market. */
export function searchReader(c: Context): SearchReader {
  const db = publicDb(c);
  const market = marketOf(c);
  const reader = createSearchReader(db, {
    semantics: semanticIndex(envOf(c), db),
    ...inLocaleOf(market),
  });
  if (!market) return reader;
  return {
    async search(request) {
      const found = await reader.search(request);
      if (!found.ok) return found;
      return ok({ ...found.value, items: await shownCards(c, market, found.value.items) });
    },
    async popular() {
      const { phrases, products } = await reader.popular();
      return { phrases, products: await shownCards(c, market, products) };
    },
    async suggestions(typed) {
      const offered = await reader.suggestions(typed);
      return { ...offered, products: await shownCards(c, market, offered.products) };
    },
  };
}
/** What goes with what, at the prices of that market. */
export function recommender(c: Context): Recommender {
  // Asked when it is needed: the cart's page learns its market from the cart, after this was made.
  const inner = (): Recommender => createRecommender(publicDb(c), inLocaleOf(marketOf(c)));
  const priced = async (found: readonly Recommended[]): Promise<readonly Recommended[]> => {
    const market = marketOf(c);
    if (!market) return found;
    const cards = await priceCards(
      market,
      found.map(({ card }) => card),
    );
    return found.map((one, index) => ({ ...one, card: cards[index] ?? one.card }));
  };
  return {
    relatedTo: async (productId, limit) => priced(await inner().relatedTo(productId, limit)),
    goesWith: async (productIds, limit) => priced(await inner().goesWith(productIds, limit)),
  };
}

/** What a browser looked at lately, in the language and at the prices that its shopper sees. */
export async function seenCards(
  c: Context,
  productIds: readonly ProductId[],
): Promise<readonly ProductCard[]> {
  const market = marketOf(c);
  const cards = await queryCards(envOf(c).DB, productIds, inLocaleOf(market));
  return market ? priceCards(market, cards) : cards;
}

/** What filtered lists need beside the catalogue, at the prices of that market. */
export function listingSource(c: Context): ListingSource {
  const { CATALOG_INDEX } = envOf(c);
  const market = marketOf(c);
  const locale = market?.locale;
  const other = market && !market.market.isDefault ? market.market : undefined;
  return {
    cards: async (numbers) => {
      const cards = await queryNumberedCards(publicDb(c), numbers, inLocaleOf(market));
      return market ? priceCards(market, cards) : cards;
    },
    index: catalogIndex(CATALOG_INDEX, other?.marketId),
    ...(locale === undefined ? {} : { labels: (words) => labelsIn(publicDb(c), locale, words) }),
    currency: other?.currency ?? SHOP_CURRENCY,
    isPriceOrderIndexed: other !== undefined,
  };
}
export const listingPorts = (c: Context): ListingSource & ListingPorts => ({
  ...listingSource(c),
  catalog: catalogReader(c),
});
export const orderNamespace = (c: Context): ObjectNamespace<OrderRpc> =>
  objectNamespace<OrderRpc>(envOf(c).ORDERS);

/** Everything that cart and checkout need. */
export function checkoutPorts(c: Context): CheckoutPorts {
  const env = envOf(c);
  const session: PriceSession = {};
  const prices = { memory: priceMemory, session, taxService: taxServiceOf(env) };
  return {
    carts: objectNamespace<CartRpc>(env.CARTS),
    known,
    orders: objectNamespace<OrderRpc>(env.ORDERS),
    gates: objectNamespace<GateRpc>(env.GATES),
    soldOut,
    prices: createPriceTruth(env.DB, PRICE_READS, prices),
    till: createPriceTruth(env.DB, PRICE_READS, { ...prices, isTill: true }),
    recommender: recommender(c),
    markets: () => loadMarkets(c),
    codes: { find: (text) => findVoucherByCode(env.DB, text) },
    names: createNames(env.SESSION_SECRET),
    customers: createCustomerDesk({ db: env.DB, secret: env.SESSION_SECRET, now: Date.now }),
    payments: createPaymentMethods(createProviders(env), manualPolicy(env, SHOP_CURRENCY)),
    now,
    wallClock: clockOf(env.SHOP_TIME_ZONE),
    shop: {
      currency: SHOP_CURRENCY,
      country: SHOP_COUNTRY,
      locale: (c.get("place") as ShopPlace | undefined)?.locale ?? SHOP_LOCALE,
      ownLocale: SHOP_LOCALE,
      timeZone: env.SHOP_TIME_ZONE,
    },
  };
}

/** What the order's page and API need. */
export function orderPorts(c: Context): OrderHttpPorts {
  const env = envOf(c);
  return {
    orders: orderNamespace(c),
    live: (orderId: OrderId, request: Request) => {
      const headers = new Headers(request.headers);
      headers.set(ORDER_KEY_HEADER, keyOf(c) ?? "");
      return env.ORDERS.getByName(orderId).fetch(new Request(request, { headers }));
    },
    afterReturn: () => refreshCartCount(c, objectNamespace<CartRpc>(env.CARTS)),
    timeZone: env.SHOP_TIME_ZONE,
  };
}

/** What sending somebody the link of an order needs. */
export function orderLinkPorts(c: Context): OrderLinkPorts {
  const env = envOf(c);
  const names = createNames(env.SESSION_SECRET);
  return {
    findByNumber: (orderNumber) => findOrdersByNumber(env.DB, orderNumber),
    orders: orderNamespace(c),
    accessKey: (orderId) => names.orderAccessKey(orderId),
    sendToMailer: (message) => env.NOTIFICATION_QUEUE.send(message),
    now,
  };
}
