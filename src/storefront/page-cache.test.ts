import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { KNOWN_PARAMETERS_HEADER, takesGzip } from "./kept-page.ts";
import { PAGE_FRESH_MS, PAGE_STALE_IF_ERROR_MS, PAGE_STALE_MS } from "./limits.ts";
import { createPageCache } from "./page-cache.ts";
import { createPageStore } from "./page-store.ts";

type Made = { readonly url: string; readonly headers: Headers; readonly redirect: string };

function set(render?: (request: Request, count: number) => Response) {
  const clock = { now: 1_000_000 };
  const made: Made[] = [];
  const waiting: Promise<unknown>[] = [];
  const page = (_: Request, count: number) =>
    new Response(`<p>page ${count}</p>`.repeat(20), {
      headers: {
        "content-type": "text/html",
        "cache-control": "public, max-age=0",
        [KNOWN_PARAMETERS_HEADER]: "size frame",
      },
    });
  const cache = createPageCache<object, { waitUntil(promise: Promise<unknown>): void }>({
    isPublicPath: (path) => /^\/(?:$|search|products\/|collections\/)/.test(path),
    render: (request) => {
      made.push({ url: request.url, headers: request.headers, redirect: request.redirect });
      return (render ?? page)(request, made.length);
    },
    now: () => clock.now,
  });
  const context = { waitUntil: (promise: Promise<unknown>) => void waiting.push(promise) };
  const get = async (path: string, headers: Record<string, string> = {}, method = "GET") =>
    cache.servePublicPage(new Request(`https://shop.test${path}`, { headers, method }), {}, context);
  const body = async (path: string, headers?: Record<string, string>) => (await get(path, headers))?.text();
  return { clock, made, waiting, cache, get, body };
}

describe("the page cache", () => {
  it("makes a page once and serves it at once after that", async () => {
    const { made, cache, body } = set();
    const first = await body("/products/heron");
    const hit = cache.servePublicPage(
      new Request("https://shop.test/products/heron"),
      {},
      { waitUntil: () => undefined },
    );
    expect(hit).toBeInstanceOf(Response);
    expect([await (hit as Response).text(), made.length]).toEqual([first, 1]);
  });

  it("hands a way onwards to the visitor, follows it never and keeps it nowhere", async () => {
    const moved = () => new Response(null, { status: 301, headers: { location: "/products/heron" } });
    const { made, cache, get } = set(moved);
    const answer = await get("/products/old");
    expect([answer?.status, answer?.headers.get("location")]).toEqual([301, "/products/heron"]);
    expect(made.map(({ redirect }) => redirect)).toEqual(["manual"]);
    expect(cache.size().pages).toBe(0);
  });

  it("sends few headers, each of which costs a hit as much as some kilobytes", async () => {
    const { get } = set();
    const names = [...((await get("/products/heron", { "accept-encoding": "gzip" }))?.headers.keys() ?? [])];
    expect(names).toEqual([
      "cache-control",
      "content-encoding",
      "content-security-policy",
      "content-type",
      "cross-origin-opener-policy",
      "etag",
      "strict-transport-security",
      "vary",
      "x-content-type-options",
    ]);
  });

  it("gives the maker of a page nothing about who asks", async () => {
    const { made, get } = set();
    await get("/products/heron", {
      cookie: "session=secret",
      authorization: "Bearer x",
      "x-forwarded-for": "1.2.3.4",
    });
    expect([...(made[0]?.headers ?? [])]).toEqual([]);
  });

  it.each([
    ["sets a cookie", { "cache-control": "public", "set-cookie": "a=1" }, 200],
    ["is private", { "cache-control": "private, no-store" }, 200],
    ["says nothing about keeping", {}, 200],
    ["was not found", { "cache-control": "public" }, 404],
    ["leads elsewhere", { "cache-control": "public", location: "/x" }, 301],
  ])("never keeps an answer that %s", async (_, headers, status) => {
    const { made, cache, get } = set(
      () => new Response("mine", { status, headers: headers as Record<string, string> }),
    );
    await get("/products/heron");
    const again = await get("/products/heron");
    expect([made.length, cache.size().pages, again?.status]).toEqual([2, 0, status]);
  });

  it("answers HEAD like GET, without the page", async () => {
    const { get } = set();
    const [head, page] = [await get("/products/heron", {}, "HEAD"), await get("/products/heron")];
    expect([await head?.text(), head?.status, head?.headers.get("etag")]).toEqual([
      "",
      200,
      page?.headers.get("etag"),
    ]);
  });

  it("asks the edge for an address without the parameters that mean nothing", async () => {
    const { made, get, cache } = set();
    await get("/products/heron?utm_source=mail&size=A3");
    cache.clear();
    await get("/products/heron?size=A3");
    await get("/products/heron?utm_source=post&size=A2&x=1");
    expect(made.map(({ url }) => new URL(url).search)).toEqual([
      "?utm_source=mail&size=A3",
      "?size=A3",
      "?size=A2",
    ]);
  });

  it("makes a page from its whole address when it begins to listen to another parameter", async () => {
    let names = "size";
    const { clock, body } = set((request) => {
      const search = new URL(request.url).searchParams;
      const shown = names.split(" ").map((name) => search.get(name) ?? "-");
      return new Response(shown.join(","), {
        headers: { "cache-control": "public", [KNOWN_PARAMETERS_HEADER]: names },
      });
    });
    expect(await body("/products/heron?size=A3&frame=oak")).toBe("A3");
    names = "size frame";
    clock.now += PAGE_STALE_MS + 1;
    expect(await body("/products/heron?size=A3&frame=oak")).toBe("A3,oak");
  });

  it("passes on what brings a tag of its own, with 304 for those who have it, and keeps its inner marks inside", async () => {
    const { cache, get } = set(
      () =>
        new Response("{}", {
          headers: {
            "cache-control": "public, max-age=5",
            etag: '"a"',
            "cloudflare-cdn-cache-control": "max-age=60",
            "content-type": "application/json",
          },
        }),
    );
    const whole = await get("/products/heron");
    const known = await get("/products/heron", { "if-none-match": 'W/"a"' });
    expect([whole?.status, known?.status, await known?.text(), cache.size().pages]).toEqual([
      200,
      304,
      "",
      0,
    ]);
    expect(whole?.headers.has("cloudflare-cdn-cache-control")).toBe(false);
  });

  it.each([
    ["/cart", "GET"],
    ["/checkout/chk_1", "GET"],
    ["/orders/ord_1", "GET"],
    ["/api/products", "GET"],
    ["/admin", "GET"],
    ["/products/heron", "POST"],
    ["/productsx", "GET"],
  ])("leaves %s by %s to the router", async (path, method) => {
    const { made, get } = set();
    expect([await get(path, {}, method), made.length]).toEqual([undefined, 0]);
  });

  it("drops parameters that mean nothing and sorts the others", async () => {
    const { made, cache, get } = set();
    await get("/products/heron?utm_source=mail&size=a3&frame=oak");
    await get("/products/heron?frame=oak&size=a3&gclid=1");
    await get("/products/heron?size=a3&frame=oak&size=a4");
    expect([made.length, cache.size().pages]).toEqual([1, 1]);
    await get("/products/heron?size=a4");
    await get("/products/heron?fbclid=x");
    await get("/products/heron");
    expect([made.length, cache.size().pages]).toEqual([3, 3]);
  });

  it("keeps the pages of two hosts apart, because pages name their own address", async () => {
    const { made, cache } = set();
    for (const host of ["a.test", "b.test"])
      await cache.servePublicPage(new Request(`https://${host}/`), {}, { waitUntil: () => undefined });
    expect(made.length).toBe(2);
  });

  it("sends packed bytes to those who take them, plain ones to the others", async () => {
    const { get } = set();
    const plain = await get("/");
    const packed = await get("/", { "accept-encoding": "br, gzip" });
    expect([
      plain?.headers.has("content-encoding"),
      packed?.headers.get("content-encoding"),
      packed?.headers.get("vary"),
    ]).toEqual([false, "gzip", "Accept-Encoding"]);
    expect(gunzipSync(new Uint8Array((await packed?.arrayBuffer()) ?? [])).toString()).toBe(
      await plain?.text(),
    );
    expect(plain?.headers.get("etag")).not.toBe(packed?.headers.get("etag"));
    expect(plain?.headers.has(KNOWN_PARAMETERS_HEADER)).toBe(false);
  });

  it("says 304 to those who have the page", async () => {
    const { get } = set();
    const etag = (await get("/"))?.headers.get("etag") ?? "";
    const answer = await get("/", { "if-none-match": `W/${etag}` });
    expect([answer?.status, await answer?.text(), answer?.headers.get("etag")]).toEqual([304, "", etag]);
  });

  it("serves a page that grows old once more while one request makes it anew", async () => {
    const { clock, made, waiting, body } = set();
    const first = await body("/");
    clock.now += PAGE_FRESH_MS + 1;
    expect(await Promise.all([body("/"), body("/")])).toEqual([first, first]);
    expect([made.length, waiting.length]).toEqual([2, 1]);
    await Promise.all(waiting);
    expect(await body("/")).toContain("page 2");
  });

  it("never shows a page older than four seconds while a new one can be made", async () => {
    const { clock, body } = set();
    await body("/");
    clock.now += PAGE_STALE_MS + 1;
    expect(await body("/")).toContain("page 2");
    expect(PAGE_STALE_MS).toBeLessThanOrEqual(4_000);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("database gone");
      },
    ],
    ["answers 500", () => new Response("broken", { status: 500 })],
  ])("serves the last good page for ten minutes when making it %s", async (_, fail) => {
    const { clock, body, get } = set((_request, count) =>
      count === 1 ? new Response("good", { headers: { "cache-control": "public" } }) : fail(),
    );
    await body("/");
    clock.now += PAGE_STALE_MS + 1;
    expect(await body("/")).toBe("good");
    clock.now += PAGE_STALE_IF_ERROR_MS;
    const late = get("/").then(
      (answer) => answer?.status,
      () => 500,
    );
    expect(await late).toBe(500);
  });

  it("forgets a page that was withdrawn", async () => {
    const { clock, cache, get } = set((_request, count) =>
      count === 1
        ? new Response("here", { headers: { "cache-control": "public" } })
        : new Response("gone", { status: 410 }),
    );
    await get("/products/heron");
    clock.now += PAGE_STALE_MS + 1;
    expect([(await get("/products/heron"))?.status, cache.size().pages]).toEqual([410, 0]);
  });

  it("answers but does not keep a page that is too large", async () => {
    const { cache, body } = set(
      () => new Response("x".repeat(600 * 1024), { headers: { "cache-control": "public" } }),
    );
    expect([(await body("/"))?.length, cache.size()]).toEqual([600 * 1024, { pages: 0, bytes: 0 }]);
  });
});

describe("the page store", () => {
  const form = { body: new Uint8Array(), etag: "", init: {}, unchanged: {} };
  const page = (bytes: number) => ({
    plain: form,
    packed: form,
    parameters: [],
    bytes,
    madeAtMs: 0,
    refreshUntilMs: 0,
    wasAskedFor: false,
  });

  it("throws out the oldest page that nobody has asked for beyond its count", () => {
    const store = createPageStore(2, 1_000);
    store.keep("https://a/1", page(1));
    store.keep("https://a/2", page(1));
    store.get("https://a/1");
    store.keep("https://a/3", page(1));
    expect(["1", "2", "3"].map((name) => store.get(`https://a/${name}`) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("throws out the oldest page when all have been asked for", () => {
    const store = createPageStore(2, 1_000);
    for (const name of ["1", "2"]) store.keep(`https://a/${name}`, page(1));
    for (const name of ["2", "1"]) store.get(`https://a/${name}`);
    store.keep("https://a/3", { ...page(1), wasAskedFor: true });
    expect(store.size().pages).toBe(2);
    expect(store.get("https://a/1")).toBeUndefined();
  });

  it("throws out pages beyond its bytes, and counts what it holds", () => {
    const store = createPageStore(100, 10);
    for (const name of ["1", "2", "3"]) store.keep(`https://a/${name}`, page(4));
    store.keep("https://a/3", page(5));
    expect(store.size()).toEqual({ pages: 2, bytes: 9 });
  });
});

describe("Accept-Encoding", () => {
  it.each([
    [null, false],
    ["", false],
    ["br", false],
    ["gzip", true],
    ["br, gzip;q=0.5", true],
    ["gzip;q=0, br", false],
    ["gzip; q=0.000", false],
  ])("%s takes gzip: %s", (header, takes) => {
    expect(takesGzip(header)).toBe(takes);
  });
});
