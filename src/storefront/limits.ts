/** Cards of one page of a list: three rows of four, twice; load-more keeps the footer in reach. */
export const CARDS_PER_PAGE = 24;
/** Cards in a strip of a page that is not a list. */
export const CARDS_PER_STRIP = 4;
/** Collections that fit in the navigation; the rest is found by search. */
export const NAVIGATION_COLLECTIONS = 5;
/** Characters of a search that are looked at; more is cut, never refused. */
export const MAX_QUERY_CHARACTERS = 120;
/** Units of one variant that a shopper may put into the cart at once. */
export const MAX_QUANTITY = 20;
/** Files of the sitemap beside its index: the protocol's bound of one index. */
export const MAX_SITEMAP_FILES = 50_000;
/** Milliseconds the navigation is kept between two pages of one isolate; a page adds its own age. */
export const NAVIGATION_TTL_MS = 1_000;

/** Pages kept in one isolate; a page is 10 to 60 KB, packed and unpacked. */
export const MAX_CACHED_PAGES = 500;
/** Bytes of all kept pages: an isolate has 128 MB for everything. */
export const MAX_CACHED_BYTES = 24 * 1024 * 1024;
/** A larger page is answered but not kept. */
export const MAX_CACHED_PAGE_BYTES = 512 * 1024;
/** Paths whose known parameters are remembered. */
export const MAX_KNOWN_PATHS = 2_000;
/** A page is served as it is for this long. */
export const PAGE_FRESH_MS = 2_500;
/**
 * From then on it is served once more while a new one is made; older than this it is waited for. What a page is made of may
 * be a second old (navigation, markets, the index of lists), and an edit shows within five seconds in all.
 */
export const PAGE_STALE_MS = 4_000;
/** When no new one can be made, the last good one serves for this long. */
export const PAGE_STALE_IF_ERROR_MS = 10 * 60_000;
/** A page that is being made anew is not made a second time within this time. */
export const PAGE_REFRESH_PATIENCE_MS = 10_000;
/** Milliseconds for which an isolate takes the markets to be what they were; a page adds its own age. */
export const MARKETS_TTL_MS = 1_000;
/** Pages of text that the footer leads to, by their handles: what the law asks for (imprint, privacy, terms, withdrawal) and a few more. */
export const MAX_FOOTER_TEXTS = 12;
