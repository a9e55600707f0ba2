import { unreachable, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { SearchRefusal } from "../contract.ts";

/** Every refusal of search as a problem document. */
export function searchProblem(refusal: SearchRefusal): Problem {
  switch (refusal.code) {
    case "invalid_cursor":
      return {
        type: "/problems/search/invalid-cursor",
        title: "The cursor does not belong to this search",
        status: 422,
        detail: "Send the nextCursor of the page before, or leave cursor out to start again.",
        errors: [
          { pointer: "/query/cursor", detail: "Use the nextCursor of the page before, or leave it out." },
        ],
      };
    case "synonyms_unknown":
      return {
        type: "/problems/search/synonyms-unknown",
        title: "There are no such synonyms",
        status: 404,
        detail: `No group of synonyms has the id ${refusal.synonymId}.`,
        facts: { id: refusal.synonymId },
      };
    case "too_many_synonyms":
      return {
        type: "/problems/search/too-many-synonyms",
        title: "There are too many synonyms",
        status: 409,
        detail: `A shop has at most ${refusal.limit} groups. Remove one first.`,
        facts: { limit: refusal.limit },
      };
    case "invalid_synonyms":
      return {
        type: "/problems/search/invalid-synonyms",
        title: "Some terms need another spelling",
        status: 422,
        detail: "Nothing was changed. Each error says what to mend.",
        errors: refusal.errors,
      };
    default:
      return unreachable(refusal, "searchProblem");
  }
}

/** For the problem pages. */
export const SEARCH_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/search/invalid-cursor",
    title: "The cursor does not belong to this search",
    status: 422,
    meaning: "A cursor is part of one search and cannot be put together by hand.",
    remedy: "Start the search again without a cursor and follow nextCursor from page to page.",
  },
  {
    type: "/problems/search/synonyms-unknown",
    title: "There are no such synonyms",
    status: 404,
    meaning: "No group of synonyms has this id; it may have been removed.",
    remedy: "Read GET /admin/api/search/synonyms for the groups that there are.",
  },
  {
    type: "/problems/search/too-many-synonyms",
    title: "There are too many synonyms",
    status: 409,
    meaning: "The number of groups is bounded, because all of them are worked out anew with every save.",
    remedy: "Put words with one meaning into one group, or remove a group first.",
  },
  {
    type: "/problems/search/invalid-synonyms",
    title: "Some terms need another spelling",
    status: 422,
    meaning: "A group needs two different terms; a term is one to three words with letters or digits.",
    remedy: "Mend each field that the errors name.",
  },
];
