import type { Context, MiddlewareHandler } from "hono";

/** What an answer gets when nothing else was said: nobody may keep it. */
export const PRIVATE_NO_STORE = "private, no-store";

/** Default deny: an answer without a cache class of its own becomes `private, no-store`. */
export const privateByDefault = (): MiddlewareHandler =>
  async function denyCaching(c, next) {
    await next();
    if (c.res.status !== 101 && !c.res.headers.has("cache-control"))
      c.header("cache-control", PRIVATE_NO_STORE);
  };

export type PublicCacheOptions = {
  /** Seconds a shared cache may serve it without asking; 1 to 86 400. */
  readonly sharedSeconds: number;
  /** Seconds a browser may; 0 makes it ask each time with its ETag. */
  readonly browserSeconds?: number;
  /** Names of what the answer shows, such as `product:prd_…`, for purging. */
  readonly tags?: readonly string[];
};

/** Marks an answer as public: it must hold nothing about the person who asked. */
export function publicCache(
  c: Context,
  { sharedSeconds, browserSeconds = 0, tags = [] }: PublicCacheOptions,
): void {
  c.header("cache-control", `public, max-age=${browserSeconds}, s-maxage=${sharedSeconds}`);
  if (tags.length > 0) c.header("cache-tag", tags.join(","));
}
