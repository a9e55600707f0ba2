import { Hono, type Context, type Env } from "hono";
import { CATALOGUE_TAG, LISTS_TAG, type SitemapPart } from "#catalog";
import { CONTENT_TAG } from "#content";
import { publicCache } from "#web";
import { MAX_SITEMAP_FILES } from "../limits.ts";
import { SPECULATION_RULES, robotsText, sitemapIndexXml, sitemapXml } from "../pages/machine-files.ts";
import type { CatalogPagesOptions } from "./routing.ts";

const FILE_SHARED_SECONDS = 300;

/** Files for search engines and browsers: robots.txt, sitemap.xml, the rules of what may be fetched ahead. */
export function machineRoutes<E extends Env>(options: CatalogPagesOptions<E>): Hono<E> {
  const app = new Hono<E>();
  const originOf = (c: Context<E>): string => options.shopOrigin(c) || new URL(c.req.url).origin;
  app.get("/robots.txt", (c) => {
    publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, tags: [CATALOGUE_TAG] });
    return c.text(robotsText(originOf(c)));
  });
  app.get("/sitemap.xml", async (c) => {
    const slices = await options.reader(c).sitemapSlices();
    const products = Array.from({ length: slices }, (_, index) => `/sitemap/products-${index + 1}.xml`);
    const paths = ["/sitemap/pages.xml", ...products].slice(0, MAX_SITEMAP_FILES);
    return xml(c, sitemapIndexXml(paths, originOf(c)));
  });
  app.get("/sitemap/:file{[a-z0-9-]+\\.xml}", async (c) => {
    const part = partOf(c.req.param("file"));
    if (part === undefined || (part !== "collections" && part > (await options.reader(c).sitemapSlices())))
      return c.notFound();
    const isPages = part === "collections";
    const [entries, written] = await Promise.all([
      options.reader(c).sitemap(part),
      isPages ? writtenPaths(options, c) : [],
    ]);
    const paths = isPages ? [...new Set([...FIXED_PATHS, ...written])] : [];
    return xml(c, sitemapXml(paths, entries, originOf(c)));
  });
  app.get("/speculation-rules.json", (c) => {
    publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, browserSeconds: FILE_SHARED_SECONDS });
    return c.body(SPECULATION_RULES, 200, { "content-type": "application/speculationrules+json" });
  });
  return app;
}

/** Pages that have no record in the catalogue. */
const FIXED_PATHS = ["/", "/pages/about", "/pages/delivery-returns"];

/** Pages of text that staff have written. */
async function writtenPaths<E extends Env>(
  options: CatalogPagesOptions<E>,
  c: Context<E>,
): Promise<readonly string[]> {
  const pages = (await options.content?.(c).pages()) ?? [];
  return pages.map(({ handle }) => `/pages/${handle}`);
}

/** `pages.xml` has the collections, `products-1.xml` the first slice of the products. */
function partOf(file: string): SitemapPart | undefined {
  if (file === "pages.xml") return "collections";
  const digits = /^products-([1-9]\d{0,5})\.xml$/.exec(file)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function xml(c: Context, body: string): Response {
  // It lists pages of the whole shop.
  publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, tags: [CATALOGUE_TAG, LISTS_TAG, CONTENT_TAG] });
  return c.body(body, 200, { "content-type": "application/xml; charset=utf-8" });
}
