import type { EpochMs, OrderId, Result } from "#kernel";
import type { CallContext, Destination, OutboxAudit } from "#platform";

/** What crosses to and from a stock object. One object per SKU code; its name is the SKU code itself. */

/** How demand beyond what lies on the shelf is treated. */
export type SellingPolicy =
  | { readonly kind: "deny" }
  /** Sell up to `limit` units that are not there yet; `expectedAt` is the day (YYYY-MM-DD) they are due. */
  | { readonly kind: "backorder"; readonly limit: number; readonly expectedAt?: string }
  | { readonly kind: "preorder"; readonly limit: number; readonly expectedAt: string }
  /** Never counted: digital goods, made to order. */
  | { readonly kind: "untracked" };

export type MovementKind =
  "received" | "counted" | "adjusted" | "held" | "released" | "committed" | "returned" | "damaged";

/** The location every SKU has until a merchant adds more. */
export const DEFAULT_LOCATION = "main";

export type StockLevel = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  /** `onHand − held`, the units that a new hold may take without backorder; may be negative only after a count or a backorder. */
  readonly available: number;
  readonly policy: SellingPolicy;
  /** Raised by every change; the compare-and-set version of adjustments. */
  readonly version: number;
};

export type Adjustment = {
  /** Idempotency key: the same id applies once, whatever it says the second time. */
  readonly adjustmentId: string;
  readonly kind: "received" | "counted" | "adjusted" | "returned" | "damaged";
  /** For `counted` the units found (≥ 0); for every other kind a signed change. Whole units. */
  readonly quantity: number;
  readonly reason: string;
  readonly reference?: string;
  readonly expectedVersion?: number;
};

export type JournalEntry = {
  /** Gap-free, from 1. */
  readonly sequence: number;
  readonly kind: MovementKind;
  /** Change of units on hand, signed. */
  readonly onHandChange: number;
  /** Change of units held, signed. */
  readonly heldChange: number;
  readonly onHandAfter: number;
  readonly heldAfter: number;
  readonly reason: string;
  readonly actor: string;
  /** The order or document behind it. */
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

/**
 * Names one claim of an order on a SKU. Part 0 is the order as it was placed; part n is its n-th edit, which holds only
 * the units that the edit adds.
 */
export type HoldClaim = { readonly orderId: OrderId; readonly part: number };

export type HoldRequest = HoldClaim & {
  /** Whole units, at least 1: the order's demand for this SKU, summed over its lines. */
  readonly quantity: number;
  /** Seconds until the object asks the order what became of it. */
  readonly ttlSeconds: number;
};
export type Hold = HoldClaim & {
  readonly quantity: number;
  readonly status: "held" | "committed" | "released";
  readonly expiresAt: EpochMs;
  /** Units of this hold that are not on the shelf yet. */
  readonly backordered: number;
};

/** A claim as reconciliation compares it with its order; a tombstone has the quantity 0. */
export type StockClaim = HoldClaim & {
  readonly quantity: number;
  readonly status: Hold["status"];
  readonly expiresAt: EpochMs;
};

/** What reconciliation reads of one SKU: the object's own proof of its invariants, and a page of its claims. */
export type StockAudit = {
  readonly level: StockLevel;
  /** What does not hold of what the object promises of itself; empty in a sound object. */
  readonly violations: readonly {
    readonly rule: string;
    readonly expected: number;
    readonly found: number;
  }[];
  /** In the order of their keys. */
  readonly claims: readonly StockClaim[];
  /** Where the next page of claims starts; absent on the last one. */
  readonly nextClaim?: string;
  readonly outbox: OutboxAudit;
};

export type StockRefusal =
  /** Fewer units than asked for; nothing was held. */
  | {
      readonly code: "insufficient_stock";
      readonly sku: string;
      readonly requested: number;
      readonly available: number;
    }
  /** The order was released before; a late hold or commit comes to nothing. */
  | { readonly code: "hold_gone"; readonly sku: string; readonly orderId: OrderId }
  | { readonly code: "hold_unknown"; readonly sku: string; readonly orderId: OrderId }
  /** The same order asked again for another quantity. */
  | {
      readonly code: "hold_mismatch";
      readonly sku: string;
      readonly held: number;
      readonly requested: number;
    }
  | { readonly code: "version_conflict"; readonly sku: string; readonly version: number }
  | { readonly code: "invalid_quantity"; readonly sku: string; readonly detail: string };

/** The RPC face of a stock object. Every method may be repeated with the same arguments and changes nothing then. */
export type StockRpc = {
  level(): Promise<StockLevel>;
  setPolicy(policy: SellingPolicy, call: CallContext): Promise<StockLevel>;
  adjust(adjustment: Adjustment, call: CallContext): Promise<Result<StockLevel, StockRefusal>>;
  hold(request: HoldRequest, call: CallContext): Promise<Result<Hold, StockRefusal>>;
  commit(claim: HoldClaim, call: CallContext): Promise<Result<Hold, StockRefusal>>;
  /** Leaves a tombstone even when there is no hold, so that a delayed `hold` is refused. */
  release(claim: HoldClaim, call: CallContext): Promise<Result<{ readonly released: number }, StockRefusal>>;
  /** Newest first; `before` is exclusive. At most 100 entries. */
  journal(page: { readonly before?: number; readonly limit: number }): Promise<readonly JournalEntry[]>;
  /** Checks the object against itself; changes nothing. `after` is the `nextClaim` of the page before; at most 100 claims. */
  audit(page: { readonly after?: string; readonly limit: number }): Promise<StockAudit>;
  /** Every claim that this order has here, the tombstones too; at most 100. */
  claimsOf(orderId: OrderId): Promise<readonly StockClaim[]>;
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

/** What an order answers a stock object whose hold has passed its deadline. */
export type OrderFate = "live" | "committing" | "cancelled" | "unknown";

/** Goes to the `projection` queue after each change; `sequence` of its envelope is the level's version. */
export type StockChanged = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  readonly available: number;
  readonly policy: SellingPolicy;
};
export const STOCK_CHANGED = "stock.changed";
