import { unreachable, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { DeskRefusal } from "../contract.ts";

const invalid = (pointer: string, detail: string) => ({
  status: 422 as const,
  detail,
  errors: [{ pointer, detail }],
});

/** What staff cannot have, in words for an API client. */
export function deskProblem(refusal: DeskRefusal): Problem {
  const type = `/problems/inventory/${refusal.code.replaceAll("_", "-")}` as const;
  switch (refusal.code) {
    case "sku_unknown": {
      const detail = `Neither the catalogue nor the stock knows the SKU ${refusal.sku}.`;
      return { type, title: "No such SKU", status: 404, detail, facts: { sku: refusal.sku } };
    }
    case "location_unknown":
      return {
        type,
        title: "No such location",
        ...invalid("/location", `No location has the code ${refusal.location}.`),
      };
    case "location_conflict": {
      const detail = `The location is at version ${refusal.version}. Read it and decide again.`;
      return {
        type,
        title: "The location changed meanwhile",
        status: 409,
        detail,
        facts: { version: refusal.version },
      };
    }
    case "location_needed": {
      const detail = `${refusal.location} is the place of what names no other; it stays active.`;
      return { type, title: "The location is needed", ...invalid("/isActive", detail) };
    }
    case "too_many_locations": {
      const detail = `A shop has ${refusal.limit} locations at most.`;
      return { type, title: "Too many locations", status: 409, detail, facts: { limit: refusal.limit } };
    }
    case "transfer_not_found": {
      const detail = "No transfer has this id.";
      return { type, title: "No such transfer", status: 404, detail };
    }
    case "transfer_reused": {
      const detail = "The key was used for a transfer with other lines. Use a new one.";
      return { type, title: "The key was used before", status: 422, detail };
    }
    case "transfer_invalid":
      return { type, title: "The transfer cannot be made", ...invalid(refusal.pointer, refusal.detail) };
    case "bundle_invalid":
      return { type, title: "The bundle cannot be made", ...invalid(refusal.pointer, refusal.detail) };
    case "bundle_unknown": {
      const detail = `${refusal.sku} is not made of others.`;
      return { type, title: "No such bundle", status: 404, detail, facts: { sku: refusal.sku } };
    }
    default:
      return unreachable(refusal, "deskProblem");
  }
}

/** For the pages that explain problem types. */
export const DESK_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/inventory/sku-unknown",
    title: "No such SKU",
    status: 404,
    meaning: "Neither the catalogue nor the stock knows this SKU.",
    remedy: "Check the spelling; small and capital letters count.",
  },
  {
    type: "/problems/inventory/location-unknown",
    title: "No such location",
    status: 422,
    meaning: "No location has this code.",
    remedy: "List the locations, or create this one first.",
  },
  {
    type: "/problems/inventory/location-conflict",
    title: "The location changed meanwhile",
    status: 409,
    meaning: "Somebody else edited the location between your reading and your writing.",
    remedy: "Read it, decide again, and send its new version.",
  },
  {
    type: "/problems/inventory/location-needed",
    title: "The location is needed",
    status: 422,
    meaning: "Imports and returns that name no location go to this one.",
    remedy: "Leave it active; it need not serve orders.",
  },
  {
    type: "/problems/inventory/too-many-locations",
    title: "Too many locations",
    status: 409,
    meaning: "The shop has as many locations as it can have.",
    remedy: "Reuse one that is not active.",
  },
  {
    type: "/problems/inventory/bundle-unknown",
    title: "No such bundle",
    status: 404,
    meaning: "No SKU with this code is made of others: it is sold by itself, or not known at all.",
    remedy: "Check the spelling, or define the bundle first.",
  },
  {
    type: "/problems/inventory/transfer-not-found",
    title: "No such transfer",
    status: 404,
    meaning: "No transfer has this id.",
    remedy: "List the transfers, and use one of their ids.",
  },
  {
    type: "/problems/inventory/transfer-reused",
    title: "The key was used before",
    status: 422,
    meaning: "The same key named a transfer with other lines or locations.",
    remedy: "Send a new Idempotency-Key for a new transfer.",
  },
  {
    type: "/problems/inventory/transfer-invalid",
    title: "The transfer cannot be made",
    status: 422,
    meaning: "A transfer is between two locations and names each SKU once.",
    remedy: "Mend the field that the answer names.",
  },
  {
    type: "/problems/inventory/bundle-invalid",
    title: "The bundle cannot be made",
    status: 422,
    meaning: "A bundle is made of SKUs that the catalogue knows and that are no bundles themselves.",
    remedy: "Mend the field that the answer names.",
  },
];
