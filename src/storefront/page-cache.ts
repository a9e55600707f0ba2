import { answerKept, answerPassed, isKeepable, keepPage, type KeptPage } from "./kept-page.ts";
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
  /** True for paths of the catalogue: what they answer never depends on who asks. */
  readonly isPublicPath: (path: string) => boolean;
  /**
   * Makes the page. The request it gets carries the address and nothing else, so a kept page cannot depend on who
   * asked for it.
   */
  readonly render: (request: Request, env: Bindings, context: Context) => Promise<Response> | Response;
  readonly now?: () => number;
};

export type PageCache<Bindings, Context extends Waiter> = {
  /**
   * Answers an address of the catalogue: at once when its page is kept, by a promise when it must be made. `undefined` for
   * everything else; only then does the gateway's router see the request. Stands before any router and middleware.
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

type Answer = Response | Promise<Response> | undefined;

async function serveHead(answer: Answer): Promise<Response> {
  const whole = (await answer) ?? new Response(null, { status: 404 });
  await whole.body?.cancel();
  return new Response(null, whole);
}

function pathOf(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  return start === -1 ? "/" : url.slice(start, mark === -1 ? undefined : mark);
}

/** An address and nothing else. Where the answer leads is the visitor's to follow: a moved page would be kept at its old address. */
const anonymousRequest = (url: string): Request => new Request(url, { redirect: "manual" });

/**
 * Keeps rendered pages in the isolate's memory. A kept page is served for two and a half seconds as it is, for one and a half more while
 * one visitor's request makes a new one in the background, and for ten minutes when no new one can be made. Nobody
 * waits for another visitor's rendering: the platform cancels the work of a request with its owner.
 */
export function createPageCache<Bindings, Context extends Waiter>(
  options: PageCacheOptions<Bindings, Context>,
): PageCache<Bindings, Context> {
  const { isPublicPath, render, now = Date.now } = options;
  const store = createPageStore();

  async function make(
    { request, key, env, context }: Call<Bindings, Context>,
    kept: KeptPage | undefined,
  ): Promise<Response> {
    if (kept) kept.refreshUntilMs = now() + PAGE_REFRESH_PATIENCE_MS;
    const isUsable = kept && now() - kept.madeAtMs < PAGE_STALE_IF_ERROR_MS;
    let made: Response;
    try {
      made = await render(anonymousRequest(key), env, context);
    } catch (error) {
      if (isUsable) return answerKept(kept, request);
      throw error;
    }
    if (made.status >= 500 && isUsable) return answerKept(kept, request);
    const page = isKeepable(made) ? await keepPage(made, { url: key, madeAtMs: now() }) : undefined;
    if (!page) {
      store.forget(key);
      return answerPassed(made, request);
    }
    const newKey = store.keep(request.url, page);
    // The page has just declared other parameters than those its address was cut down to: make it from the whole address.
    if (newKey !== key && key !== request.url) {
      store.forget(newKey);
      return make({ request, key: request.url, env, context }, undefined);
    }
    return answerKept(page, request);
  }

  function serveGet(request: Request, env: Bindings, context: Context): Answer {
    const key = store.keyOf(request.url);
    const kept = store.get(key);
    const call = { request, key, env, context };
    if (!kept) return isPublicPath(pathOf(request.url)) ? make(call, undefined) : undefined;
    const time = now();
    const age = time - kept.madeAtMs;
    const isBeingMade = time < kept.refreshUntilMs && age < PAGE_STALE_IF_ERROR_MS;
    if (age > PAGE_FRESH_MS && !isBeingMade) {
      if (age > PAGE_STALE_MS) return make(call, kept);
      context.waitUntil(make(call, kept).catch(() => undefined));
    }
    return answerKept(kept, request);
  }

  return {
    servePublicPage(request, env, context) {
      if (request.method === "GET") return serveGet(request, env, context);
      if (request.method !== "HEAD" || !isPublicPath(pathOf(request.url))) return undefined;
      const { url, headers } = request;
      return serveHead(serveGet(new Request(url, { headers }), env, context));
    },
    clear: () => store.clear(),
    size: () => store.size(),
  };
}
