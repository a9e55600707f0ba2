export { createCatalogPages, createNotFoundPage, type CatalogPagesOptions } from "./http/page-routes.tsx";
export { chromeFor } from "./http/frame.ts";
export { createPageCache, type PageCache, type PageCacheOptions } from "./page-cache.ts";
