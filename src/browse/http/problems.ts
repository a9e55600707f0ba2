import { unreachable, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { ListingRefusal } from "../contract.ts";

type Refusal =
  | Exclude<ListingRefusal, { code: "collection_moved" }>
  | {
      readonly code: "unknown_filter";
      readonly errors: readonly { readonly name: string; readonly detail: string }[];
    };

/** Every refusal of a list as a problem document. */
export function listingProblem(refusal: Refusal): Problem {
  switch (refusal.code) {
    case "collection_unknown":
      return {
        type: "/problems/catalog/collection-unknown",
        title: "No such collection",
        status: 404,
        detail: "There is no collection with this handle.",
        facts: { handle: refusal.handle },
      };
    case "invalid_cursor":
      return {
        type: "/problems/catalog/invalid-cursor",
        title: "The cursor does not belong to this list",
        status: 422,
        detail:
          "Send the nextCursor of the page before with the same parameters, or leave cursor out to start again.",
        errors: [
          { pointer: "/query/cursor", detail: "Use the nextCursor of the page before, or leave it out." },
        ],
      };
    case "index_unready":
      return {
        type: "/problems/browse/index-unready",
        title: "Filters are not ready",
        status: 503,
        detail:
          "The list can be read without filters meanwhile. Repeat the same request after the time in Retry-After.",
        retryAfterSeconds: refusal.retryAfterSeconds,
      };
    case "unknown_filter":
      return {
        type: "/problems/browse/unknown-filter",
        title: "A filter is not known or cannot be read",
        status: 400,
        detail: "Nothing was listed, because a list that leaves a filter out would be the wrong one.",
        errors: refusal.errors.map(({ name, detail }) => ({ pointer: `/query/${name}`, detail })),
      };
    default:
      return unreachable(refusal, "listingProblem");
  }
}

/** The facets were saved by somebody else. */
export const facetConflict = (version: number): Problem => ({
  type: "/problems/browse/version-conflict",
  title: "The facets changed meanwhile",
  status: 412,
  detail: `They are at version ${version}. Read them and decide again.`,
  facts: { version },
});

/** What these problems mean, for the pages behind their addresses. */
export const BROWSE_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/browse/unknown-filter",
    title: "A filter is not known or cannot be read",
    status: 400,
    meaning:
      "A parameter that begins with filter. names no facet of this shop, or a value or amount cannot be read.",
    remedy:
      "Take keys and values from facets in the answer without filters; amounts are decimals such as 20 or 20.50.",
  },
  {
    type: "/problems/browse/version-conflict",
    title: "The facets changed meanwhile",
    status: 412,
    meaning: "Somebody else saved the facets after the version that the request names.",
    remedy: "Read them again and repeat the change with their new ETag.",
  },
  {
    type: "/problems/browse/index-unready",
    title: "Filters are not ready",
    status: 503,
    meaning: "The copy of the catalogue that filters and counts is being made; this takes seconds.",
    remedy: "Wait as long as Retry-After says and repeat the request, or leave the filters out.",
  },
];
