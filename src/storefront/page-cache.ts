import { answerKept, isKeepable, keepPage, type KeptPage } from "./kept-page.ts";
import { PAGE_FRESH_MS, PAGE_REFRESH_PATIENCE_MS, PAGE_STALE_IF_ERROR_MS, PAGE_STALE_MS } from "./limits.ts";
import { createPageStore } from "./page-store.ts";

/** The part of an execution context that the cache needs. */
export type Waiter = { waitUntil(promise: Promise<unknown>): void };

/** What came with one request. */
type Call<Bindings, Context> = {
  readonly request: Request;
  readonly key: string;
  readonly env: Bindings;
  readonly context: Context;
};

export type PageCacheOptions<Bindings, Context extends Waiter> = {
  /**
   * Makes the page. The request it gets carries the address and nothing else, so a kept page cannot depend on who
   * asked for it.
   */
  readonly render: (request: Request, env: Bindings, context: Context) => Promise<Response> | Response;
  readonly now?: () => number;
};

export type PageCache<Bindings, Context extends Waiter> = {
  /**
   * Answers a public page: at once when it is kept, by a promise when it must be made. `undefined` for everything that
   * is not a public page; only then does the router see the request. Stands before any router and middleware.
   */
  servePublicPage(
    request: Request,
    env: Bindings,
    context: Context,
  ): Response | Promise<Response> | undefined;
  /** Forgets everything. */
  clear(): void;
  size(): { readonly pages: number; readonly bytes: number };
};

const PUBLIC_PATHS = new Set(["/", "/search", "/robots.txt", "/sitemap.xml"]);
const PUBLIC_PREFIXES = ["/products/", "/collections/", "/pages/"];

/** True for addresses that answer the same bytes to everybody. */
function isPublicPath(url: string): boolean {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  const path = start === -1 ? "/" : url.slice(start, mark === -1 ? undefined : mark);
  return PUBLIC_PATHS.has(path) || PUBLIC_PREFIXES.some((prefix) => path.startsWith(prefix));
}

/**
 * Keeps rendered pages in the isolate's memory. A kept page is served for three seconds as it is, for two more while
 * one visitor's request makes a new one in the background, and for ten minutes when no new one can be made. Nobody
 * waits for another visitor's rendering: the platform cancels the work of a request with its owner.
 */
export function createPageCache<Bindings, Context extends Waiter>(
  options: PageCacheOptions<Bindings, Context>,
): PageCache<Bindings, Context> {
  const { render, now = Date.now } = options;
  const store = createPageStore();

  async function make(
    { request, key, env, context }: Call<Bindings, Context>,
    kept: KeptPage | undefined,
  ): Promise<Response> {
    if (kept) kept.refreshUntilMs = now() + PAGE_REFRESH_PATIENCE_MS;
    const isUsable = kept && now() - kept.madeAtMs < PAGE_STALE_IF_ERROR_MS;
    let made: Response;
    try {
      made = await render(new Request(request.url), env, context);
    } catch (error) {
      if (isUsable) return answerKept(kept, request);
      throw error;
    }
    if (made.status >= 500 && isUsable) return answerKept(kept, request);
    const page = isKeepable(made) ? await keepPage(made, now()) : undefined;
    if (page) store.keep(request.url, page);
    else store.forget(key);
    return page ? answerKept(page, request) : made;
  }

  return {
    servePublicPage(request, env, context) {
      if (request.method !== "GET") return undefined;
      const key = store.keyOf(request.url);
      const kept = store.get(key);
      const call = { request, key, env, context };
      if (!kept) return isPublicPath(request.url) ? make(call, undefined) : undefined;
      const time = now();
      const age = time - kept.madeAtMs;
      const isBeingMade = time < kept.refreshUntilMs && age < PAGE_STALE_IF_ERROR_MS;
      if (age > PAGE_FRESH_MS && !isBeingMade) {
        if (age > PAGE_STALE_MS) return make(call, kept);
        context.waitUntil(make(call, kept).catch(() => undefined));
      }
      return answerKept(kept, request);
    },
    clear: () => store.clear(),
    size: () => store.size(),
  };
}
