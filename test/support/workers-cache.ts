/**
 * Cloudflare's Workers Cache as its pages describe it (2026), for tests: the local runtime has none. The key is entrypoint,
 * path, parameters in their order, and props; never host, cookie or authorization. What says nothing about keeping is kept
 * for hours. Purging reaches the entrypoint that asks for it alone.
 */
export type SimulatedCache = {
  /** What a request gets that is sent to `entrypoint`; `make` is the entrypoint's own handler. */
  fetch(call: CachedCall): Promise<Response>;
  purge(entrypoint: string, tags: readonly string[]): void;
  /** Everything kept, with who made it. */
  entries(): readonly { readonly key: string; readonly madeFor: Request }[];
};

export type CachedCall = {
  readonly entrypoint: string;
  readonly props?: object;
  readonly request: Request;
  readonly make: (request: Request) => Response | Promise<Response>;
};

/** `cf-cache-status`, as the platform names it. */
export const CACHE_STATUS_HEADER = "cf-cache-status";

const HEURISTIC_SECONDS: Readonly<Record<number, number>> = {
  200: 7_200,
  203: 7_200,
  204: 7_200,
  300: 1_200,
  301: 1_200,
  404: 180,
  405: 60,
  410: 180,
  414: 60,
  501: 60,
};

type Entry = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ArrayBuffer;
  readonly entrypoint: string;
  readonly tags: readonly string[];
  readonly storedAtMs: number;
  readonly freshMs: number;
  readonly staleWhileMs: number;
  readonly staleIfErrorMs: number;
  readonly madeFor: Request;
};

export function createWorkersCache(now: () => number): SimulatedCache {
  const entries = new Map<string, Entry>();

  async function make(key: string, { entrypoint, request, make: handle }: CachedCall): Promise<Response> {
    const made = await handle(request);
    const rule = ruleOf(request, made);
    if (!rule) return marked(made, "BYPASS");
    entries.set(key, {
      ...rule,
      status: made.status,
      headers: new Headers(made.headers),
      body: await made.clone().arrayBuffer(),
      entrypoint,
      tags: (made.headers.get("cache-tag") ?? "").toLowerCase().split(",").filter(Boolean),
      storedAtMs: now(),
      madeFor: request,
    });
    return marked(made, "MISS");
  }

  return {
    async fetch(call) {
      const { request, entrypoint, props } = call;
      if (request.method !== "GET" && request.method !== "HEAD") return call.make(request);
      const { pathname, search } = new URL(request.url);
      const key = JSON.stringify([entrypoint, pathname + search, props ?? {}]);
      const entry = entries.get(key);
      if (!entry) return make(key, call);
      const age = now() - entry.storedAtMs;
      if (age < entry.freshMs) return answer(entry, "HIT");
      if (age < entry.freshMs + entry.staleWhileMs) {
        await make(key, call);
        return answer(entry, "UPDATING");
      }
      const isUsable = age < entry.freshMs + entry.staleIfErrorMs;
      try {
        const made = await make(key, call);
        return made.status >= 500 && isUsable ? answer(entry, "STALE") : made;
      } catch (error) {
        if (isUsable) return answer(entry, "STALE");
        throw error;
      }
    },
    purge(entrypoint, tags) {
      const wanted = new Set(tags.map((tag) => tag.toLowerCase()));
      for (const [key, entry] of entries)
        if (entry.entrypoint === entrypoint && entry.tags.some((tag) => wanted.has(tag))) entries.delete(key);
    },
    entries: () => [...entries].map(([key, { madeFor }]) => ({ key, madeFor })),
  };
}

type Rule = Pick<Entry, "freshMs" | "staleWhileMs" | "staleIfErrorMs">;

/** How long an answer may be kept; `undefined` when it may not. The most specific header decides. */
function ruleOf(request: Request, { status, headers }: Response): Rule | undefined {
  const text =
    headers.get("cloudflare-cdn-cache-control") ??
    headers.get("cdn-cache-control") ??
    headers.get("cache-control");
  if (headers.has("set-cookie") || status === 206 || status >= 520) return undefined;
  if (text === null) {
    const seconds = request.headers.has("authorization") ? undefined : HEURISTIC_SECONDS[status];
    return seconds === undefined
      ? undefined
      : { freshMs: seconds * 1_000, staleWhileMs: 0, staleIfErrorMs: Infinity };
  }
  if (/\b(?:private|no-store)\b/.test(text)) return undefined;
  if (request.headers.has("authorization") && !/\b(?:public|s-maxage|must-revalidate)\b/.test(text))
    return undefined;
  const seconds = (name: string): number | undefined => {
    const digits = new RegExp(`(?:^|[\\s,])${name}=(\\d+)`).exec(text)?.[1];
    return digits === undefined ? undefined : Number(digits);
  };
  const mayBeStale = !/\b(?:s-maxage|must-revalidate|proxy-revalidate)\b/.test(text);
  return {
    freshMs: (seconds("s-maxage") ?? seconds("max-age") ?? 0) * 1_000,
    staleWhileMs: mayBeStale ? (seconds("stale-while-revalidate") ?? 0) * 1_000 : 0,
    staleIfErrorMs: mayBeStale ? (seconds("stale-if-error") ?? Infinity) * 1_000 : 0,
  };
}

const answer = ({ status, headers, body }: Entry, mark: string): Response =>
  marked(new Response(body.byteLength === 0 ? null : body.slice(0), { status, headers }), mark);

/** The platform takes its own headers off before a client sees them. */
function marked(response: Response, mark: string): Response {
  const headers = new Headers(response.headers);
  for (const name of ["cloudflare-cdn-cache-control", "cache-tag"]) headers.delete(name);
  headers.set(CACHE_STATUS_HEADER, mark);
  return new Response(response.body, { status: response.status, headers });
}
