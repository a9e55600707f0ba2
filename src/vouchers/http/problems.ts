import { toIso, type Problem } from "#kernel";
import type { ProblemTypeEntry } from "#web";
import type { DeskRefusal } from "../app/voucher-desk.ts";

/** What went wrong with a voucher, in words for a program of the staff's. */
export function voucherProblem(refusal: DeskRefusal): Problem {
  switch (refusal.code) {
    case "voucher_unknown":
      return {
        type: "/problems/vouchers/voucher-unknown",
        title: "No such voucher",
        status: 404,
        detail: "No coupon, gift card or credit has this name.",
      };
    case "voucher_exists":
      return {
        type: "/problems/vouchers/voucher-exists",
        title: "It has been issued already",
        status: 409,
        detail: "This code or customer has a voucher with other terms. Nothing was changed.",
      };
    case "version_conflict":
      return {
        type: "/problems/vouchers/version-conflict",
        title: "The voucher changed meanwhile",
        status: 409,
        detail: `It is at version ${refusal.version}. Read it and decide again.`,
        facts: { version: refusal.version },
      };
    case "invalid_terms":
      return {
        type: "/problems/vouchers/invalid-terms",
        title: "These terms make no sense",
        status: 422,
        detail: refusal.mistakes.map((mistake) => mistake.detail).join(" "),
        errors: refusal.mistakes.map(({ field, detail }) => ({ pointer: `/${field}`, detail })),
      };
    case "invalid_amount":
      return {
        type: "/problems/vouchers/invalid-amount",
        title: "The amount cannot be used",
        status: 422,
        detail: refusal.detail,
        errors: [{ pointer: "/amountMinor", detail: refusal.detail }],
      };
    default:
      return {
        type: "/problems/vouchers/not-usable",
        title: "The voucher cannot be used that way",
        status: 409,
        detail: "An order's claim or the voucher's own terms stand against it.",
        facts: {
          reason: refusal.code,
          ...(refusal.code === "expired" ? { validUntil: toIso(refusal.validUntil) } : {}),
        },
      };
  }
}

/** For the pages that explain problem types. */
export const VOUCHER_PROBLEM_TYPES: readonly ProblemTypeEntry[] = [
  {
    type: "/problems/vouchers/voucher-unknown",
    title: "No such voucher",
    status: 404,
    meaning: "Nobody has issued a coupon, gift card or credit of this name.",
    remedy: "List the vouchers and use the id of one.",
  },
  {
    type: "/problems/vouchers/voucher-exists",
    title: "It has been issued already",
    status: 409,
    meaning: "The code, or the customer's credit, exists with other terms.",
    remedy: "Edit the existing one, or put money on it.",
  },
  {
    type: "/problems/vouchers/version-conflict",
    title: "The voucher changed meanwhile",
    status: 409,
    meaning:
      "Somebody else changed the terms, or an order used the voucher, between your reading and your writing.",
    remedy: "Read it, decide again, and send its new version.",
  },
  {
    type: "/problems/vouchers/invalid-terms",
    title: "These terms make no sense",
    status: 422,
    meaning: "The terms contradict each other or hold values out of range; errors names each field.",
    remedy: "Mend each field as its detail says. Nothing was changed.",
  },
  {
    type: "/problems/vouchers/invalid-amount",
    title: "The amount cannot be used",
    status: 422,
    meaning: "An amount is a whole number of minor units, and no card falls below what orders hold of it.",
    remedy: "Send an amount in the range that the answer names.",
  },
  {
    type: "/problems/vouchers/not-usable",
    title: "The voucher cannot be used that way",
    status: 409,
    meaning: "An order's claim or the voucher's own terms stand against it; reason says which.",
    remedy: "Read the voucher and its journal.",
  },
];
