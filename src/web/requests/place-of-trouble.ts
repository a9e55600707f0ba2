import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { isLocale } from "#kernel";
import { DEFAULT_LOCALE } from "#words";
import type { ShopPlace } from "../parts/shop-place.ts";

/** The language that this browser reads the shop in; says nothing about who reads. */
export const LANGUAGE_COOKIE = "language";

/** The first part of a path that names a market and language: `/ch-de/…`, `/fr/…`. */
const MARKET_PATH = /^(\/(?:[a-z]{2}-)?([a-z]{2}))(?:\/|$)/;

/** Which language to speak, and the way back into the shop. */
export type PlaceOfTrouble = { readonly locale: string; readonly home: string };

/**
 * Where a reader is when nothing can be read and the request may not have reached the door that knows: the place that
 * stands on it, else what its path says, else the browser's cookie, else the shop's own. Asks nobody.
 */
export function placeOfTrouble(c: Context): PlaceOfTrouble {
  const place = c.get("place") as ShopPlace | undefined;
  if (place) return { locale: place.locale, home: `${place.prefix}/` };
  const [, prefix, language] = MARKET_PATH.exec(c.req.path) ?? [];
  if (prefix !== undefined && language !== undefined) return { locale: language, home: `${prefix}/` };
  const kept = getCookie(c, LANGUAGE_COOKIE);
  return { locale: kept !== undefined && isLocale(kept) ? kept : DEFAULT_LOCALE, home: "/" };
}
