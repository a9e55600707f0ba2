import type { Context } from "hono";
import { etagMatches } from "#web";

/** Stock badges are in it, so a copy is fresh for five seconds and may be shown for a minute while a new one comes. */
const CACHE_CONTROL = "public, max-age=5, stale-while-revalidate=60";

/** Answers public JSON with an ETag of its bytes; 304 when the client has them. */
export async function publicJson(c: Context, body: object): Promise<Response> {
  const text = JSON.stringify(body);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  const etag = `"${hex}"`;
  c.header("cache-control", CACHE_CONTROL);
  c.header("etag", etag);
  if (etagMatches(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  return c.body(text, 200, { "content-type": "application/json" });
}
