export { createCatalogPages, createNotFoundPage } from "./http/page-routes.tsx";
export type { CatalogPagesOptions, ListingSource } from "./http/routing.ts";
export { createPreviewPages } from "./http/preview-route.tsx";
export { chromeFor, type FrameOptions } from "./http/frame.ts";
export { standWithShopper } from "./http/shopper-place.ts";
export { createPageCache, type PageCache, type PageCacheOptions } from "./page-cache.ts";
export type { DeliveryPlace, DeliveryWays } from "./http/routing.ts";
export {
  createMarketLoader,
  homeView,
  MARKET_SEGMENT,
  placeOf,
  standInMarket,
  type MarketVariables,
} from "./http/market-door.ts";
