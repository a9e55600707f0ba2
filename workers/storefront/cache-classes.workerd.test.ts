import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { CACHE_STATUS_HEADER } from "../../test/support/workers-cache.ts";
import { publicShop, SHOP_ORIGIN } from "../../test/support/public-shop.ts";
import {
  fillCatalogue,
  routesOf,
  sampleOf,
  staffCookie,
  withoutMarket,
} from "../../test/support/every-route.ts";

// Every route that the storefront has, found by asking its routers: a new one is held to this without being named here.

/** In the catalogue's rooms, and yet kept by nobody: what has no page, what leads to one, what tells where somebody lives. */
const KEPT_BY_NOBODY = ["/pages/*", "/delivery", ""];
const isKeptByNobody = (path: string): boolean => KEPT_BY_NOBODY.includes(withoutMarket(path));

const shop = publicShop(() => Date.now());
const publicRoutes = routesOf(shop.catalogue);
const privateRoutes = [
  ...routesOf(shop.gateway).filter(({ path }) => !path.startsWith("/admin")),
  ...routesOf(shop.admin),
].flatMap(({ method, path }) =>
  (method === "ALL" ? ["GET", "POST"] : [method]).map((each) => ({ method: each, path })),
);

type Visitor = { readonly headers: Record<string, string> };

const visitors = {} as { ada: Visitor; ben: Visitor };

/** A visitor with a cart of their own, a session of the back office and every header that a page might look at. */
async function visitor(name: string, staff: string): Promise<Visitor> {
  const made = await shop.visit("/api/carts", {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": `key-of-${name}` },
    body: "{}",
  });
  const cart = await made.json<{ id: string }>();
  return {
    headers: {
      cookie: `kerbside_cart=${cart.id}; cart_count=3; name=${name}; ${staff}`,
      "accept-language": name === "ada" ? "en" : "ar",
      "user-agent": `browser of ${name}`,
      "cf-ipcountry": name === "ada" ? "DE" : "US",
      referer: `https://${name}.example/`,
      authorization: `Bearer ${env.ADMIN_API_TOKEN}`,
    },
  };
}

beforeAll(async () => {
  await fillCatalogue();
  const staff = await staffCookie(shop);
  visitors.ada = await visitor("ada", staff);
  visitors.ben = await visitor("ben", staff);
});

const isPrivate = ({ headers }: Response): boolean => headers.get("cache-control") === "private, no-store";
const edgeMarks = ({ headers }: Response): (string | null)[] =>
  ["cloudflare-cdn-cache-control", "cache-tag"].map((name) => headers.get(name));

describe("an address has one cache class", () => {
  it("and there are addresses of both", () => {
    expect(publicRoutes.length).toBeGreaterThan(12);
    expect(privateRoutes.length).toBeGreaterThan(60);
  });

  it("the catalogue only reads", () => {
    expect(publicRoutes.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it.each(privateRoutes)("$method $path is no address of the catalogue", ({ path }) => {
    const sample = sampleOf(path);
    const [handlers] = shop.catalogue.router.match("GET", sample.split("?")[0] ?? sample);
    const found = handlers.flatMap((handler) => (handler[0][1].path === "/*" ? [] : [handler[0][1].path]));
    expect(found).toEqual([]);
  });
});

describe("what the catalogue answers", () => {
  it.each(publicRoutes)("at $path is public with its tags, or kept by nobody", async ({ path }) => {
    const made = await shop.catalogue.fetch(new Request(`${SHOP_ORIGIN}${sampleOf(path)}`), shop.bindings, {
      waitUntil: () => undefined,
      passThroughOnException: () => undefined,
      props: {},
    } as unknown as ExecutionContext);
    expect(made.headers.has("set-cookie")).toBe(false);
    if (isKeptByNobody(path)) {
      expect(isPrivate(made)).toBe(true);
      return expect(edgeMarks(made)).toEqual([null, null]);
    }
    expect(made.status).toBe(200);
    expect(made.headers.get("cache-control")).toMatch(/^public, max-age=\d+(?:, immutable)?$/);
    if (made.headers.get("cache-control")?.includes("immutable")) return undefined;
    const [edge, tags] = edgeMarks(made);
    expect(edge).toMatch(/^public, max-age=\d+, stale-while-revalidate=\d+, stale-if-error=\d+$/);
    if (!path.startsWith("/problems/") && withoutMarket(path) !== "/speculation-rules.json")
      expect(tags?.split(",")).toContain("catalogue");
    return expect(tags ?? "").toMatch(/^[\x21-\x7e]*$/);
  });

  it.each(publicRoutes)("at $path is the same for two visitors and a stranger", async ({ path }) => {
    const answers = await Promise.all(
      [visitors.ada, visitors.ben, { headers: {} }].map(async ({ headers }) => {
        const answer = await shop.visit(sampleOf(path), { headers });
        const kept = [...answer.headers].filter(
          ([name]) => ![CACHE_STATUS_HEADER, "x-request-id"].includes(name),
        );
        return { status: answer.status, headers: kept, body: await answer.text() };
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe("what the gateway answers", () => {
  it.each(privateRoutes)("to $method $path is kept by nobody", async ({ method, path }) => {
    const body = method === "GET" || method === "HEAD" ? {} : { body: "{}" };
    const headers = { ...visitors.ada.headers, "content-type": "application/json" };
    const answer = await shop.visit(sampleOf(path), { method, headers, redirect: "manual", ...body });
    expect(isPrivate(answer), `${answer.status} ${answer.headers.get("cache-control") ?? "nothing"}`).toBe(
      true,
    );
    expect(edgeMarks(answer)).toEqual([null, null]);
    await answer.body?.cancel();
  });
});

describe("Cloudflare's cache, which knows no host, cookie or authorization", () => {
  it("keeps nothing that was made for a person, on any route", async () => {
    for (const { path } of [...publicRoutes, ...privateRoutes.filter(({ method }) => method === "GET")])
      for (const { headers } of [visitors.ada, visitors.ben])
        await (await shop.visit(sampleOf(path), { headers, redirect: "manual" })).body?.cancel();
    const kept = shop.cache.entries();
    expect(kept.filter(({ madeFor }) => [...madeFor.headers].length > 0)).toEqual([]);
    expect(kept.filter(({ key }) => !key.startsWith('["Catalogue"'))).toEqual([]);
    expect(kept.length).toBeGreaterThan(10);
  });

  it("does not show one visitor's cart to another", async () => {
    const [ada, ben] = await Promise.all(
      [visitors.ada, visitors.ben].map(async ({ headers }) =>
        (await shop.visit("/cart", { headers })).text(),
      ),
    );
    expect(ada).not.toBe("");
    expect(shop.cache.entries().some(({ key }) => key.includes("/cart"))).toBe(false);
    expect(ben).not.toContain("browser of ada");
  });
});
