import type { CollectionId, EpochMs, MediaId, ProductId, VariantId } from "#kernel";
import type {
  Bundle,
  CollectionRule,
  Publication,
  RelationInput,
  RelationKind,
  TypedAttribute,
  TypedFacts,
} from "./contract-model.ts";

/** View models of the catalogue: what pages, the shop API and the checkout read; and what staff and imports write. */

export type ProductStatus = "draft" | "active" | "archived";
export type TaxClass = "standard" | "reduced" | "zero";

/** Bucket words for shoppers, at most 30 seconds old; checkout asks the truth. */
export type Availability = "in_stock" | "low" | "backorder" | "preorder" | "sold_out";

export type Picture = {
  readonly mediaId: MediaId;
  /** Path on this shop or an absolute https address. */
  readonly url: string;
  /** Empty for a decorative view. */
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  /** What must stay in view when it is cut, in per cent from the start and the top; absent: the middle. */
  readonly focalX?: number;
  readonly focalY?: number;
};

export type ProductOption = {
  readonly name: string;
  readonly values: readonly string[];
  /** Where name and values are translated: the shop's own, in the same order. Addresses are written in them. */
  readonly own?: { readonly name: string; readonly values: readonly string[] };
};

export type VariantView = {
  readonly variantId: VariantId;
  readonly sku: string;
  readonly barcode?: string;
  /** One value per option of the product, in the options' order; empty when the product has no options. */
  readonly optionValues: readonly string[];
  /** `A3, oak`; empty for the only variant of a product without options. */
  readonly title: string;
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  /** Lowest price of the 30 days before a reduction (EU Directive 98/6/EC art. 6a); set when `compareAtMinor` is. */
  readonly lowest30DaysMinor?: number;
  /** What one unit costs from a quantity on, ascending; absent when the quantity changes nothing. */
  readonly priceSteps?: readonly { readonly minQuantity: number; readonly priceMinor: number }[];
  readonly weightGrams: number;
  readonly taxClass: TaxClass;
  readonly requiresShipping: boolean;
  readonly mediaId?: MediaId;
  readonly availability: Availability;
  /** Units that can be had now, for "Fewer than 6 left"; absent when stock is not counted. */
  readonly availableUnits?: number;
  /** YYYY-MM-DD, with backorder and preorder. */
  readonly expectedAt?: string;
};

/** A fact shown in a list of facts: material, size, rule, seed. */
export type Fact = { readonly name: string; readonly value: string };

/** What a list shows of a product; everything in it is projected when something changes. */
export type ProductCard = {
  readonly productId: ProductId;
  readonly handle: string;
  readonly title: string;
  readonly vendor: string;
  readonly currency: string;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly compareAtMinor?: number;
  readonly availability: Availability;
  readonly expectedAt?: string;
  readonly picture?: Picture;
  readonly secondPicture?: Picture;
  readonly variantCount: number;
  /** Colours that can be chosen; absent when there is no such choice. */
  readonly colourCount?: number;
};

export type ProductView = ProductCard & {
  readonly status: ProductStatus;
  /** The shop shows it now: active, within its dates and on the web channel. */
  readonly isListed: boolean;
  readonly publication: Publication;
  /** Sanitised when written. */
  readonly descriptionHtml: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly ProductOption[];
  readonly variants: readonly VariantView[];
  readonly pictures: readonly Picture[];
  /** Facts shown as a list: those of its type with their units, then its own. */
  readonly attributes: readonly Fact[];
  /** Of them, those that are its own. */
  readonly ownAttributes: readonly Fact[];
  /** Key of its product type, and its values of the type's attributes in the type's order. */
  readonly typeKey?: string;
  readonly typedAttributes: readonly TypedAttribute[];
  /** Listed products that it names, by kind in the order of `RELATION_KINDS`, then as the merchant ordered them. */
  readonly relations: readonly { readonly kind: RelationKind; readonly product: ProductCard }[];
  /** Variants that are made of other articles. */
  readonly bundles: readonly Bundle[];
  readonly collections: readonly {
    readonly handle: string;
    readonly title: string;
    /** Said to staff only. */
    readonly isByRule?: true;
  }[];
  readonly seoTitle?: string;
  readonly seoDescription?: string;
  readonly version: number;
  readonly updatedAtMs: number;
};

export type CollectionView = {
  readonly collectionId: CollectionId;
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
  readonly picture?: Picture;
  /** Active products in it; kept when products change, never counted on reading. */
  readonly productCount: number;
  readonly seoTitle?: string;
  readonly seoDescription?: string;
  readonly updatedAtMs: number;
};

/** What an index of active products keeps of one: everything that lists sort, filter and count by. */
export type IndexedProduct = {
  readonly number: number;
  readonly titleKey: string;
  readonly publishedAtMs: number;
  readonly featuredPosition: number;
  /** How much it is looked at and bought lately, in steps; see `products.popularity`. */
  readonly popularity: number;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  /** The cheapest variant has a former price. */
  readonly isReduced: boolean;
  /** 0 is in stock, 4 sold out. */
  readonly availabilityRank: number;
  readonly isSoldOut: boolean;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly ProductOption[];
  /** Free facts by their names and typed ones by their keys; the index files both alike. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** What it is in; with a place, where it stands there in the merchant's own order. */
  readonly collections: readonly { readonly handle: string; readonly place?: number }[];
};

export const PRODUCT_SORTS = ["featured", "popular", "newest", "price_asc", "price_desc", "title"] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];

export type ProductPage = { readonly items: readonly ProductCard[]; readonly nextCursor?: string };

/** A variant with what cart and checkout need of its product: the price truth that checkout re-reads. */
export type SellableVariant = {
  readonly variantId: VariantId;
  readonly productId: ProductId;
  readonly productHandle: string;
  readonly productTitle: string;
  readonly productStatus: ProductStatus;
  readonly variantTitle: string;
  readonly sku: string;
  readonly currency: string;
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  readonly taxClass: TaxClass;
  readonly weightGrams: number;
  readonly requiresShipping: boolean;
  readonly picture?: Picture;
  readonly availability: Availability;
  readonly availableUnits?: number;
  readonly expectedAt?: string;
  /** Until when buyers of this SKU are served by turn, because more ask than can be served at once. */
  readonly lineOpenUntil?: EpochMs;
  /** Shards among which the SKU's units are shared out now, because one object would not serve all who ask. */
  readonly stockShards?: number;
  /** What one unit of a bundle is made of; absent for anything else. */
  readonly components?: readonly { readonly sku: string; readonly quantity: number }[];
  /** The titles in the shop's own language, for staff; absent where the shopper reads the same. */
  readonly own?: { readonly productTitle: string; readonly variantTitle: string };
};

/**
 * What a caller writes: a whole product, replaced as one. Ids of variants are kept by SKU, then by option values. What a
 * plain file cannot say (publication, typed facts, relations) stays as it is when it is left out.
 */
export type ProductInput = {
  readonly handle: string;
  readonly title: string;
  readonly status: ProductStatus;
  /** Any HTML; it is sanitised. */
  readonly descriptionHtml: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly options: readonly string[];
  readonly variants: readonly VariantInput[];
  readonly pictures: readonly PictureInput[];
  readonly attributes: readonly Fact[];
  /** Handles of collections kept by hand. */
  readonly collections: readonly string[];
  readonly seoTitle?: string;
  readonly seoDescription?: string;
  /** The day that "newest first" goes by. */
  readonly publishedAtMs?: number;
  readonly publication?: Publication;
  readonly typed?: TypedFacts;
  readonly relations?: readonly RelationInput[];
};
export type VariantInput = {
  readonly sku: string;
  readonly barcode?: string;
  readonly optionValues: readonly string[];
  readonly priceMinor: number;
  readonly compareAtMinor?: number;
  readonly lowest30DaysMinor?: number;
  readonly weightGrams: number;
  readonly taxClass: TaxClass;
  readonly requiresShipping: boolean;
  /** Index into the product's pictures. */
  readonly pictureIndex?: number;
};
export type PictureInput = {
  readonly url: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly focalX?: number;
  readonly focalY?: number;
};

export type CollectionInput = {
  readonly handle: string;
  readonly title: string;
  readonly descriptionHtml: string;
  readonly picture?: PictureInput;
  readonly position: number;
  readonly seoTitle?: string;
  readonly seoDescription?: string;
  /** Without one it is kept by hand: products name it, or it names them as picks. */
  readonly rule?: CollectionRule;
  /** Handles of products that are in it whatever the rule says, in the order they come first; left out, they stay. */
  readonly picks?: readonly string[];
  /** Handles of products that the rule would take and that are left out; left out here, they stay. */
  readonly exclusions?: readonly string[];
};

export type CatalogRefusal =
  | { readonly code: "product_unknown"; readonly handle: string }
  | { readonly code: "collection_unknown"; readonly handle: string }
  | { readonly code: "collection_moved"; readonly handle: string; readonly movedTo: string }
  | { readonly code: "product_type_unknown"; readonly key: string }
  | { readonly code: "product_type_in_use"; readonly key: string }
  | { readonly code: "product_moved"; readonly handle: string; readonly movedTo: string }
  | { readonly code: "handle_taken"; readonly handle: string }
  | {
      readonly code: "invalid_product";
      readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
    }
  | { readonly code: "invalid_cursor" }
  | { readonly code: "version_conflict"; readonly version: number };
