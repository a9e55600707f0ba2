import type { Context, MiddlewareHandler } from "hono";
import { changeHeaders } from "./change-headers.ts";

/** What an answer gets when nothing else was said: nobody may keep it. */
export const PRIVATE_NO_STORE = "private, no-store";

/**
 * What Cloudflare's cache in front of the Worker obeys; browsers never see it. It stands beside `cache-control` because
 * `s-maxage` there would forbid serving stale while a new answer is made (RFC 9111, 4.2.4).
 */
export const EDGE_CACHE_HEADER = "cloudflare-cdn-cache-control";

/** The cache's marks for purging; Cloudflare takes them off. */
export const CACHE_TAG_HEADER = "cache-tag";

/** True for answers that say of themselves that everybody may have them. */
export const isPublicAnswer = (headers: Headers): boolean =>
  headers.get("cache-control")?.startsWith("public") ?? false;

/**
 * For rooms whose answers may be public: an answer without a cache class of its own becomes `private, no-store`, and one
 * that sets a cookie does, too, whatever it says.
 */
export const privateByDefault = (): MiddlewareHandler =>
  async function denyCaching(c, next) {
    await next();
    changeHeaders(c, (headers) => {
      if (!headers.has("cache-control") || headers.has("set-cookie")) makePrivate(headers);
    });
  };

/** For rooms in which nothing is public: an answer that says otherwise is a slip, and becomes `private, no-store`. */
export const privateOnly = (): MiddlewareHandler =>
  async function denyPublicAnswers(c, next) {
    await next();
    changeHeaders(c, (headers) => {
      const isPrivate = /\b(?:private|no-store)\b/.test(headers.get("cache-control") ?? "");
      if (isPrivate) dropEdgeMarks(headers);
      else makePrivate(headers);
    });
  };

function makePrivate(headers: Headers): void {
  headers.set("cache-control", PRIVATE_NO_STORE);
  dropEdgeMarks(headers);
}

function dropEdgeMarks(headers: Headers): void {
  for (const name of [EDGE_CACHE_HEADER, CACHE_TAG_HEADER]) if (headers.has(name)) headers.delete(name);
}

/** Seconds an old answer may be served while the edge fetches a new one. */
export const EDGE_STALE_WHILE_SECONDS = 30;
/** Seconds the last good answer serves when no new one can be made: a day of trouble. */
export const EDGE_STALE_IF_ERROR_SECONDS = 86_400;

export type PublicCacheOptions = {
  /** Seconds Cloudflare's cache may serve it without asking; 1 to 31 536 000. */
  readonly sharedSeconds: number;
  /** Seconds a browser may; 0 makes it ask each time with its ETag. */
  readonly browserSeconds?: number;
  /** Names of what the answer shows, such as `product:prd_…`, for purging: at most 1,000, printable ASCII. */
  readonly tags?: readonly string[];
};

/** Marks an answer as public: it must hold nothing about the person who asked. */
export function publicCache(
  c: Context,
  { sharedSeconds, browserSeconds = 0, tags = [] }: PublicCacheOptions,
): void {
  c.header("cache-control", `public, max-age=${browserSeconds}`);
  c.header(
    EDGE_CACHE_HEADER,
    `public, max-age=${sharedSeconds}, stale-while-revalidate=${EDGE_STALE_WHILE_SECONDS}, stale-if-error=${EDGE_STALE_IF_ERROR_SECONDS}`,
  );
  if (tags.length > 0) c.header(CACHE_TAG_HEADER, tags.join(","));
}
