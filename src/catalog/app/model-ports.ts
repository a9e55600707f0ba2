import type { CollectionId, Result } from "#kernel";
import type {
  CollectionRule,
  ProductTypeInput,
  ProductTypeView,
  TranslatedEntity,
  TranslatedFields,
} from "../contract-model.ts";
import type { CatalogRefusal, CollectionInput, CollectionView, ProductCard } from "../contract.ts";
import type { SaveOptions } from "./ports.ts";

export type SavedProductType = {
  readonly outcome: "created" | "changed" | "same";
  readonly key: string;
  readonly version: number;
};

/** What a rule would take now. */
export type RulePreview = {
  readonly count: number;
  /** False when the shop has more products than are looked at. */
  readonly isCountExact: boolean;
  /** The first ten, drafts too, in the order they were made. */
  readonly first: readonly ProductCard[];
};

/** A collection as staff edit it. */
export type StaffCollection = CollectionView & {
  readonly collectionId: CollectionId;
  readonly position: number;
  readonly rule?: CollectionRule;
  /** Handles, in their order; at most `MAX_PICKS`. */
  readonly picks: readonly string[];
  readonly exclusions: readonly string[];
  /** A changed rule has not gone through all products yet. */
  readonly isRuleRunning: boolean;
  readonly version: number;
};
export type StaffCollectionsPage = {
  readonly items: readonly StaffCollectionRow[];
  readonly nextCursor?: string;
};
export type StaffCollectionRow = Pick<
  StaffCollection,
  "collectionId" | "handle" | "title" | "productCount" | "position" | "updatedAtMs"
> & { readonly hasRule: boolean };

/** Names one thing whose texts are translated: a product or collection by its handle, a type by its key. */
export type TranslatedThing = { readonly entity: TranslatedEntity; readonly key: string };

export type Translation = {
  readonly locale: string;
  readonly fields: TranslatedFields;
  readonly version: number;
};

/** The texts of a thing in the shop's own language, by the fields that can be translated, and its translations. */
export type TranslationSheet = TranslatedThing & {
  readonly own: TranslatedFields;
  readonly translations: readonly Translation[];
};

export type SavedTranslation = { readonly outcome: "changed" | "same"; readonly version: number };

/** What words of options, kinds and filters are called in one language, in the whole shop. */
export type SharedWords = {
  readonly locale: string;
  /** By what they are in the shop's own language. */
  readonly words: Readonly<Record<string, string>>;
  /** 0 while nobody has saved them. */
  readonly version: number;
  /** Every language that has such words. */
  readonly locales: readonly string[];
  /** Words of the products that were changed last and that have none yet. */
  readonly suggestions: readonly string[];
};

/** Product types, rules and languages, for staff. Refusals are those of the catalogue. */
export type CatalogModelDesk = {
  /** By name; at most `MAX_PRODUCT_TYPES`. */
  productTypes(): Promise<readonly ProductTypeView[]>;
  productType(key: string): Promise<Result<ProductTypeView, CatalogRefusal>>;
  /** Creates or replaces a type; products keep their values, and those that fit no more are not shown. */
  saveProductType(
    input: ProductTypeInput,
    options?: SaveOptions,
  ): Promise<Result<SavedProductType, CatalogRefusal>>;
  /** Refuses `product_type_in_use` while a product has it. */
  deleteProductType(key: string): Promise<Result<void, CatalogRefusal>>;
  /** In the merchant's order. Refuses `invalid_cursor`. */
  collections(request: {
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<StaffCollectionsPage, CatalogRefusal>>;
  collection(handle: string): Promise<Result<StaffCollection, CatalogRefusal>>;
  /** Says what a rule would take, without saving it. Refuses `invalid_product`. */
  previewRule(rule: NonNullable<CollectionInput["rule"]>): Promise<Result<RulePreview, CatalogRefusal>>;
  translations(thing: TranslatedThing): Promise<Result<TranslationSheet, CatalogRefusal>>;
  /** Replaces the texts of a thing in one language; without any the language goes. */
  saveTranslation(
    thing: TranslatedThing & { readonly locale: string; readonly fields: TranslatedFields },
    options?: SaveOptions,
  ): Promise<Result<SavedTranslation, CatalogRefusal>>;
  words(locale: string): Promise<SharedWords>;
  /** Replaces the shared words of a language. Refuses `invalid_product` and `version_conflict`. */
  saveWords(
    input: Pick<SharedWords, "locale" | "words">,
    options?: SaveOptions,
  ): Promise<Result<{ readonly version: number }, CatalogRefusal>>;
};
