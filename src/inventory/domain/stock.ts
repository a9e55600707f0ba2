import { after, ok, refuse, SECOND_MS, type EpochMs, type Result } from "#kernel";
import type {
  Adjustment,
  HoldClaim,
  HoldRequest,
  MovementKind,
  SellingPolicy,
  StockRefusal,
} from "../contract.ts";
import { MAX_HOLD_TTL_SECONDS, MAX_QUANTITY } from "./limits.ts";

/** The units of one SKU. `available = onHand − held`. */
export type Level = {
  readonly sku: string;
  readonly onHand: number;
  readonly held: number;
  readonly policy: SellingPolicy;
  readonly version: number;
};

/** An order's claim on units. A `released` record is the tombstone that refuses a late hold. */
export type HoldRecord = HoldClaim & {
  readonly quantity: number;
  readonly status: "held" | "committed" | "released";
  /** False when the SKU was not counted at the time: neither hold nor commit moves units then. */
  readonly isCounted: boolean;
  readonly expiresAt: EpochMs;
  readonly backordered: number;
};

/** One line of the journal before it gets its number. */
export type Movement = {
  readonly kind: MovementKind;
  readonly onHandChange: number;
  readonly heldChange: number;
};

/** What a decision changes; `movement` is absent when the command was a repeat. */
export type HoldDecision = { readonly hold: HoldRecord; readonly movement?: Movement };

export const available = (level: Level): number => level.onHand - level.held;

/** Units that a new hold may take: what is there, plus what the policy allows to promise. */
export function sellable(level: Level): number {
  const policy = level.policy;
  switch (policy.kind) {
    case "deny":
      return Math.max(0, available(level));
    case "backorder":
    case "preorder":
      return Math.max(0, available(level) + policy.limit);
    case "untracked":
      return MAX_QUANTITY;
  }
}

/** Applies a movement; the only way a level changes. */
export const evolve = (level: Level, movement: Movement): Level => ({
  ...level,
  onHand: level.onHand + movement.onHandChange,
  held: level.held + movement.heldChange,
  version: level.version + 1,
});

const isQuantity = (value: unknown, minimum: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= MAX_QUANTITY;

/**
 * Decides a hold. Precedence: a well-formed quantity, then the order's earlier claim (repeat, tombstone, other
 * quantity), then whether enough units can be sold. Never waits; a refusal changes nothing.
 */
export function decideHold(
  level: Level,
  existing: HoldRecord | undefined,
  request: HoldRequest & { readonly now: EpochMs },
): Result<HoldDecision, StockRefusal> {
  const { sku } = level;
  if (!isQuantity(request.quantity, 1)) {
    return refuse({
      code: "invalid_quantity",
      sku,
      detail: `A hold takes a whole number of units from 1 to ${MAX_QUANTITY}.`,
    });
  }
  if (existing) {
    if (existing.status === "released") return refuse({ code: "hold_gone", sku, orderId: request.orderId });
    if (existing.quantity !== request.quantity) {
      return refuse({ code: "hold_mismatch", sku, held: existing.quantity, requested: request.quantity });
    }
    return ok({ hold: existing });
  }
  const left = sellable(level);
  if (request.quantity > left) {
    return refuse({ code: "insufficient_stock", sku, requested: request.quantity, available: left });
  }
  const isCounted = level.policy.kind !== "untracked";
  const ttlSeconds = Math.min(Math.max(1, request.ttlSeconds), MAX_HOLD_TTL_SECONDS);
  const onShelf = Math.max(0, available(level));
  return ok({
    hold: {
      orderId: request.orderId,
      part: request.part,
      quantity: request.quantity,
      status: "held",
      isCounted,
      expiresAt: after(request.now, ttlSeconds * SECOND_MS),
      backordered: isCounted ? Math.max(0, request.quantity - onShelf) : 0,
    },
    movement: { kind: "held", onHandChange: 0, heldChange: isCounted ? request.quantity : 0 },
  });
}

/** Decides a commit: held units leave the shelf for good. A repeat changes nothing; a released hold is gone. */
export function decideCommit(
  sku: string,
  existing: HoldRecord | undefined,
  { orderId }: HoldClaim,
): Result<HoldDecision, StockRefusal> {
  if (!existing) return refuse({ code: "hold_unknown", sku, orderId });
  switch (existing.status) {
    case "released":
      return refuse({ code: "hold_gone", sku, orderId });
    case "committed":
      return ok({ hold: existing });
    case "held": {
      const units = existing.isCounted ? existing.quantity : 0;
      return ok({
        hold: { ...existing, status: "committed" },
        movement: { kind: "committed", onHandChange: 0 - units, heldChange: 0 - units },
      });
    }
  }
}

/**
 * Decides a release. Without a hold it still leaves a tombstone, so that a delayed hold of the same order is refused.
 * Units that were committed for an order which is undone before it was confirmed come back as returned.
 */
export function decideRelease(
  existing: HoldRecord | undefined,
  request: HoldClaim & { readonly now: EpochMs },
): HoldDecision {
  if (!existing) {
    const tombstone: HoldRecord = {
      orderId: request.orderId,
      part: request.part,
      quantity: 0,
      status: "released",
      isCounted: false,
      expiresAt: request.now,
      backordered: 0,
    };
    return { hold: tombstone };
  }
  switch (existing.status) {
    case "released":
      return { hold: existing };
    case "committed": {
      const units = existing.isCounted ? existing.quantity : 0;
      return {
        hold: { ...existing, status: "released" },
        movement: { kind: "returned", onHandChange: units, heldChange: 0 },
      };
    }
    case "held": {
      const units = existing.isCounted ? existing.quantity : 0;
      return {
        hold: { ...existing, status: "released" },
        movement: { kind: "released", onHandChange: 0, heldChange: 0 - units },
      };
    }
  }
}

/** Moves the deadline of a hold whose order is still alive. */
export const extendHold = (hold: HoldRecord, now: EpochMs, seconds: number): HoldRecord => ({
  ...hold,
  expiresAt: after(now, seconds * SECOND_MS),
});

/**
 * Decides an adjustment: precedence is the quantity, then the version. `counted` sets what is on hand and may leave
 * fewer units than are held; every other kind adds or takes units and never leaves less than nothing on the shelf.
 */
export function decideAdjustment(level: Level, adjustment: Adjustment): Result<Movement, StockRefusal> {
  const { sku } = level;
  const isCount = adjustment.kind === "counted";
  if (!isQuantity(isCount ? adjustment.quantity : Math.abs(adjustment.quantity), isCount ? 0 : 1)) {
    const detail = isCount
      ? `A count is a whole number of units from 0 to ${MAX_QUANTITY}.`
      : `A change is a whole number of units other than 0, at most ${MAX_QUANTITY} either way.`;
    return refuse({ code: "invalid_quantity", sku, detail });
  }
  if (adjustment.expectedVersion !== undefined && adjustment.expectedVersion !== level.version) {
    return refuse({ code: "version_conflict", sku, version: level.version });
  }
  if (isCount)
    return ok({ kind: "counted", onHandChange: adjustment.quantity - level.onHand, heldChange: 0 });
  if ((adjustment.kind === "received" || adjustment.kind === "returned") && adjustment.quantity < 0) {
    return refuse({
      code: "invalid_quantity",
      sku,
      detail: `Units that were ${adjustment.kind} are a number above 0.`,
    });
  }
  const change = adjustment.kind === "damaged" ? 0 - Math.abs(adjustment.quantity) : adjustment.quantity;
  if (change < 0 && level.onHand + change < 0) {
    return refuse({
      code: "invalid_quantity",
      sku,
      detail: `Only ${Math.max(0, level.onHand)} units are on hand.`,
    });
  }
  return ok({ kind: adjustment.kind, onHandChange: change, heldChange: 0 });
}
