import type { Context, Env, MiddlewareHandler } from "hono";
import { marketViews, pathIn, prefixOf, readMarketPath, type Market, type MarketView } from "#pricing";
import { isCataloguePath, type PlaceLink, type ShopPlace } from "#web";
import { MARKETS_TTL_MS } from "../limits.ts";

/**
 * The first part of a path that may name a market and language: `ch-de`, or `fr` for another language of the default
 * market. Written without counts, because Hono cuts a pattern at its first closing brace.
 */
export const MARKET_SEGMENT = "/:market{[a-z][a-z](?:-[a-z][a-z])?}";

/** What the door puts on a request besides the kit's `place`. */
export type MarketVariables = { readonly marketView?: MarketView };

/**
 * Reads the markets once in a while per isolate, not once per page; when they cannot be read, the last known ones stand
 * in. A market that staff add is there within the time that a page may be old.
 */
export function createMarketLoader<C>(
  read: (c: C) => Promise<readonly Market[]>,
): (c: C) => Promise<readonly Market[]> {
  let known: { readonly markets: readonly Market[]; readonly atMs: number } | undefined;
  return async function loadMarkets(c) {
    const now = Date.now();
    if (known && now - known.atMs < MARKETS_TTL_MS) return known.markets;
    try {
      known = { markets: await read(c), atMs: now };
    } catch {
      // The shop goes on as it was; without ever having read them it has its default market only.
    }
    return known?.markets ?? [];
  };
}

/** A market in words of its own: `Switzerland, CHF`; with the language where it speaks several. */
function labelOf({ market, locale }: MarketView): string {
  const name = `${market.name}, ${market.currency}`;
  if (market.locales.length < 2) return name;
  const language = locale.split("-", 1)[0] ?? locale;
  return `${name}, ${new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language}`;
}

/** Where a page is read, and the same page everywhere else. `path` has no prefix. */
export function placeOf(markets: readonly Market[], view: MarketView, path: string): ShopPlace {
  const prefix = prefixOf(view);
  const elsewhere = marketViews(markets).map((one): PlaceLink => ({
    href: pathIn(one, path),
    label: labelOf(one),
    locale: one.locale,
    isCurrent: prefixOf(one) === prefix,
  }));
  return {
    marketId: view.market.marketId,
    locale: view.locale,
    pricesIncludeTax: view.market.pricesIncludeTax,
    prefix: prefix === "" ? "" : `/${prefix}`,
    elsewhere,
  };
}

/** The default market in its own language. */
export const homeView = (markets: readonly Market[]): MarketView | undefined => {
  const market = markets.find((one) => one.isDefault);
  return market && { market, locale: market.defaultLocale };
};

/** Puts the market and language of the path on the request; an unknown prefix is answered by `notFound`. */
export const standInMarket = <E extends Env>(options: {
  readonly markets: (c: Context<E>) => Promise<readonly Market[]>;
  readonly notFound: (c: Context<E>) => Promise<Response>;
}): MiddlewareHandler<E> =>
  async function readMarketOfPath(c, next) {
    // Pictures are the same everywhere, and need no database.
    if (c.req.path.startsWith("/media/")) return next();
    const markets = await options.markets(c);
    const read = readMarketPath(markets, c.req.path);
    if (read.kind === "unknown") return options.notFound(c);
    const view = read.kind === "market" ? read.view : homeView(markets);
    if (!view) return next();
    // The caller's Hono environment need not name what this door puts on a request; the rooms behind it read it.
    const put = c as unknown as Context<{ Variables: MarketVariables & { place: ShopPlace } }>;
    const place = placeOf(markets, view, read.kind === "market" ? read.rest : c.req.path);
    put.set("marketView", view);
    put.set("place", place);
    await next();
    const target = c.res.headers.get("location");
    if (target !== null && isOfMarket(target)) c.header("location", place.prefix + target);
  };

/** Rooms lead to addresses without a market, as they write their links; the visitor stays in the one of the path. */
const isOfMarket = (target: string): boolean => isCataloguePath(target) || target.startsWith("/api/");
