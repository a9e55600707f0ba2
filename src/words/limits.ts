/** Formatters kept per kind; the shop uses a handful of locales and currencies. */
export const MAX_CACHED_FORMATTERS = 64;
/** Locales whose words are kept ready: as many as a large shop's markets speak. */
export const MAX_KEPT_SPEECHES = 64;
