import { platformClock, type Clock } from "#platform";
import type { CatalogModelDesk } from "../app/model-ports.ts";
import type { HtmlSanitiser } from "../app/ports.ts";
import { querySharedWords, saveSharedWords } from "./shared-words.ts";
import { previewRule, queryStaffCollection, queryStaffCollections } from "./staff-collection-query.ts";
import { queryTranslations, saveTranslation } from "./translation-store.ts";
import { deleteProductType, queryProductType, queryProductTypes, saveProductType } from "./type-store.ts";

export type ModelDeskOptions = {
  /** `sanitiseHtml` of this module; an option, so that only Workers that write carry its code. */
  readonly sanitise: HtmlSanitiser;
  readonly clock?: Clock;
};

/** The desk for product types, rules and languages on D1. Holds no state. */
export const createModelDesk = (
  db: D1Database,
  { sanitise, clock = platformClock }: ModelDeskOptions,
): CatalogModelDesk => ({
  productTypes: () => queryProductTypes(db),
  productType: (key) => queryProductType(db, key),
  saveProductType: (input, options = {}) => saveProductType(db, { input, nowMs: clock.now(), ...options }),
  deleteProductType: (key) => deleteProductType(db, key),
  collections: (request) => queryStaffCollections(db, request),
  collection: (handle) => queryStaffCollection(db, handle),
  previewRule: (rule) => previewRule(db, { rule, nowMs: clock.now() }),
  translations: (thing) => queryTranslations(db, thing),
  saveTranslation: (thing, options = {}) =>
    saveTranslation(db, { thing, sanitise, nowMs: clock.now(), ...options }),
  words: (locale) => querySharedWords(db, locale),
  saveWords: (input, options = {}) => saveSharedWords(db, { ...input, ...options }),
});
