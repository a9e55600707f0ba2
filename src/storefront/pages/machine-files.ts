import type { SitemapEntry } from "#catalog";

/** What robots may read: everything public; carts, orders and searches are for people. */
export const robotsText = (origin: string): string =>
  [
    "User-agent: *",
    "Disallow: /cart",
    "Disallow: /checkout",
    "Disallow: /orders",
    "Disallow: /admin",
    "Disallow: /api",
    "Disallow: /search",
    "Disallow: /delivery?",
    "Disallow: /recently-viewed",
    `Sitemap: ${origin}/sitemap.xml`,
    "",
  ].join("\n");

const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const urlElement = (address: string, updatedAtMs?: number): string =>
  `<url><loc>${escapeXml(address)}</loc>${updatedAtMs === undefined ? "" : `<lastmod>${new Date(updatedAtMs).toISOString().slice(0, 10)}</lastmod>`}</url>`;

/** A sitemap of the given pages and of those that have no record. */
export function sitemapXml(entries: readonly SitemapEntry[], origin: string): string {
  const fixed = ["/", "/pages/about", "/pages/delivery-returns"].map((path) => urlElement(origin + path));
  const pages = entries.map((entry) =>
    urlElement(`${origin}/${entry.kind}s/${encodeURIComponent(entry.handle)}`, entry.updatedAtMs),
  );
  return `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${[...fixed, ...pages].join("")}</urlset>`;
}

/** What browsers may fetch ahead: public pages on a likely click; never cart, checkout, orders or admin, never rendered ahead. */
export const SPECULATION_RULES = JSON.stringify({
  prefetch: [
    {
      source: "document",
      where: { or: [{ href_matches: "/products/*" }, { href_matches: "/collections/*" }] },
      eagerness: "moderate",
    },
  ],
});
