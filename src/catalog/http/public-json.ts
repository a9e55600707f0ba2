import type { Context } from "hono";
import { etagMatches, publicCache } from "#web";
import { CATALOGUE_TAG, EDGE_FRESH_SECONDS } from "../app/cache-tags.ts";

/** Stock badges are in it, so a browser's copy is fresh for five seconds. */
const BROWSER_SECONDS = 5;

/** Answers public JSON with an ETag of its bytes; 304 when the client has them. `tags` name what is in it. */
export async function publicJson(c: Context, body: object, tags: readonly string[] = []): Promise<Response> {
  const text = JSON.stringify(body);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(digest, 0, 12), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  const etag = `"${hex}"`;
  publicCache(c, {
    sharedSeconds: EDGE_FRESH_SECONDS,
    browserSeconds: BROWSER_SECONDS,
    tags: [...tags, CATALOGUE_TAG],
  });
  c.header("etag", etag);
  if (etagMatches(c.req.header("if-none-match"), etag)) return c.body(null, 304);
  return c.body(text, 200, { "content-type": "application/json" });
}
