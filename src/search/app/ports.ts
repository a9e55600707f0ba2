import type { Result } from "#kernel";
import type {
  PopularNow,
  Recommended,
  SearchReport,
  SearchPage,
  SearchRefusal,
  SearchSort,
  Suggestions,
  SynonymGroup,
  SynonymInput,
} from "../contract.ts";

export type SearchRequest = {
  readonly query: string;
  /** `relevance` when left out. */
  readonly sort?: SearchSort;
  readonly cursor?: string;
  /** 1 to 100. */
  readonly limit: number;
  /** Also the row numbers of everything that was found, for whoever filters and counts it. */
  readonly hasNumbers?: boolean;
};

/** What the shop asks. */
export type SearchReader = {
  /**
   * Active products that match every word, the last one as a beginning; in its place what was probably meant, or
   * products with some of the words, when nothing does. Any text is a good query. One round trip to D1 for a query that
   * finds three or more, at most four otherwise, each with at most one question of meaning. Refuses `invalid_cursor`.
   */
  search(request: SearchRequest): Promise<Result<SearchPage, SearchRefusal>>;
  /** At most five phrases and three products for what stands in the search field. Any text; one round trip. */
  suggestions(typed: string): Promise<Suggestions>;
  /** At most eight queries and four products that are popular lately, for whoever has found nothing; one round trip. */
  popular(): Promise<PopularNow>;
};

/** What was searched for in the last days, at most 180; one round trip. */
export type ReportSearches = (days: number) => Promise<SearchReport>;

/** What staff keep. */
export type SynonymDesk = {
  /** All groups, at most 500, by their first term. */
  list(): Promise<readonly SynonymGroup[]>;
  /** Writes a group over the one of this id, or a new one; searches follow at once. Repeating changes nothing. */
  save(synonymId: string, input: SynonymInput): Promise<Result<SynonymGroup, SearchRefusal>>;
  /** Repeating is refused with `synonyms_unknown` and changes nothing. */
  remove(synonymId: string): Promise<Result<{ readonly synonymId: string }, SearchRefusal>>;
};

/** What goes with what. One round trip; listed products that can be had, none twice and none of those asked about. */
export type Recommender = {
  relatedTo(productId: string, limit: number): Promise<readonly Recommended[]>;
  /** For the products of a cart. */
  goesWith(productIds: readonly string[], limit: number): Promise<readonly Recommended[]>;
};
