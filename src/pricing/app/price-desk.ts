import type { Page, Result } from "#kernel";
import type { Market } from "../domain/market.ts";
import type { PriceEntry, PriceList } from "../domain/price-list.ts";

/** A market or list as staff see it. `version` is its ETag. */
export type StoredMarket = { readonly market: Market; readonly version: number };
export type StoredPriceList = {
  readonly list: PriceList;
  readonly entryCount: number;
  readonly version: number;
};

export type FieldMistake = { readonly field: string; readonly detail: string };

export type PriceDeskRefusal =
  | { readonly code: "price_list_unknown" }
  /** The list has no price of this variant from this quantity on. */
  | { readonly code: "entry_unknown" }
  | { readonly code: "version_conflict"; readonly version: number }
  | { readonly code: "invalid_terms"; readonly mistakes: readonly FieldMistake[] }
  | { readonly code: "invalid_cursor" };

type Answer<T> = Promise<Result<T, PriceDeskRefusal>>;

export type PageRequest = { readonly cursor?: string; readonly limit: number };

/** An entry as it is written: the variant by its id or by its SKU. */
export type EntryInput = Omit<PriceEntry, "listId" | "variantId"> &
  ({ readonly variantId: string } | { readonly sku: string });

/** An entry with what it is for. */
export type EntryView = PriceEntry & { readonly sku: string; readonly title: string };

/**
 * What staff do with markets and price lists. Every change works out the prices that follow from it: at once what fits
 * in a moment, the rest by the cron.
 */
export type PriceDesk = {
  markets(): Promise<readonly StoredMarket[]>;
  /** Creates or replaces a market. Repeating changes nothing. */
  saveMarket(market: Market, expectedVersion?: number): Answer<StoredMarket>;
  lists(request: PageRequest & { readonly status?: PriceList["status"] }): Answer<Page<StoredPriceList>>;
  list(listId: string): Answer<StoredPriceList>;
  /** Creates or replaces what a list says about itself; its entries stay. Repeating changes nothing. */
  saveList(list: PriceList, expectedVersion?: number): Answer<StoredPriceList>;
  entries(listId: string, request: PageRequest): Answer<Page<EntryView>>;
  /** Adds prices, or replaces those of the same variant and quantity; all or none of them. */
  putEntries(listId: string, entries: readonly EntryInput[]): Answer<StoredPriceList>;
  /** Takes the prices of a variant out: one step, or all. */
  removeEntries(
    listId: string,
    what: { readonly variantId: string; readonly minQuantity?: number },
  ): Answer<StoredPriceList>;
};
