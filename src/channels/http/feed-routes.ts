import { Hono, type Context, type Env } from "hono";
import { CATALOGUE_TAG } from "#catalog";
import { etagMatches, publicCache } from "#web";
import type { PublishedFeed } from "../contract.ts";

/** Seconds that Cloudflare's cache may serve a feed without asking; shopping services come once a day or so. */
const FEED_SHARED_SECONDS = 300;

export type FeedOptions<E extends Env> = {
  /** What stands at the address of the market and language that the path names. */
  readonly find: (c: Context<E>) => Promise<PublishedFeed | undefined>;
  readonly read: (c: Context<E>, feed: PublishedFeed) => ReadableStream<Uint8Array>;
};

/** GET /feeds/google.tsv below each market's paths: public, the same for everybody, whole at every moment. */
export function createFeedRoutes<E extends Env>({ find, read }: FeedOptions<E>): Hono<E> {
  const app = new Hono<E>();
  app.get("/feeds/google.tsv", async (c) => {
    const feed = await find(c);
    // The first build begins within minutes after the shop does.
    if (!feed) return c.notFound();
    const etag = `"${feed.digest.slice(0, 32)}"`;
    publicCache(c, { sharedSeconds: FEED_SHARED_SECONDS, tags: [CATALOGUE_TAG] });
    c.header("etag", etag);
    c.header("last-modified", new Date(feed.builtAtMs).toUTCString());
    if (etagMatches(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    return c.body(read(c, feed), 200, { "content-type": "text/tab-separated-values; charset=utf-8" });
  });
  return app;
}
