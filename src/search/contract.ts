import type { ProductCard } from "#catalog";
import type { Reason } from "./domain/reasons.ts";

/** What search tells pages, the shop API and staff. */

export const SEARCH_SORTS = ["relevance", "popular", "newest", "price_asc", "price_desc", "title"] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

/** One page of what was found, and how it was found. */
export type SearchPage = {
  readonly items: readonly ProductCard[];
  readonly nextCursor?: string;
  /** As typed, trimmed and cut. */
  readonly query: string;
  readonly count: number;
  /** False when more match than are counted. */
  readonly isCountExact: boolean;
  /** What was probably meant: nothing matched the query, and `items` are what this finds instead. */
  readonly correction?: string;
  /** What was perhaps meant, where the query found little and this finds more; `items` are what was asked for. */
  readonly suggestion?: string;
  /** Nothing has all the words: `items` have some of them. */
  readonly isPartial?: true;
  /** The one product with exactly this SKU or barcode. */
  readonly exactHandle?: string;
  /** When asked for: the row numbers of everything that was found, in order; at most 500. */
  readonly numbers?: readonly number[];
};

/** A product that goes with others, and why. */
export type Recommended = { readonly card: ProductCard; readonly reason: Reason };

/** What the search field offers while somebody types. */
export type Suggestions = {
  readonly query: string;
  readonly phrases: readonly string[];
  readonly products: readonly ProductCard[];
};

/** What others look for and at. */
export type PopularNow = { readonly phrases: readonly string[]; readonly products: readonly ProductCard[] };

/** One query of the report: how often it was asked, found nothing, and led to a product. */
export type SearchReportRow = {
  readonly query: string;
  readonly searches: number;
  readonly misses: number;
  readonly clicks: number;
};
/** What was searched for lately. */
export type SearchReport = Omit<SearchReportRow, "query"> & {
  readonly days: number;
  readonly top: readonly SearchReportRow[];
  readonly missed: readonly SearchReportRow[];
};

/** Words with one meaning: every one finds the others, or (`one_way`) the first finds the others and not back. */
export type SynonymGroup = {
  readonly synonymId: string;
  readonly kind: "same" | "one_way";
  readonly terms: readonly string[];
  readonly updatedAtMs: number;
};
export type SynonymInput = Pick<SynonymGroup, "kind" | "terms">;

export type SearchRefusal =
  | { readonly code: "invalid_cursor" }
  | { readonly code: "synonyms_unknown"; readonly synonymId: string }
  | { readonly code: "too_many_synonyms"; readonly limit: number }
  | {
      readonly code: "invalid_synonyms";
      readonly errors: readonly { readonly pointer: string; readonly detail: string }[];
    };
