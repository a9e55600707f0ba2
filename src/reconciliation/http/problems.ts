import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { ReconciliationRefusal } from "../contract.ts";

const CURSOR = "Use the nextCursor of the page before.";

/** What went wrong with a break or a run, in words for an API client. */
export function reconciliationProblem(refusal: ReconciliationRefusal): Problem {
  switch (refusal.code) {
    case "break_unknown":
      return {
        type: "/problems/reconciliation/break-unknown",
        title: "No such break",
        status: 404,
        detail: "No break has this id.",
      };
    case "invalid_cursor":
      return {
        type: "/problems/reconciliation/invalid-cursor",
        title: "The cursor is not one of ours",
        status: 422,
        detail: CURSOR,
        errors: [{ pointer: "/query/cursor", detail: CURSOR }],
      };
    case "repair_not_possible":
      return {
        type: "/problems/reconciliation/repair-not-possible",
        title: "This does not mend it",
        status: 409,
        detail: refusal.detail,
      };
    case "run_in_progress":
      return {
        type: "/problems/reconciliation/run-in-progress",
        title: "Another run is under way",
        status: 409,
        detail: "One run at a time compares the shop. It ends within minutes.",
        retryAfterSeconds: 60,
      };
  }
}

/** For the pages that explain problem types. */
export const RECONCILIATION_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/reconciliation/break-unknown",
    title: "No such break",
    status: 404,
    meaning: "No difference with this id was ever found.",
    remedy: "Take the id from the list of breaks.",
  },
  {
    type: "/problems/reconciliation/invalid-cursor",
    title: "The cursor is not one of ours",
    status: 422,
    meaning: "A list goes on only from a cursor that it has given.",
    remedy: "Send the nextCursor of the page before, unchanged.",
  },
  {
    type: "/problems/reconciliation/repair-not-possible",
    title: "This does not mend it",
    status: 409,
    meaning: "The break is resolved, or the action is not among its repairs.",
    remedy: "Read the break; its repairs are listed there.",
  },
  {
    type: "/problems/reconciliation/run-in-progress",
    title: "Another run is under way",
    status: 409,
    meaning: "Comparing the shop is done by one run at a time.",
    remedy: "Ask again in a minute.",
  },
];
