import type { Problem } from "#kernel";
import type { PlacementRefusal } from "#orders";
import type { ProblemTypeEntry } from "#web";
import type { StaffDraftRefusal } from "../app/staff-draft-desk.ts";
import { toProblem } from "./to-problem.ts";

const PROBLEMS = {
  draft_unknown: {
    type: "/problems/checkout/draft-unknown",
    title: "There is no such draft order",
    status: 404,
    meaning: "No draft order has this id.",
    remedy: "Look it up in the list of draft orders.",
  },
  version_missing: {
    type: "/problems/checkout/draft-version-missing",
    title: "Say which version you have seen",
    status: 428,
    meaning: "A draft order may be open on two desks; a change without If-Match could undo somebody's work.",
    remedy: "Send If-Match with the ETag of the draft that you have read.",
  },
  version_conflict: {
    type: "/problems/checkout/draft-changed",
    title: "Somebody changed the draft order",
    status: 412,
    meaning: "The draft has another version than the one in If-Match. Nothing was changed.",
    remedy: "Read it again, then repeat with the new ETag.",
  },
  draft_closed: {
    type: "/problems/checkout/draft-closed",
    title: "The draft order is not open any more",
    status: 409,
    meaning: "It was given up, or it became the order in orderId.",
    remedy: "Change the order instead, or start a new draft.",
  },
  draft_incomplete: {
    type: "/problems/checkout/draft-incomplete",
    title: "The draft order lacks something",
    status: 409,
    meaning: "missing and unknownLineIds name what stands between the draft and an order.",
    remedy: "Complete the one, remove the other, then place it.",
  },
} as const satisfies Record<StaffDraftRefusal["code"] | "version_missing", ProblemTypeEntry>;

/** For the pages that explain problems. */
export const STAFF_DRAFT_PROBLEM_TYPES: readonly ProblemTypeEntry[] = Object.values(PROBLEMS);

const problem = (code: keyof typeof PROBLEMS, detail: string, facts?: Problem["facts"]): Problem => {
  const { type, title, status } = PROBLEMS[code];
  return { type, title, status, detail, ...(facts === undefined ? {} : { facts }) };
};

export const versionMissingProblem = (): Problem =>
  problem("version_missing", "Send If-Match with the ETag of the draft that you have read.");

export function draftProblem(refusal: StaffDraftRefusal): Problem {
  switch (refusal.code) {
    case "draft_unknown":
      return problem(refusal.code, "Look it up in the list of draft orders.");
    case "version_conflict":
      return problem(refusal.code, "Read it again, then repeat with the new ETag in If-Match.", {
        version: refusal.version,
      });
    case "draft_closed": {
      const detail =
        refusal.status === "cancelled" ? "It was given up; start a new one." : "It became an order.";
      const orderId = refusal.orderId === undefined ? {} : { orderId: refusal.orderId };
      return problem(refusal.code, detail, { draftStatus: refusal.status, ...orderId });
    }
    case "draft_incomplete": {
      const { missing, unknownLineIds } = refusal;
      return problem(refusal.code, "Complete or remove what is named, then place it.", {
        missing,
        unknownLineIds,
      });
    }
  }
}

const isDraftRefusal = (refusal: StaffDraftRefusal | PlacementRefusal): refusal is StaffDraftRefusal =>
  refusal.code in PROBLEMS;

/** The problem of a draft that did not become an order: its own, or the order's. */
export const placeProblem = (refusal: StaffDraftRefusal | PlacementRefusal): Problem =>
  isDraftRefusal(refusal) ? draftProblem(refusal) : toProblem(refusal);
