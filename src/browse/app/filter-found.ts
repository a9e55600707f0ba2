import type { IndexAnswer, ListingFilters, ListingSort } from "../contract.ts";
import { MAX_AMONG } from "../domain/limits.ts";
import type { ListingPorts } from "./ports.ts";

/**
 * Filters what a search found, the best first, and counts its facets. Numbers come back in their order, or in another one that is
 * asked for. `undefined` when the
 * index cannot answer now: the caller shows what it found without facets, or refuses when it was to be filtered. At most
 * a thousand numbers are looked at. Never throws.
 */
export async function filterFound(
  { index }: Pick<ListingPorts, "index">,
  found: {
    readonly numbers: readonly number[];
    readonly filters: ListingFilters;
    readonly sort?: ListingSort;
  },
): Promise<IndexAnswer | undefined> {
  try {
    const answer = await index.list({
      among: found.numbers.slice(0, MAX_AMONG),
      filters: found.filters,
      sort: found.sort ?? "given",
      limit: MAX_AMONG,
    });
    return answer.ok ? answer.value : undefined;
  } catch {
    return undefined;
  }
}
