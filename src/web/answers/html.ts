import type { Context } from "hono";
import { jsx, type Child } from "hono/jsx";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { HOME_PLACE, PlaceProvider, type ShopPlace } from "../parts/shop-place.ts";
import { prefixLinks } from "./prefix-links.ts";

/**
 * Answers a page with its doctype, in the market that stands in the request (`place`). The answer
 * is `private, no-store` unless the handler has called `publicCache` before.
 *
 * @example return htmlPage(c, <CartPage view={view} />, 422)
 */
export function htmlPage(
  c: Context,
  page: { toString(): string | Promise<string> },
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  // Only the market's door sets it; a Worker without markets has none.
  const place = (c.get("place") as ShopPlace | undefined) ?? HOME_PLACE;
  // A page is a node; the type that callers see says only what they may do with it.
  const placed = jsx(PlaceProvider, { value: place }, page as Child).toString();
  const answer = c.html(`<!doctype html>${placed}`, status);
  return answer instanceof Response ? prefixLinks(answer, place.prefix) : answer;
}
