import type { SitemapEntry } from "#catalog";

/** What robots may read: everything public; carts, orders and searches are for people. */
export const robotsText = (origin: string): string =>
  [
    "User-agent: *",
    "Disallow: /cart",
    "Disallow: /checkout",
    "Disallow: /orders",
    "Disallow: /find-order",
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

const lastmod = (updatedAtMs: number): string =>
  `<lastmod>${new Date(updatedAtMs).toISOString().slice(0, 10)}</lastmod>`;

const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>';

/** The list of the sitemap's files, by their paths. */
export const sitemapIndexXml = (paths: readonly string[], origin: string): string =>
  `${DECLARATION}<sitemapindex ${NAMESPACE}>${paths
    .map((path) => `<sitemap><loc>${escapeXml(origin + path)}</loc></sitemap>`)
    .join("")}</sitemapindex>`;

/** One file of the sitemap: pages that have no record, by their paths, and those of one part of the shop. */
export function sitemapXml(
  fixedPaths: readonly string[],
  entries: readonly SitemapEntry[],
  origin: string,
): string {
  const fixed = fixedPaths.map((path) => `<url><loc>${escapeXml(origin + path)}</loc></url>`);
  const pages = entries.map(
    ({ kind, handle, updatedAtMs }) =>
      `<url><loc>${escapeXml(`${origin}/${kind}s/${encodeURIComponent(handle)}`)}</loc>${lastmod(updatedAtMs)}</url>`,
  );
  return `${DECLARATION}<urlset ${NAMESPACE}>${[...fixed, ...pages].join("")}</urlset>`;
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
