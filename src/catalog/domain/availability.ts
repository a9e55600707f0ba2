import { unreachable } from "#kernel";
import type { Availability } from "../contract.ts";
import { LOW_STOCK_BELOW_UNITS } from "./limits.ts";

/** How demand beyond the shelf is treated; the stock object's own policy has this shape. */
export type SellingRule =
  | { readonly kind: "deny" }
  | { readonly kind: "backorder"; readonly limit: number; readonly expectedAt?: string }
  | { readonly kind: "preorder"; readonly limit: number; readonly expectedAt: string }
  | { readonly kind: "untracked" };

/** What a stock object last told of one SKU, in sum over its locations. */
export type StockFact = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  readonly damaged: number;
  readonly safety: number;
  readonly incoming: number;
  readonly inTransit: number;
  /** `onHand − held − safety`; negative only after a count, a raised safety or a backorder. */
  readonly available: number;
  /** The part of `available` that orders can be served from; shoppers are told of nothing else. */
  readonly orderable: number;
  /** Revision of the arrangement of locations that the stock object goes by. */
  readonly arrangement: number;
  readonly policy: SellingRule;
  /** Of the stock object; a fact with a lower one than the last is late and changes nothing. */
  readonly version: number;
  readonly changedAtMs: number;
};

/** What shoppers are told of it. */
export type Badge = {
  readonly availability: Availability;
  /** Units that a new order may take, at least 0; absent when the SKU is not counted. */
  readonly availableUnits?: number;
  /** YYYY-MM-DD, with backorder and preorder. */
  readonly expectedAt?: string;
};

/** From best to worst; the position is the rank that is stored and sorted by. */
export const AVAILABILITY_ORDER: readonly Availability[] = [
  "in_stock",
  "low",
  "backorder",
  "preorder",
  "sold_out",
];

/** A SKU that no stock object has told of: nobody has ever counted it, so there is none to sell. */
export const UNCOUNTED_BADGE: Badge = { availability: "sold_out", availableUnits: 0 };

/**
 * The shopper's bucket of a level. `low` means fewer than six and nothing more on the way: where a backorder is
 * possible, the last units are no reason to hurry anybody. A preorder stays one until the merchant ends it.
 */
export function badgeOf({ available, policy }: Pick<StockFact, "available" | "policy">): Badge {
  switch (policy.kind) {
    case "untracked":
      return { availability: "in_stock" };
    case "deny":
      return { availability: shelf(available), availableUnits: Math.max(0, available) };
    case "backorder":
      return beyondShelf(available, policy, available > 0 ? "in_stock" : "backorder");
    case "preorder":
      return beyondShelf(available, policy, "preorder");
    default:
      return unreachable(policy, "badgeOf");
  }
}

const shelf = (available: number): Availability =>
  available <= 0 ? "sold_out" : available < LOW_STOCK_BELOW_UNITS ? "low" : "in_stock";

function beyondShelf(
  available: number,
  policy: { readonly limit: number; readonly expectedAt?: string },
  word: "in_stock" | "backorder" | "preorder",
): Badge {
  const units = Math.max(0, available + policy.limit);
  if (units === 0) return { availability: "sold_out", availableUnits: 0 };
  const isDated = word !== "in_stock" && policy.expectedAt !== undefined;
  return { availability: word, availableUnits: units, ...(isDated ? { expectedAt: policy.expectedAt } : {}) };
}

/** The stored form of a bucket: 0 is the best. */
export const rankOf = (availability: Availability): number => AVAILABILITY_ORDER.indexOf(availability);

/** The bucket of a stored rank. */
export const availabilityOfRank = (rank: number): Availability => AVAILABILITY_ORDER[rank] ?? "sold_out";
