import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { Validator } from "@seriousme/openapi-schema-validator";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { useShop } from "../support/shop-harness.ts";
import { signIn } from "../support/staff-harness.ts";

// What every shopper pays for in bytes and requests, and what caches, search engines and programs rely on.

const harness = useShop();
const KB = 1_024;

const gzippedKb = (body: string): number => gzipSync(body).length / KB;
const read = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(new URL(path, harness.shop.url), { headers, redirect: "manual" });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
};

type Request = { readonly kind: string; readonly method: string; readonly path: string };

/** A cold load in the order in which the browser asks. */
async function requestsOf(page: Page, path: string): Promise<readonly Request[]> {
  const requests: Request[] = [];
  page.on("request", (request) =>
    requests.push({
      kind: request.resourceType(),
      method: request.method(),
      path: new URL(request.url()).pathname,
    }),
  );
  await page.goto(path, { waitUntil: "networkidle" });
  return requests;
}

describe.each([
  ["a product", "/products/heron?size=a3&frame=black"],
  ["a product with 24 variants", "/products/switchback"],
  ["a collection", "/collections/prints"],
  ["the home page", "/"],
])("%s", (_name, path) => {
  let requests: readonly Request[] = [];
  const pathsOf = (kind: string): readonly string[] =>
    requests.flatMap((request) => (request.kind === kind ? [request.path] : []));
  beforeAll(async () => {
    const page = await harness.newPage({ viewport: { width: 390, height: 844 } });
    requests = await requestsOf(page, path);
  });

  it("is at most 15 KB of HTML, gzipped", async () => {
    const { status, body } = await read(path);
    expect(status).toBe(200);
    expect(gzippedKb(body)).toBeLessThanOrEqual(15);
  });

  it("takes one script of at most 9 KB and one style sheet of at most 12 KB, gzipped", async () => {
    expect([pathsOf("script").length, pathsOf("stylesheet").length]).toEqual([1, 1]);
    expect(gzippedKb((await read(pathsOf("script")[0] ?? "")).body)).toBeLessThanOrEqual(9);
    expect(gzippedKb((await read(pathsOf("stylesheet")[0] ?? "")).body)).toBeLessThanOrEqual(12);
  });

  it("takes at most 50 KB of fonts", async () => {
    const sizes = await Promise.all(
      pathsOf("font").map(async (font) => (await fetch(harness.shop.url + font)).arrayBuffer()),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, font) => sum + font.byteLength, 0)).toBeLessThanOrEqual(50 * KB);
  });

  it("asks for at most 6 things before its first picture, and for nothing twice", () => {
    const first = requests.findIndex(({ kind }) => kind === "image");
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThanOrEqual(6);
    // What was looked at is told by a POST, which is answered by the way to the list.
    const asked = requests.map(({ method, path }) => `${method} ${path}`);
    expect(asked).toEqual([...new Set(asked)]);
  });
});

const PUBLIC_PAGES = [
  "/",
  "/collections/prints",
  "/collections/new",
  "/products/heron",
  "/products/meridian",
  "/search?q=blue",
  "/pages/about",
  "/pages/delivery-returns",
];
const PUBLIC_REST = [
  "/problems/orders/order-unknown",
  "/robots.txt",
  "/sitemap.xml",
  "/sitemap/pages.xml",
  "/sitemap/products-1.xml",
  "/speculation-rules.json",
  "/favicon.svg",
  "/api/openapi.json",
  "/api/products",
  "/api/products/heron",
  "/api/collections",
  "/api/collections/prints",
  "/api/search?q=blue",
];
const PRIVATE = [
  "/cart",
  "/checkout/chk_unknown",
  "/orders/ord_unknown",
  "/orders/ord_unknown/return",
  "/orders/ord_unknown/live",
  "/products/no-such-thing",
  "/no-such-page",
  "/api/no-such-thing",
  "/api/products/no-such-thing",
  "/api/carts/crt_unknown",
  "/api/checkouts/chk_unknown",
  "/api/orders/ord_unknown",
  "/admin",
  "/admin/sign-in",
  "/admin/orders",
  "/admin/no-such-page",
  "/admin/api/orders",
  "/admin/api/no-such-thing",
];

describe("the cache class", () => {
  it.each([...PUBLIC_PAGES, ...PUBLIC_REST])(
    "of %s is public, and the answer sets no cookie",
    async (path) => {
      const { status, headers } = await read(path);
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toMatch(/^public, max-age=\d+/);
      expect(headers.get("cache-control")).not.toMatch(/private|no-store/);
      expect(headers.getSetCookie()).toEqual([]);
    },
  );

  it.each(PRIVATE)("of %s is private, no-store", async (path) => {
    const { status, headers } = await read(path);
    expect(status).toBeLessThan(500);
    expect(headers.get("cache-control")).toBe("private, no-store");
  });

  it("of every page of the back office is private, no-store, when signed in as well", async () => {
    const page = await harness.newPage();
    await signIn(page, harness.shop);
    for (const path of ["", "/orders", "/products/heron", "/stock", "/imports", "/mail", "/dead-letters"]) {
      const answer = await page.goto(`/admin${path}`);
      expect([path, answer?.status(), answer?.headers()["cache-control"]]).toEqual([
        path,
        200,
        "private, no-store",
      ]);
    }
  });
});

it("public pages are equal byte for byte for a stranger and for a shopper with a cart", async () => {
  const shopper = await cookiesOfShopper();
  expect(shopper).toContain("cart_count=1");
  const bodiesFor = (headers: Record<string, string>) =>
    Promise.all(PUBLIC_PAGES.map(async (path) => (await read(path, headers)).body));
  const forShopper = await bodiesFor({ cookie: `${shopper}; odd=1` });
  // Until no memory of the first visit answers the second.
  await wait(6_000);
  await bodiesFor({ "accept-language": "de" });
  const forStranger = await bodiesFor({ "accept-language": "de", "user-agent": "another" });
  expect(forShopper).toEqual(forStranger);
  expect(forShopper.join("")).not.toContain("crt_");
});

async function cookiesOfShopper(): Promise<string> {
  const productSchema = z.object({ variants: z.array(z.object({ id: z.string() })) });
  const product = productSchema.parse(JSON.parse((await read("/api/products/tide")).body));
  const added = await fetch(`${harness.shop.url}/cart/lines`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: harness.shop.url, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ variantId: product.variants[0]?.id ?? "", quantity: "1" }),
  });
  return added.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

describe("search engines", () => {
  const linkedData = async (path: string): Promise<readonly unknown[]> =>
    [...(await read(path)).body.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      (match): unknown => JSON.parse(match[1] ?? ""),
    );
  const offerSchema = z.object({
    "@type": z.literal("Offer"),
    url: z.url(),
    price: z.string().regex(/^\d+\.\d\d$/),
    priceCurrency: z.literal("EUR"),
    availability: z.string().startsWith("https://schema.org/"),
  });
  const groupSchema = z.object({
    "@type": z.literal("ProductGroup"),
    name: z.string(),
    url: z.url(),
    hasVariant: z.array(z.object({ "@type": z.literal("Product"), sku: z.string(), offers: offerSchema })),
  });
  const groupOf = async (handle: string) =>
    groupSchema.parse(
      (await linkedData(`/products/${handle}`)).find((data) => groupSchema.safeParse(data).success),
    );

  it("read each variant of a product with its offer", async () => {
    const { hasVariant } = await groupOf("heron");
    expect(new Set(hasVariant.map(({ sku }) => sku)).size).toBe(12);
    const dear = hasVariant.find(({ sku }) => sku === "KE-PR-HERON-A3-BLACK");
    expect(dear?.offers).toMatchObject({ price: "34.00", availability: "https://schema.org/InStock" });
    expect((await read(dear?.offers.url ?? "")).status).toBe(200);
  });

  it.each([
    ["meridian", "OutOfStock"],
    ["tide", "BackOrder"],
    ["sawtooth", "PreOrder"],
  ])("read that %s is %s", async (handle, word) => {
    const offers = (await groupOf(handle)).hasVariant.map((variant) => variant.offers.availability);
    expect(new Set(offers)).toEqual(new Set([`https://schema.org/${word}`]));
  });

  it("find data that parses on the other public pages, and where they are on a product", async () => {
    for (const path of ["/", "/collections/prints", "/products/trimming-table"])
      expect((await linkedData(path)).length, path).toBeGreaterThan(0);
    expect(await linkedData("/products/heron")).toContainEqual(
      expect.objectContaining({ "@type": "BreadcrumbList" }),
    );
  });

  it("find every page of the sitemap, and the sitemap in robots.txt", async () => {
    const locations = (body: string): readonly string[] =>
      [...body.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1] ?? "");
    const files = locations((await read("/sitemap.xml")).body);
    const bodies = await Promise.all(files.map(async (file) => (await read(file)).body));
    const addresses = bodies.flatMap(locations);
    expect(addresses.length).toBeGreaterThan(40);
    const answers = await Promise.all(addresses.map(async (address) => (await read(address)).status));
    expect(new Set(answers)).toEqual(new Set([200]));
    const robots = (await read("/robots.txt")).body;
    expect(robots).toContain(`Sitemap: ${harness.shop.url}/sitemap.xml`);
    for (const path of ["/cart", "/checkout", "/orders", "/admin"])
      expect(robots).toMatch(new RegExp(`^Disallow: ${path}`, "m"));
  });

  it("browsers fetch ahead only what is public", async () => {
    const { body } = await read("/speculation-rules.json");
    expect(body).toMatch(/products/);
    expect(body).not.toMatch(/cart|checkout|orders|admin|prerender/);
  });
});

it.each(["/api/openapi.json", "/admin/api/openapi.json"])("%s is a valid OpenAPI document", async (path) => {
  const { body } = await read(path, { authorization: `Bearer ${harness.shop.adminToken}` });
  const result = await new Validator().validate(body);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});
