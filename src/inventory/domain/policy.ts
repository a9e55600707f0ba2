import type { SellingPolicy } from "../contract.ts";
import { MAX_QUANTITY } from "./limits.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Tells whether text is a calendar day such as 2026-12-14. */
export const isDay = (text: unknown): text is string =>
  typeof text === "string" && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

const isLimit = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MAX_QUANTITY;

/** Rebuilds a policy from plain data, keeping only known members; `undefined` when it is not one. */
export function parsePolicy(input: unknown): SellingPolicy | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { kind, limit, expectedAt }: { kind?: unknown; limit?: unknown; expectedAt?: unknown } = input;
  switch (kind) {
    case "deny":
    case "untracked":
      return { kind };
    case "backorder":
      if (!isLimit(limit) || (expectedAt !== undefined && !isDay(expectedAt))) return undefined;
      return expectedAt === undefined ? { kind, limit } : { kind, limit, expectedAt };
    case "preorder":
      return isLimit(limit) && isDay(expectedAt) ? { kind, limit, expectedAt } : undefined;
    default:
      return undefined;
  }
}
