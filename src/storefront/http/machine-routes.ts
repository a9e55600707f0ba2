import { Hono, type Env } from "hono";
import { CATALOGUE_TAG, LISTS_TAG, type CatalogReader, type SitemapEntry } from "#catalog";
import { publicCache } from "#web";
import { MAX_SITEMAP_PAGES, SITEMAP_PAGE_ENTRIES } from "../limits.ts";
import { SPECULATION_RULES, robotsText, sitemapXml } from "../pages/machine-files.ts";
import type { FrameOptions } from "./frame.ts";

const FILE_SHARED_SECONDS = 300;

/** Files for search engines and browsers: robots.txt, sitemap.xml, the rules of what may be fetched ahead. */
export function machineRoutes<E extends Env>(options: FrameOptions<E>): Hono<E> {
  const app = new Hono<E>();
  app.get("/robots.txt", (c) => {
    publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, tags: [CATALOGUE_TAG] });
    return c.text(robotsText(options.shopOrigin(c) || new URL(c.req.url).origin));
  });
  app.get("/sitemap.xml", async (c) => {
    const entries = await sitemapEntries(options.reader(c));
    publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, tags: [LISTS_TAG, CATALOGUE_TAG] });
    return c.body(sitemapXml(entries, options.shopOrigin(c) || new URL(c.req.url).origin), 200, {
      "content-type": "application/xml; charset=utf-8",
    });
  });
  app.get("/speculation-rules.json", (c) => {
    publicCache(c, { sharedSeconds: FILE_SHARED_SECONDS, browserSeconds: FILE_SHARED_SECONDS });
    return c.body(SPECULATION_RULES, 200, { "content-type": "application/speculationrules+json" });
  });
  return app;
}

async function sitemapEntries(reader: CatalogReader): Promise<readonly SitemapEntry[]> {
  const entries: SitemapEntry[] = [];
  let cursor: string | undefined;
  for (let count = 0; count < MAX_SITEMAP_PAGES; count += 1) {
    const page = await reader.sitemap({
      limit: SITEMAP_PAGE_ENTRIES,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!page.ok) break;
    entries.push(...page.value.items);
    cursor = page.value.nextCursor;
    if (cursor === undefined) break;
  }
  return entries;
}
