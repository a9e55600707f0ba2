import { after, invariant, ok, refuse, SECOND_MS, type EpochMs, type Result } from "#kernel";
import type { Allocation, Hold, HoldClaim, HoldRequest, MovementKind, StockRefusal } from "../contract.ts";
import {
  availableAt,
  evolve,
  firstLocation,
  isQuantity,
  orderable,
  promiseLimit,
  sellable,
  type Movement,
  type StockState,
} from "./level.ts";
import { MAX_HOLD_TTL_SECONDS, MAX_QUANTITY } from "./limits.ts";

/** An order's claim on units. A `released` record is the tombstone that refuses a late hold. */
export type HoldRecord = Hold & {
  /** False when the SKU was not counted at the time: neither hold nor commit moves units then. */
  readonly isCounted: boolean;
};

/** What a decision changes. A repeat changes nothing; a tombstone moves nothing. */
export type HoldDecision = {
  readonly hold: HoldRecord;
  readonly movements: readonly Movement[];
  readonly isRepeat: boolean;
};

const repeat = (hold: HoldRecord): HoldDecision => ({ hold, movements: [], isRepeat: true });

/**
 * Decides a hold. Precedence: a well-formed quantity, then the order's earlier claim (repeat, tombstone, other
 * quantity), then whether enough units can be sold. Never waits; a refusal changes nothing.
 */
export function decideHold(
  state: StockState,
  existing: HoldRecord | undefined,
  request: HoldRequest & { readonly now: EpochMs },
): Result<HoldDecision, StockRefusal> {
  const { sku } = state;
  const { orderId, part, quantity } = request;
  if (!isQuantity(quantity, 1)) {
    const detail = `A hold takes a whole number of units from 1 to ${MAX_QUANTITY}.`;
    return refuse({ code: "invalid_quantity", sku, detail });
  }
  if (existing) {
    if (existing.status === "released") return refuse({ code: "hold_gone", sku, orderId });
    if (existing.quantity !== quantity)
      return refuse({ code: "hold_mismatch", sku, held: existing.quantity, requested: quantity });
    return ok(repeat(existing));
  }
  const left = sellable(state);
  if (quantity > left)
    return refuse({ code: "insufficient_stock", sku, requested: quantity, available: left });
  const isCounted = state.policy.kind !== "untracked";
  const backordered = isCounted ? Math.max(0, quantity - Math.max(0, orderable(state))) : 0;
  const allocations = isCounted
    ? allocate(state, quantity, backordered)
    : [{ location: firstLocation(state), quantity }];
  const ttlSeconds = Math.min(Math.max(1, request.ttlSeconds), MAX_HOLD_TTL_SECONDS);
  const hold: HoldRecord = {
    orderId,
    part,
    quantity,
    status: "held",
    isCounted,
    expiresAt: after(request.now, ttlSeconds * SECOND_MS),
    backordered,
    allocations,
  };
  return ok({ hold, movements: movementsOf(hold, "held", { onHand: 0, held: 1 }), isRepeat: false });
}

/**
 * Shares a hold out: the first location, by priority, that has all of it; else each gives what it has, in that order.
 * What is not on the shelf is owed by the first location. The parts sum to `quantity`.
 */
export function allocate(state: StockState, quantity: number, backordered: number): readonly Allocation[] {
  const { serving } = state.arrangement;
  const onShelf = quantity - backordered;
  const whole = serving.find((location) => availableAt(state, location) >= onShelf);
  const parts = new Map<string, number>();
  if (backordered > 0) parts.set(firstLocation(state), backordered);
  let left = onShelf;
  for (const location of whole === undefined ? serving : [whole]) {
    const taken = Math.min(left, Math.max(0, availableAt(state, location)));
    if (taken > 0) parts.set(location, (parts.get(location) ?? 0) + taken);
    left -= taken;
  }
  invariant(left === 0, `${state.sku}: the locations that serve orders have what is sold`);
  return [...parts].map(([location, part]) => ({ location, quantity: part }));
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
      return ok(repeat(existing));
    case "held":
      return ok({
        hold: { ...existing, status: "committed" },
        movements: movementsOf(existing, "committed", { onHand: -1, held: -1 }),
        isRepeat: false,
      });
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
  if (!existing) return { hold: tombstone(request), movements: [], isRepeat: false };
  const hold: HoldRecord = { ...existing, status: "released" };
  switch (existing.status) {
    case "released":
      return repeat(existing);
    case "committed":
      return { hold, movements: movementsOf(existing, "returned", { onHand: 1, held: 0 }), isRepeat: false };
    case "held":
      return { hold, movements: movementsOf(existing, "released", { onHand: 0, held: -1 }), isRepeat: false };
  }
}

const tombstone = ({ orderId, part, now }: HoldClaim & { readonly now: EpochMs }): HoldRecord => ({
  orderId,
  part,
  quantity: 0,
  status: "released",
  isCounted: false,
  expiresAt: now,
  backordered: 0,
  allocations: [],
});

/** One movement a location; `sign` says which way one unit goes. Goods that are not counted move no units. */
function movementsOf(
  hold: HoldRecord,
  kind: MovementKind,
  sign: { readonly onHand: number; readonly held: number },
): readonly Movement[] {
  const counted = hold.isCounted ? 1 : 0;
  return hold.allocations.map(({ location, quantity }) => {
    const units = counted * quantity;
    // Adding zero turns minus zero into zero.
    return { kind, location, change: { onHand: sign.onHand * units + 0, held: sign.held * units + 0 } };
  });
}

/** Moves the deadline of a hold whose order is still alive. */
export const extendHold = (hold: HoldRecord, now: EpochMs, waitMs: number): HoldRecord => ({
  ...hold,
  expiresAt: after(now, waitMs),
});

/** States what a hold must leave: no more promised than the policy allows, and the parts sum to the whole. Defect if not. */
export function checkSale(state: StockState, { hold, movements }: HoldDecision): StockState {
  const next = movements.reduce(evolve, state);
  if (hold.status !== "held" || !hold.isCounted || movements.length === 0) return next;
  const parts = hold.allocations.reduce((sum, { quantity }) => sum + quantity, 0);
  invariant(parts === hold.quantity, `${state.sku}: the parts of a hold are the whole`);
  invariant(
    orderable(next) + promiseLimit(next.policy) >= 0,
    `${state.sku}: a sale takes only what is there or may be promised`,
  );
  return next;
}
