import { env } from "cloudflare:workers";
import { catalogFixture, clearCatalog, must } from "../../src/catalog/testing/catalog-fixture.ts";
import { sampleCollection, sampleProduct, sampleVariant } from "../../src/catalog/testing/samples.ts";
import type { publicShop } from "./public-shop.ts";

/** The one product, collection and picture that {@link fillCatalogue} makes. */
export const HANDLE = "heron";
export const SKU = "HRN-1";
const COLLECTION = "prints";
const MEDIA = "0123456789abcdef0123456789abcdef.svg";

export type Route = { readonly method: string; readonly path: string };

/** Addresses of routes whose path alone does not tell a good one. */
const SAMPLES: Readonly<Record<string, string>> = {
  "/api/search": `/api/search?q=${HANDLE}`,
  "/api/search/suggestions": `/api/search/suggestions?q=${HANDLE.slice(0, 4)}`,
  "/search": `/search?q=${HANDLE}`,
  "/pages/:handle": "/pages/about",
  "/sitemap/:file{[a-z0-9-]+\\.xml}": "/sitemap/pages.xml",
  "/media/:name": `/media/${MEDIA}`,
  "/problems/:module/:code": "/problems/web/not-found",
  "/delivery": `/delivery?product=${HANDLE}&country=DE&postcode=10115`,
};

/** What an id looks like, by the segment before it. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  orders: "ord",
  carts: "crt",
  checkouts: "chk",
  checkout: "chk",
  drafts: "drf",
  customers: "cus",
  welcome: "cus",
  "draft-orders": "drf",
  transfers: "trf",
  imports: "imp",
  exports: "exp",
  mail: "mail",
};

/** Handlers of a router, each once, without the middleware that stands before many of them. */
export function routesOf(app: { readonly routes: readonly Route[] }): readonly Route[] {
  const own = app.routes.filter(({ path }) => path !== "*" && path !== "/*");
  return [...new Map(own.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];
}

/** The prefix of the one market beside the default one. */
const MARKET_PREFIX = "/ch-de";

/** The route without the market that stands before it. */
export const withoutMarket = (path: string): string => path.replace(/^\/:market\{[^}]*\}/, "");

/** An address for a route: good names where we have them, well-formed ids of nothing elsewhere. */
export function sampleOf(path: string): string {
  const rest = withoutMarket(path);
  return rest === path ? plainSampleOf(path) : MARKET_PREFIX + plainSampleOf(rest);
}

const plainSampleOf = (path: string): string =>
  SAMPLES[path] ??
  path
    .split("/")
    .map((part, index, parts) => samplePart(part, parts[index - 1] ?? ""))
    .join("/");

function samplePart(part: string, before: string): string {
  if (part === "*") return "nothing-here";
  const name = /^:(\w+)/.exec(part)?.[1];
  if (name === undefined) return part;
  if (name === "handle") return before === "collections" ? COLLECTION : HANDLE;
  if (name === "sku") return SKU;
  const prefix = ID_PREFIXES[before];
  return prefix === undefined ? "1" : `${prefix}_${"1".padStart(26, "0")}`;
}

/** Empties the catalogue and puts one product with everything into it. */
export async function fillCatalogue(): Promise<void> {
  await clearCatalog(env.DB);
  const { writer, save } = catalogFixture(env.DB);
  must(await writer.saveCollection(sampleCollection(COLLECTION, { title: "Prints" })));
  await save(
    sampleProduct(HANDLE, {
      title: "Heron",
      collections: [COLLECTION],
      variants: [sampleVariant(SKU)],
    }),
  );
  for (const number of [1, 2, 3]) await save(sampleProduct(`tide-${number}`, { collections: [COLLECTION] }));
  await env.DB.prepare(
    `INSERT OR REPLACE INTO markets (id, name, currency, countries, default_locale, locales, prices_include_tax,
       rounding_step_minor, rounding_ending_minor, exchange_rate_ppm, path_prefix, is_default, version, updated_at_ms)
     VALUES ('ch', 'Switzerland', 'CHF', '["CH"]', 'de-CH', '["de-CH"]', 1, 5, 0, 950000, 'ch', 0, 1, 0)`,
  ).run();
  await env.MEDIA.put(MEDIA, "<svg/>");
  await fillFeeds();
}

/** A shopping feed for each market, as a build would have left it. */
async function fillFeeds(): Promise<void> {
  for (const [prefix, folder] of [
    ["", "default"],
    [MARKET_PREFIX.slice(1), MARKET_PREFIX.slice(1)],
  ] as const) {
    await env.MEDIA.put(`feeds/${folder}/1/0000`, "id\ttitle\n");
    await env.DB.prepare(
      `INSERT OR REPLACE INTO merchant_feeds (prefix, generation, previous_generation, digest, product_count, chunk_count,
         bytes, sequence, price_version, built_at_ms, checked_at_ms) VALUES (?1, 1, 0, ?2, 0, 1, 9, 0, 0, 0, 0)`,
    )
      .bind(prefix, "0".repeat(64))
      .run();
  }
}

/** The cookie of somebody who has signed in to the back office. */
export async function staffCookie(shop: ReturnType<typeof publicShop>): Promise<string> {
  const answer = await shop.visit("/admin/sign-in", {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ password: env.ADMIN_DEV_PASSWORD, next: "/admin" }),
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0];
  if (cookie === undefined) throw new Error(`The sign-in answered ${answer.status}.`);
  return cookie;
}
