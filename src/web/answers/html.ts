import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { PRELOAD_LINK_HEADER } from "../parts/page.tsx";

/**
 * Answers a page with its doctype and the preload header. The answer is `private, no-store` unless the handler has
 * called `publicCache` before.
 *
 * @example return htmlPage(c, <CartPage view={view} />, 422)
 */
export function htmlPage(
  c: Context,
  page: { toString(): string | Promise<string> },
  status: ContentfulStatusCode = 200,
): Response | Promise<Response> {
  c.header("link", PRELOAD_LINK_HEADER);
  return c.html(`<!doctype html>${page.toString()}`, status);
}
