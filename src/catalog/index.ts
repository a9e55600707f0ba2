export type * from "./contract.ts";
export type * from "./contract-model.ts";
export type {
  CatalogModelDesk,
  RulePreview,
  SavedProductType,
  SavedTranslation,
  StaffCollection,
  StaffCollectionRow,
  TranslatedThing,
  Translation,
  SharedWords,
  TranslationSheet,
} from "./app/model-ports.ts";
export { PRODUCT_SORTS } from "./contract.ts";
export { isPreviewKey, previewKey, PREVIEW_TTL_MS } from "./app/preview-key.ts";
export { ATTRIBUTE_KINDS, RELATION_KINDS, TRANSLATED_ENTITIES, WEB_CHANNEL } from "./contract-model.ts";
export type {
  CatalogChange,
  CatalogReader,
  CatalogStaffReader,
  CatalogWriter,
  CollectionsPage,
  HtmlSanitiser,
  InLocale,
  IndexedChange,
  IndexedPage,
  ListRequest,
  SaveOptions,
  SavedCollection,
  SavedProduct,
  SitemapEntry,
  SitemapPart,
  StaffProductPage,
  StaffProductRow,
} from "./app/ports.ts";
export { CATALOGUE_TAG, EDGE_FRESH_SECONDS, LISTS_TAG, collectionTag, productTag } from "./app/cache-tags.ts";
export {
  addMedia,
  describeMedia,
  type MediaFile,
  type MediaLibrary,
  type MediaPorts,
  type MediaRefusal,
} from "./app/media-library.ts";
export { optionParameters, optionSlug, valueOfSlug, variantHref } from "./domain/variant-address.ts";
export { plainText } from "./domain/plain-text.ts";
export { translatorOf, type Translator } from "./domain/translate.ts";
export type { CatalogExporter, ExportedProduct } from "./app/exported-product.ts";
export { SHOPIFY_HEAD, shopifyLines } from "./app/shopify-lines.ts";
export { type Badge, type SellingRule, type StockFact, badgeOf } from "./domain/availability.ts";
// For a module below the pages that finds products by its own index and reads their cards in the same round trip.
export { CARD_COLUMNS, readCard, type CardRow, type CatalogDb } from "./adapters/rows.ts";
export { closestText, localesParameter, translatedCard } from "./adapters/translation-query.ts";
