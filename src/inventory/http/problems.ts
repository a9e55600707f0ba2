import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { StockRefusal } from "../contract.ts";

/** What went wrong with stock, in words for an API client. */
export function stockProblem(refusal: StockRefusal): Problem {
  switch (refusal.code) {
    case "insufficient_stock":
      return {
        type: "/problems/inventory/insufficient-stock",
        title: "Not enough stock",
        status: 409,
        detail: `${refusal.available} of ${refusal.sku} can be had, ${refusal.requested} were asked for.`,
        facts: { sku: refusal.sku, available: refusal.available, requested: refusal.requested },
      };
    case "hold_gone":
    case "hold_unknown":
    case "hold_mismatch":
      return {
        type: "/problems/inventory/hold-conflict",
        title: "The hold has changed",
        status: 409,
        detail: "The order's claim on these units is no longer what you think. Read the order again.",
        facts: { sku: refusal.sku, reason: refusal.code },
      };
    case "version_conflict":
      return {
        type: "/problems/inventory/version-conflict",
        title: "The stock changed meanwhile",
        status: 409,
        detail: `The level of ${refusal.sku} is at version ${refusal.version}. Read it and decide again.`,
        facts: { sku: refusal.sku, version: refusal.version },
      };
    case "invalid_quantity":
      return {
        type: "/problems/inventory/invalid-quantity",
        title: "The quantity cannot be used",
        status: 422,
        detail: refusal.detail,
        errors: [{ pointer: "/quantity", detail: refusal.detail }],
      };
  }
}

/** For the pages that explain problem types. */
export const INVENTORY_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/inventory/insufficient-stock",
    title: "Not enough stock",
    status: 409,
    meaning: "Fewer units can be sold than were asked for. Nothing was held.",
    remedy: "Ask for at most the number given as available.",
  },
  {
    type: "/problems/inventory/hold-conflict",
    title: "The hold has changed",
    status: 409,
    meaning: "The order's claim on units was released, or was made for another quantity.",
    remedy: "Read the order again; a released order cannot hold units any more.",
  },
  {
    type: "/problems/inventory/version-conflict",
    title: "The stock changed meanwhile",
    status: 409,
    meaning: "Somebody else changed the level between your reading and your writing.",
    remedy: "Read the level, decide again, and send its new version.",
  },
  {
    type: "/problems/inventory/invalid-quantity",
    title: "The quantity cannot be used",
    status: 422,
    meaning: "A count is zero or more, a change is other than zero; both are whole numbers.",
    remedy: "Send a whole number in the range that the answer names.",
  },
];
