import type { Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { StockRefusal } from "../contract.ts";
import { DESK_PROBLEM_TYPES } from "./desk-problems.ts";

export { deskProblem } from "./desk-problems.ts";

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
    case "transfer_unknown":
    case "transfer_closed":
    case "invalid_location":
      return documentProblem(refusal);
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

type DocumentRefusal = Extract<
  StockRefusal,
  { readonly code: "transfer_unknown" | "transfer_closed" | "invalid_location" }
>;

function documentProblem(refusal: DocumentRefusal): Problem {
  switch (refusal.code) {
    case "transfer_unknown":
      return {
        type: "/problems/inventory/transfer-unknown",
        title: "No such transfer",
        status: 404,
        detail: `Nothing of ${refusal.sku} was sent by the transfer ${refusal.transferId}.`,
        facts: { sku: refusal.sku, transferId: refusal.transferId },
      };
    case "transfer_closed":
      return {
        type: "/problems/inventory/transfer-closed",
        title: "The transfer has ended",
        status: 409,
        detail: `Nothing of ${refusal.sku} is on the way by the transfer ${refusal.transferId} any more.`,
        facts: { sku: refusal.sku, transferId: refusal.transferId },
      };
    case "invalid_location":
      return {
        type: "/problems/inventory/invalid-location",
        title: "The location cannot be used",
        status: 422,
        detail: refusal.detail,
        errors: [{ pointer: "/location", detail: refusal.detail }],
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
  {
    type: "/problems/inventory/transfer-unknown",
    title: "No such transfer",
    status: 404,
    meaning: "No transfer has this id, or it has no such SKU.",
    remedy: "List the transfers, and send one of their ids.",
  },
  {
    type: "/problems/inventory/transfer-closed",
    title: "The transfer has ended",
    status: 409,
    meaning: "All units of the transfer have arrived, are lost, or went back.",
    remedy: "Read the transfer again; record other units as an adjustment.",
  },
  {
    type: "/problems/inventory/invalid-location",
    title: "The location cannot be used",
    status: 422,
    meaning: "No location has this code, or it is not a code at all.",
    remedy: "List the locations, and send the code of one.",
  },
  ...DESK_PROBLEM_TYPES,
];
