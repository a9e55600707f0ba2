import type { IndexedChange, IndexedPage, ProductCard, CatalogReader } from "#catalog";
import type { CatalogIndexRpc, FacetDefinition } from "../contract.ts";

/** What an index reads of the database in one round trip, all of one state. */
export type IndexFollow = {
  /** Products that changed after the asked sequence, the longest waiting first. */
  readonly changes: readonly IndexedChange[];
  /** The latest change of all; lower than what the index has seen when the database was put back in time. */
  readonly latest: number;
  /** The staff's facets; `undefined` when they have defined none. */
  readonly definitions: readonly FacetDefinition[] | undefined;
  /** A page of the catalogue to compare with, when one was asked for. */
  readonly page?: IndexedPage;
};

/** The database, as an index sees it. Everything throws when it cannot be reached. */
export type IndexSource = {
  follow(request: {
    readonly after: number;
    readonly limit: number;
    readonly compareAfter?: number;
  }): Promise<IndexFollow>;
  page(after: number, limit: number): Promise<IndexedPage>;
};

/** What the listing reader needs. */
export type ListingPorts = {
  readonly catalog: Pick<CatalogReader, "collection" | "collectionPage" | "products">;
  /** Cards of active products in the order of the numbers, at most 100; those that are not there any more are left out. */
  readonly cards: (numbers: readonly number[]) => Promise<readonly ProductCard[]>;
  readonly index: Pick<CatalogIndexRpc, "list">;
  /** What the merchant's words are called where the list is read; absent: as they were written. */
  readonly labels?: (words: readonly string[]) => Promise<(own: string) => string>;
  /**
   * True where the index knows the prices that are shown and the database's own lists and searches do not: in any market but
   * the default one. What is in order of price comes from the index alone there.
   */
  readonly isPriceOrderIndexed?: boolean;
};
