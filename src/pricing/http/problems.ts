import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { PriceDeskRefusal } from "../app/price-desk.ts";

/** What went wrong with a market or price list, in words for a program of the staff's. */
export function pricingProblem(refusal: PriceDeskRefusal): Problem {
  switch (refusal.code) {
    case "entry_unknown":
      return {
        type: "/problems/pricing/entry-unknown",
        title: "No such price in the list",
        status: 404,
        detail: "The list has no price of this variant from this quantity on.",
      };
    case "price_list_unknown":
      return {
        type: "/problems/pricing/price-list-unknown",
        title: "No such price list",
        status: 404,
        detail: "No price list has this id.",
      };
    case "version_conflict":
      return {
        type: "/problems/pricing/version-conflict",
        title: "It changed meanwhile",
        status: 412,
        detail: `It is at version ${refusal.version}. Read it and decide again.`,
        facts: { version: refusal.version },
      };
    case "invalid_terms":
      return {
        type: "/problems/pricing/invalid-terms",
        title: "These terms make no sense",
        status: 422,
        detail: refusal.mistakes.map((mistake) => mistake.detail).join(" "),
        errors: refusal.mistakes.map(({ field, detail }) => ({ pointer: `/${field}`, detail })),
      };
    case "invalid_cursor":
      return {
        type: "/problems/web/invalid-fields",
        title: "Fields need another value",
        status: 422,
        detail: "Use the nextCursor of the page before.",
        errors: [{ pointer: "/query/cursor", detail: "Use the nextCursor of the page before." }],
      };
  }
}

/** Pages that explain the problems of this module. */
export const PRICING_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/pricing/entry-unknown",
    title: "No such price in the list",
    status: 404,
    meaning: "The list has no price of this variant, or none from this quantity on.",
    remedy: "Read the list's entries; it may have been taken out already.",
  },
  {
    type: "/problems/pricing/price-list-unknown",
    title: "No such price list",
    status: 404,
    meaning: "The list's id does not exist.",
    remedy: "List the price lists, or create one by PUT.",
  },
  {
    type: "/problems/pricing/version-conflict",
    title: "It changed meanwhile",
    status: 412,
    meaning: "Somebody else saved the market or list after the version that the request names.",
    remedy: "Read it again and repeat the change with its new ETag.",
  },
  {
    type: "/problems/pricing/invalid-terms",
    title: "These terms make no sense",
    status: 422,
    meaning: "A market or list contradicts itself or another one; the errors name the fields.",
    remedy: "Mend the named fields. Nothing was changed.",
  },
];
