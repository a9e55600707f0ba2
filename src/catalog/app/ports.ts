import type { ProductId, Result } from "#kernel";
import type {
  CatalogRefusal,
  CollectionInput,
  CollectionView,
  IndexedProduct,
  ProductCard,
  ProductInput,
  ProductPage,
  ProductSort,
  ProductStatus,
  ProductView,
  SellableVariant,
} from "../contract.ts";

/** The language that texts are wanted in; what is not translated falls back to a wider one, then to the shop's own. */
export type InLocale = { readonly locale?: string };

export type ListRequest = InLocale & {
  /** Handle of a collection; without it, the whole shop. */
  readonly collection?: string;
  readonly sort: ProductSort;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
};

export type CollectionsPage = { readonly items: readonly CollectionView[]; readonly nextCursor?: string };

/** One page of the shop, for the sitemap. */
export type SitemapEntry = {
  readonly kind: "product" | "collection";
  readonly handle: string;
  readonly updatedAtMs: number;
};
/** A part of the shop for one file of its sitemap: the collections, or one slice of the products, counted from 1. */
export type SitemapPart = "collections" | number;

/**
 * What the shop reads. Every call is one round trip to D1, each statement goes through an index, and what comes back is
 * bounded.
 */
export type CatalogReader = {
  /** Active and archived products (look at `status`); a draft is `product_unknown`, an old handle `product_moved`. */
  product(handle: string, options?: InLocale): Promise<Result<ProductView, CatalogRefusal>>;
  /** Active products. Refuses `collection_unknown` and `invalid_cursor`. */
  products(request: ListRequest): Promise<Result<ProductPage, CatalogRefusal>>;
  collection(handle: string, options?: InLocale): Promise<Result<CollectionView, CatalogRefusal>>;
  /** A collection and a page of its products, in the same single round trip. */
  collectionPage(
    request: ListRequest & { readonly collection: string },
  ): Promise<Result<{ readonly collection: CollectionView; readonly page: ProductPage }, CatalogRefusal>>;
  /** In the merchant's order. Refuses `invalid_cursor`. */
  collections(request: {
    readonly cursor?: string;
    readonly limit: number;
    readonly locale?: string;
  }): Promise<Result<CollectionsPage, CatalogRefusal>>;
  /**
   * The price truth of cart and checkout: at most 100 variants in one query. Unknown ids are left out; products that
   * are not active are there with their status. In no promised order.
   */
  sellable(variantIds: readonly string[]): Promise<readonly SellableVariant[]>;
  /** Slices of products that there are; it does not count them, so the last ones may hold few. */
  sitemapSlices(): Promise<number>;
  /** At most `SITEMAP_SLICE` addresses: collections, or the active products of one slice, in order of creation. */
  sitemap(part: SitemapPart): Promise<readonly SitemapEntry[]>;
};

/** A product's latest change in the change feed; the product may be gone. */
export type CatalogChange = { readonly productNumber: number; readonly sequence: number };

/** A product that changed, as an index of active products sees it: without `product` it is in no list any more. */
export type IndexedChange = {
  readonly sequence: number;
  readonly number: number;
  readonly product: IndexedProduct | undefined;
};
/** A page of the catalogue by number; `lastNumber` is where the next one begins, absent after the last. */
export type IndexedPage = {
  readonly products: readonly IndexedProduct[];
  readonly lastNumber?: number;
};

export type StaffProductRow = ProductCard & {
  readonly status: ProductStatus;
  readonly version: number;
  readonly updatedAtMs: number;
};
export type StaffProductPage = { readonly items: readonly StaffProductRow[]; readonly nextCursor?: string };

/** What staff read: every status. */
export type CatalogStaffReader = {
  product(handle: string): Promise<Result<ProductView, CatalogRefusal>>;
  /** Last changed first. */
  products(request: {
    readonly status?: ProductStatus;
    readonly cursor?: string;
    readonly limit: number;
  }): Promise<Result<StaffProductPage, CatalogRefusal>>;
  /** Products that changed after a sequence number (0: all), the longest waiting first; at most 1,000. */
  changes(request: { readonly after: number; readonly limit: number }): Promise<readonly CatalogChange[]>;
};

export type SavedProduct = {
  readonly outcome: "created" | "changed" | "same";
  readonly productId: ProductId;
  readonly handle: string;
  readonly version: number;
};
export type SavedCollection = {
  readonly outcome: "created" | "changed" | "same";
  readonly collectionId: string;
  readonly handle: string;
  readonly version: number;
};

/** `expectedVersion` saves only over that version; `currentHandle` names the product that is to be renamed. */
export type SaveOptions = { readonly expectedVersion?: number };

/** What staff and imports write. */
export type CatalogWriter = {
  /** Creates or replaces a whole product; saving the same again changes nothing. */
  saveProduct(
    input: ProductInput,
    options?: SaveOptions & { readonly currentHandle?: string },
  ): Promise<Result<SavedProduct, CatalogRefusal>>;
  /**
   * Saves up to a hundred products as `saveProduct` does, in few round trips; answers stand in the order of the inputs.
   * A refused product does not keep the others from being saved.
   */
  saveProducts(inputs: readonly ProductInput[]): Promise<readonly Result<SavedProduct, CatalogRefusal>[]>;
  /** Creates or replaces a whole collection; its rule's members follow, in a large shop within a minute or two. */
  saveCollection(
    input: CollectionInput,
    options?: SaveOptions & { readonly currentHandle?: string },
  ): Promise<Result<SavedCollection, CatalogRefusal>>;
  /** Takes a product out of all lists and of search; its page stays, to say so. Repeating changes nothing. */
  archiveProduct(handle: string, expectedVersion?: number): Promise<Result<SavedProduct, CatalogRefusal>>;
};

/** Cleans HTML that somebody else wrote: what comes back holds allowed elements only. Repeating changes nothing. */
export type HtmlSanitiser = (html: string) => string;
