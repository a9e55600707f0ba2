import type { Context, MiddlewareHandler } from "hono";

/** The client's address as the platform saw it; one word for all where the platform says nothing (local runs). */
export const clientAddress = (c: Context): string => c.req.header("cf-connecting-ip") ?? "local";

/** Lets a request without any body count as `{}`, where every member is optional. */
export const emptyBodyAsObject = (): MiddlewareHandler =>
  async function fillEmptyBody(c, next) {
    const hasBody = c.req.raw.body !== null && c.req.header("content-length") !== "0";
    if (!hasBody && c.req.header("content-type") === undefined) {
      const headers = new Headers(c.req.raw.headers);
      headers.set("content-type", "application/json");
      headers.delete("content-length");
      c.req.raw = new Request(c.req.raw.url, { method: c.req.method, headers, body: "{}" });
    }
    return next();
  };

/** Addresses to come back to must be on this site: an open redirect would lend the shop's name to others. */
export function sameSiteUrl(text: string, origin: string): string | undefined {
  if (!URL.canParse(text, origin)) return undefined;
  const url = new URL(text, origin);
  return url.origin === origin && (url.protocol === "https:" || url.protocol === "http:")
    ? url.href
    : undefined;
}

/** The origin that buyers see: the configured one, else the request's own. */
export const siteOrigin = (c: Context, configured: string): string =>
  configured === "" ? new URL(c.req.url).origin : new URL(configured).origin;
