import type { Result } from "#kernel";
import type { CollectionView, ProductCard, ProductSort } from "#catalog";
import type { SearchPage } from "#search";

/** Where the values of a facet come from. */
export type FacetSource =
  | { readonly kind: "vendor" | "product_type" | "availability" | "sale" | "price" }
  /** An option of products, by its name; case and accents do not matter. */
  | { readonly kind: "option"; readonly name: string }
  /** A fact of products, by its name. */
  | { readonly kind: "attribute"; readonly name: string }
  /** Tags that begin with a text, such as `material:`; the value is what follows. */
  | { readonly kind: "tag"; readonly prefix: string };

export type FacetDefinition = {
  /** Part of the address: `filter.{key}=…`. */
  readonly key: string;
  readonly label: string;
  /** Several are spellings of one thing: Colour and Color. */
  readonly sources: readonly FacetSource[];
  readonly position: number;
  readonly isActive: boolean;
  /** Most frequent first, or by size and number: A3, A4; S, M, L. */
  readonly valueOrder: "count" | "natural";
};

/** The staff's facets as one list; `undefined` when they have defined none and the catalogue decides. */
export type StoredFacets = {
  readonly facets: readonly FacetDefinition[] | undefined;
  /** 0 while nobody has saved them. */
  readonly version: number;
};

/** Mistakes in facets that somebody wrote, at the fields of the API's body. */
export type FacetMistakes = {
  readonly code: "invalid_facets";
  readonly mistakes: readonly { readonly field: string; readonly detail: string }[];
};

/** What staff do with facets. */
export type FacetDesk = {
  read(): Promise<StoredFacets>;
  /** Replaces the list; an empty one gives the choice back to the catalogue. */
  save(
    facets: readonly FacetDefinition[],
    expectedVersion?: number,
  ): Promise<Result<StoredFacets, { readonly code: "version_conflict"; readonly version: number }>>;
};

/** What a shopper ticked. Values of one facet are alternatives; facets narrow each other. */
export type ListingFilters = {
  /** Facet key → value slugs. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** In minor units of the shop's currency; a product fits when any of its prices does. */
  readonly priceFromMinor?: number;
  readonly priceToMinor?: number;
};

/** A list can also keep the order of the numbers that it is given: relevance. */
export type ListingSort = ProductSort | "given";

export type IndexQuery = {
  /** Handle of a collection; without it and without `among`, the whole shop. */
  readonly collection?: string;
  /** Numbers of products, the best first; at most 1,000. */
  readonly among?: readonly number[];
  readonly filters: ListingFilters;
  readonly sort: ListingSort;
  readonly cursor?: string;
  readonly limit: number;
};

export type FacetValue = {
  readonly value: string;
  readonly label: string;
  /** Products that would be listed if only this value of its facet were ticked. */
  readonly count: number;
  readonly isSelected: boolean;
};
export type Facet = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly FacetValue[];
  /** Values beyond those that are listed. */
  readonly hiddenValues: number;
};

export type IndexAnswer = {
  /** Numbers of the page's products, in order. */
  readonly numbers: readonly number[];
  readonly nextCursor?: string;
  /** Products that fit the filters, and products without them. */
  readonly count: number;
  readonly total: number;
  readonly facets: readonly Facet[];
  /** Lowest and highest price of what would be listed without the price filter; absent when that is nothing. */
  readonly price?: { readonly minMinor: number; readonly maxMinor: number };
  /** For each filter in use, the products that would be listed without it; `price` is one of them. */
  readonly without: Readonly<Record<string, number>>;
  /** Filters whose facet does not exist; they were not applied. */
  readonly unknownFilters: readonly string[];
  /** Every facet of the shop that can be filtered by, shown here or not. */
  readonly filterKeys: readonly string[];
  /** The change up to which the index has followed the catalogue. */
  readonly sequence: number;
};

export type IndexRefusal =
  /** The index is being made for the first time, or cannot be made. */
  | { readonly code: "index_unready"; readonly retryAfterSeconds: number }
  | { readonly code: "invalid_cursor" };

/** Number and fingerprint of one product as the index knows it. */
export type IndexEntry = { readonly number: number; readonly fingerprint: number };

/** What a catalogue index object answers. Every call is a read; a lost index costs nothing but the time to make it again. */
export type CatalogIndexRpc = {
  list(query: IndexQuery): Promise<{ ok: true; value: IndexAnswer } | { ok: false; refusal: IndexRefusal }>;
  /** Entries after a product number, in order, for a comparison with the database; at most 1,000. */
  entries(request: {
    readonly after: number;
    readonly limit: number;
  }): Promise<{ readonly sequence: number; readonly entries: readonly IndexEntry[] } | undefined>;
  /** The facets that lists show now: the staff's, or those derived from the catalogue. */
  facets(): Promise<readonly FacetDefinition[] | undefined>;
  /**
   * Takes over the changes up to a sequence number now, not at the next question. False when that could not be done; true
   * also when nothing is held in memory, because what is read from then on is newer. Repeating is safe.
   */
  reach(sequence: number): Promise<boolean>;
  /** Forgets what it holds and makes it anew from the database. */
  rebuild(): Promise<void>;
};

/** One page of a list as pages and API show it. */
export type Listing = {
  readonly collection?: CollectionView;
  readonly items: readonly ProductCard[];
  readonly nextCursor?: string;
  readonly count: number;
  readonly total: number;
  readonly facets: readonly Facet[];
  readonly price?: { readonly minMinor: number; readonly maxMinor: number };
  readonly without: Readonly<Record<string, number>>;
  readonly unknownFilters: readonly string[];
  /** Every facet of the shop that can be filtered by; empty without facets. */
  readonly filterKeys: readonly string[];
  /** False when the index could not answer and the list comes straight from the database, without facets. */
  readonly hasFacets: boolean;
};

/** One page of what a search found, the same way. */
export type FoundListing = Omit<SearchPage, "numbers"> &
  Pick<Listing, "total" | "facets" | "price" | "without" | "unknownFilters" | "filterKeys" | "hasFacets">;

export type ListingRefusal =
  | IndexRefusal
  | { readonly code: "collection_unknown"; readonly handle: string }
  | { readonly code: "collection_moved"; readonly handle: string; readonly movedTo: string };
