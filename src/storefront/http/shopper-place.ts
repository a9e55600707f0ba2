import type { Context, Env, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { languageName } from "#words";
import { marketViews, readMarketPath, type Market, type MarketView } from "#pricing";
import { isCataloguePath, LANGUAGE_COOKIE, type PlaceLink, type ShopPlace } from "#web";
import type { FrameOptions } from "./frame.ts";
import { createFrame } from "./frame.ts";
import { homeView, placeOf, type MarketVariables } from "./market-door.ts";

const LANGUAGE_TTL_SECONDS = 365 * 24 * 60 * 60;

export type ShopperPlaceOptions<E extends Env> = FrameOptions<E> & {
  readonly markets: (c: Context<E>) => Promise<readonly Market[]>;
};

/**
 * Private pages (cart, checkout, order) have one address in all languages. Theirs is the one that the visitor asked for
 * (`?lang=`), else that of a path that leads nowhere (`/de/…`) or of the catalogue page that led here, else the one of last time, else the shop's own; it is kept
 * in a cookie that holds a language and nothing else. Puts `place` and `marketView` on the request, as the catalogue's
 * door does.
 */
export function standWithShopper<E extends Env>(options: ShopperPlaceOptions<E>): MiddlewareHandler<E> {
  const frame = createFrame(options);
  return async function readShoppersLanguage(c, next) {
    const markets = await options.markets(c);
    const view = askedView(c, markets) ?? viewInLocale(markets, getCookie(c, LANGUAGE_COOKIE));
    const shown = view ?? homeView(markets);
    if (!shown) return next();
    if (getCookie(c, LANGUAGE_COOKIE) !== shown.locale) keepLanguage(c, shown.locale);
    const put = c as unknown as Context<{ Variables: MarketVariables & { place: ShopPlace } }>;
    put.set("marketView", shown);
    put.set("place", {
      ...placeOf(markets, shown, "/"),
      elsewhere: languagesHere(c, shown),
      isOneMarket: true,
    });
    const { collections, chrome } = await frame(c);
    put.set("place", {
      ...put.get("place"),
      ...(collections.length > 0 ? { navigation: chrome.navigation } : {}),
      texts: chrome.texts ?? [],
    });
    return next();
  };
}

/** What the request itself says: the language in its address, or the catalogue page that it comes from. */
function askedView(c: Context, markets: readonly Market[]): MarketView | undefined {
  const asked = viewInLocale(markets, c.req.query("lang"));
  if (asked) return asked;
  const here = readMarketPath(markets, c.req.path);
  if (here.kind === "market") return here.view;
  const referer = c.req.header("referer");
  if (referer === undefined || !URL.canParse(referer)) return undefined;
  const { origin, pathname } = new URL(referer);
  if (origin !== new URL(c.req.url).origin) return undefined;
  const read = readMarketPath(markets, pathname);
  if (read.kind === "market") return isCataloguePath(read.rest) ? read.view : undefined;
  return isCataloguePath(pathname) ? homeView(markets) : undefined;
}

const viewInLocale = (markets: readonly Market[], locale: string | undefined): MarketView | undefined =>
  locale === undefined ? undefined : marketViews(markets).find((view) => view.locale === locale);

/** The same page in the other languages of the market. */
function languagesHere(c: Context, { market, locale }: MarketView): readonly PlaceLink[] {
  if (c.req.method !== "GET" || market.locales.length < 2) return [];
  return market.locales.map((one) => ({
    href: `${c.req.path}?${new URLSearchParams({ ...c.req.query(), lang: one }).toString()}`,
    label: languageName(one),
    locale: one,
    isCurrent: one === locale,
  }));
}

const keepLanguage = (c: Context, locale: string): void =>
  setCookie(c, LANGUAGE_COOKIE, locale, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(c.req.url).protocol === "https:",
    maxAge: LANGUAGE_TTL_SECONDS,
  });
