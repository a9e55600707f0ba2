import type { Market } from "./market.ts";

/** A market and one of its languages, as a path names them. */
export type MarketView = { readonly market: Market; readonly locale: string };

/** `de` of `de-CH`. */
const languageOf = (locale: string): string => locale.split("-", 1)[0]?.toLowerCase() ?? locale;

/**
 * The first part of the paths of a market in a language: `ch-de`. Empty for the default market in its own language,
 * whose paths have no prefix; its other languages stand alone (`fr`).
 */
export function prefixOf({ market, locale }: MarketView): string {
  if (!market.isDefault) return `${market.pathPrefix}-${languageOf(locale)}`;
  return locale === market.defaultLocale ? "" : languageOf(locale);
}

/** Every market in every language that it speaks. */
export const marketViews = (markets: readonly Market[]): readonly MarketView[] =>
  markets.flatMap((market) => market.locales.map((locale) => ({ market, locale })));

/** What a first part of a path could be when it names a market: two letters, or two and two. */
const PREFIX = /^\/([a-z]{2}(?:-[a-z]{2})?)(\/.*)?$/;

export type ReadPath =
  /** No prefix: the default market. */
  | { readonly kind: "plain" }
  | { readonly kind: "market"; readonly view: MarketView; readonly rest: string }
  /** Looks like a prefix, and there is no such market. */
  | { readonly kind: "unknown" };

/** Reads the market from a path; `rest` is the path without it, at least `/`. */
export function readMarketPath(markets: readonly Market[], path: string): ReadPath {
  const match = PREFIX.exec(path);
  if (!match) return { kind: "plain" };
  const view = marketViews(markets).find((one) => prefixOf(one) === match[1]);
  return view ? { kind: "market", view, rest: match[2] ?? "/" } : { kind: "unknown" };
}

/** A path of the shop in a market and language. */
export function pathIn(view: MarketView, path: string): string {
  const prefix = prefixOf(view);
  if (prefix === "") return path;
  return path === "/" ? `/${prefix}/` : `/${prefix}${path}`;
}
