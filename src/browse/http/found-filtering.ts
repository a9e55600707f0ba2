import type { Context } from "hono";
import { ok, refuse, type Problem, type Result } from "#kernel";
import type { SearchPage } from "#search";
import { listFound, type FoundPorts, type FoundRequest } from "../app/list-found.ts";
import type { Listing } from "../contract.ts";
import { readFilters } from "../filters.ts";
import { unknownFilterErrors, wireFacets } from "./listing-routes.ts";
import { listingProblem } from "./problems.ts";
import { foundFacetsSchema } from "./schemas.ts";

export type FoundFilteringOptions = {
  readonly ports: (c: Context) => FoundPorts & {
    /** ISO 4217, of the prices that are shown and filtered by. */
    readonly currency: string;
  };
};

type Refusal =
  { readonly code: "invalid_cursor" } | { readonly code: "filters_refused"; readonly problem: Problem };

/** Filters and counts for the API of search, which knows neither. */
export const createFoundFiltering = ({ ports }: FoundFilteringOptions) => ({
  schema: foundFacetsSchema,
  list: async (
    c: Context,
    request: Omit<FoundRequest, "filters">,
  ): Promise<Result<{ readonly page: SearchPage; readonly more: object }, Refusal>> => {
    const { currency, ...source } = ports(c);
    const { filters, problems } = readFilters(new URL(c.req.url).searchParams, currency);
    if (problems.length > 0) return wrongFilters(problems);
    const found = await listFound(source, { ...request, filters });
    if (!found.ok) {
      const { refusal } = found;
      if (refusal.code === "invalid_cursor") return refuse(refusal);
      return refuse({ code: "filters_refused", problem: listingProblem(refusal) });
    }
    const { facets, price, without: _without, unknownFilters, filterKeys: _keys, ...rest } = found.value;
    if (unknownFilters.length > 0) return wrongFilters(unknownFilterErrors(unknownFilters));
    const { total, hasFacets, ...page } = rest;
    const counted: Pick<Listing, "facets" | "price" | "total" | "hasFacets"> = {
      facets,
      total,
      hasFacets,
      ...(price ? { price } : {}),
    };
    return ok({ page, more: wireFacets(counted, { currency }) });
  },
});

const wrongFilters = (errors: readonly { readonly name: string; readonly detail: string }[]) =>
  refuse({
    code: "filters_refused" as const,
    problem: listingProblem({ code: "unknown_filter", errors }),
  });
