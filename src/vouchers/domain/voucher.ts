import { after, ok, refuse, SECOND_MS, type EpochMs, type OrderId, type Result } from "#kernel";
import type {
  VoucherAdjustment,
  VoucherClaim,
  VoucherHoldRequest,
  VoucherMovementKind,
  VoucherRefusal,
  VoucherTerms,
} from "../contract.ts";
import { cleanCustomer } from "./codes.ts";
import { MAX_AMOUNT_MINOR, MAX_HOLD_TTL_SECONDS } from "./limits.ts";

/** One voucher. A coupon counts uses, a card or credit counts money; what is held counts in the same unit. */
export type VoucherState = {
  readonly voucherId: string;
  readonly terms: VoucherTerms;
  readonly usedCount: number;
  readonly held: number;
  readonly balanceMinor: number;
  readonly version: number;
};

/** An order's claim. A `released` record is the tombstone that refuses a late hold. */
export type ClaimRecord = VoucherClaim & {
  readonly amountMinor: number;
  readonly customer: string;
  readonly status: "held" | "committed" | "released";
  readonly expiresAt: EpochMs;
};

/** One line of the journal before it gets its number. */
export type VoucherMovement = {
  readonly kind: VoucherMovementKind;
  readonly usedChange: number;
  readonly heldChange: number;
  readonly balanceChange: number;
};

/** What a decision changes; `movement` is absent when the command was a repeat. */
export type ClaimDecision = { readonly claim: ClaimRecord; readonly movement?: VoucherMovement };

const movement = (
  kind: VoucherMovementKind,
  change: Partial<Omit<VoucherMovement, "kind">>,
): VoucherMovement => ({ kind, usedChange: 0, heldChange: 0, balanceChange: 0, ...change });

/** Applies a movement; the only way the numbers of a voucher change. */
export const evolveVoucher = (state: VoucherState, move: VoucherMovement): VoucherState => ({
  ...state,
  usedCount: state.usedCount + move.usedChange,
  held: state.held + move.heldChange,
  balanceMinor: state.balanceMinor + move.balanceChange,
  version: state.version + 1,
});

/** Money that a new hold may take; 0 for a coupon. */
export const availableMinor = (state: Pick<VoucherState, "balanceMinor" | "held">): number =>
  Math.max(0, state.balanceMinor - state.held);

/** Uses that are left; `undefined` without a limit. A limit that was lowered below what is used leaves 0. */
export function usesLeft(state: Pick<VoucherState, "terms" | "usedCount" | "held">): number | undefined {
  if (state.terms.kind !== "coupon" || state.terms.maxUses === undefined) return undefined;
  return Math.max(0, state.terms.maxUses - state.usedCount - state.held);
}

/** Whether the voucher may be used at this instant, whoever asks: disabled, then too early, then too late. */
export function checkValidity(terms: VoucherTerms, now: EpochMs): VoucherRefusal | undefined {
  if (terms.isDisabled) return { code: "disabled" };
  if (terms.kind === "coupon" && terms.validFrom !== undefined && now < terms.validFrom)
    return { code: "not_yet_valid", validFrom: terms.validFrom };
  if (terms.validUntil !== undefined && now >= terms.validUntil)
    return { code: "expired", validUntil: terms.validUntil };
  return undefined;
}

/** What a claim of this voucher is counted in. */
const unitsOf = (state: VoucherState, claim: Pick<ClaimRecord, "amountMinor">): number =>
  state.terms.kind === "coupon" ? 1 : claim.amountMinor;

export type HoldFacts = {
  readonly existing: ClaimRecord | undefined;
  /** Claims of this customer that are held or committed. */
  readonly customerClaims: number;
  readonly now: EpochMs;
};

/**
 * Decides a hold. Precedence: the order's earlier claim (tombstone, other amount, repeat), then whether the voucher is
 * known, valid now, this customer's and of this currency, then the limits: all uses, this customer's uses, the money.
 * Never waits; a refusal changes nothing.
 */
export function decideHold(
  state: VoucherState | undefined,
  facts: HoldFacts,
  request: VoucherHoldRequest,
): Result<ClaimDecision, VoucherRefusal> {
  const { existing, now } = facts;
  if (existing?.status === "released") return refuse({ code: "hold_gone", orderId: request.orderId });
  if (existing) {
    return existing.amountMinor === request.amountMinor
      ? ok({ claim: existing })
      : refuse({ code: "hold_mismatch", heldMinor: existing.amountMinor });
  }
  if (!state) return refuse({ code: "voucher_unknown" });
  const obstacle = checkValidity(state.terms, now) ?? checkRequest(state, facts, request);
  if (obstacle) return refuse(obstacle);
  const ttlSeconds = Math.min(Math.max(1, request.ttlSeconds), MAX_HOLD_TTL_SECONDS);
  const claim: ClaimRecord = {
    orderId: request.orderId,
    part: request.part,
    amountMinor: request.amountMinor,
    customer: cleanCustomer(request.customer),
    status: "held",
    expiresAt: after(now, ttlSeconds * SECOND_MS),
  };
  return ok({ claim, movement: movement("held", { heldChange: unitsOf(state, claim) }) });
}

function checkRequest(
  state: VoucherState,
  { customerClaims }: HoldFacts,
  request: VoucherHoldRequest,
): VoucherRefusal | undefined {
  const { terms } = state;
  if (terms.kind === "coupon") {
    if (terms.currencies.length > 0 && !terms.currencies.includes(request.currency))
      return { code: "voucher_unknown" };
    if (usesLeft(state) === 0) return { code: "used_up" };
    const limit = terms.maxUsesPerCustomer;
    return limit !== undefined && customerClaims >= limit ? { code: "customer_limit" } : undefined;
  }
  // Somebody else's credit is none of the asker's business.
  if (terms.kind === "store_credit" && terms.customer !== cleanCustomer(request.customer))
    return { code: "voucher_unknown" };
  if (terms.currency !== request.currency) return { code: "voucher_unknown" };
  if (!isAmount(request.amountMinor, 1)) return { code: "invalid_amount", detail: AMOUNT_SENTENCE };
  const left = availableMinor(state);
  return request.amountMinor > left ? { code: "insufficient", availableMinor: left } : undefined;
}

/** Decides a commit: the use is spent, the money is gone. A repeat changes nothing; a released hold is gone. */
export function decideCommit(
  state: VoucherState | undefined,
  existing: ClaimRecord | undefined,
  { orderId }: { readonly orderId: OrderId },
): Result<ClaimDecision, VoucherRefusal> {
  if (!state || !existing) return refuse({ code: "hold_unknown", orderId });
  switch (existing.status) {
    case "released":
      return refuse({ code: "hold_gone", orderId });
    case "committed":
      return ok({ claim: existing });
    case "held": {
      const units = unitsOf(state, existing);
      const spent = state.terms.kind === "coupon" ? { usedChange: 1 } : { balanceChange: 0 - units };
      return ok({
        claim: { ...existing, status: "committed" },
        movement: movement("committed", { heldChange: 0 - units, ...spent }),
      });
    }
  }
}

/**
 * Decides a release. Without a hold it still leaves a tombstone, so that a delayed hold of the same order is refused.
 * What was committed for an order that is undone before it was confirmed comes back, less what a refund gave back.
 */
export function decideRelease(
  state: VoucherState | undefined,
  existing: ClaimRecord | undefined,
  request: VoucherClaim & { readonly now: EpochMs; readonly givenBackMinor: number },
): ClaimDecision {
  const { orderId, part, now } = request;
  if (!existing || !state)
    return {
      claim: { orderId, part, amountMinor: 0, customer: "", status: "released", expiresAt: now },
    };
  const claim: ClaimRecord = { ...existing, status: "released" };
  switch (existing.status) {
    case "released":
      return { claim: existing };
    case "held":
      return { claim, movement: movement("released", { heldChange: 0 - unitsOf(state, existing) }) };
    case "committed": {
      const back = Math.max(0, existing.amountMinor - request.givenBackMinor);
      const change = state.terms.kind === "coupon" ? { usedChange: -1 } : { balanceChange: back };
      return { claim, movement: movement("returned", change) };
    }
  }
}

/** Moves the deadline of a hold whose order is still alive. */
export const extendClaim = (claim: ClaimRecord, now: EpochMs, waitMs: number): ClaimRecord => ({
  ...claim,
  expiresAt: after(now, waitMs),
});

/** Decides money that staff put on or take off: never below what is held, never on a coupon. */
export function decideAdjustment(
  state: VoucherState,
  adjustment: VoucherAdjustment,
  kind: "issued" | "staff" = "staff",
): Result<VoucherMovement, VoucherRefusal> {
  const { amountMinor, expectedVersion } = adjustment;
  if (state.terms.kind === "coupon")
    return refuse({ code: "invalid_amount", detail: "A coupon carries no money." });
  if (!isAmount(Math.abs(amountMinor), 1) || (kind === "issued" && amountMinor < 0))
    return refuse({ code: "invalid_amount", detail: AMOUNT_SENTENCE });
  if (expectedVersion !== undefined && expectedVersion !== state.version)
    return refuse({ code: "version_conflict", version: state.version });
  const balance = state.balanceMinor + amountMinor;
  if (balance < state.held || balance > MAX_AMOUNT_MINOR) {
    const detail =
      balance < state.held ? `Only ${availableMinor(state)} minor units may be taken off.` : AMOUNT_SENTENCE;
    return refuse({ code: "invalid_amount", detail });
  }
  const name = kind === "issued" ? "issued" : amountMinor > 0 ? "topped_up" : "adjusted";
  return ok(movement(name, { balanceChange: amountMinor }));
}

/** Decides money that a refund gives back: at most what the order has committed and not got back yet. */
export function decideGiveBack(
  state: VoucherState | undefined,
  order: { readonly committedMinor: number; readonly givenBackMinor: number },
  amountMinor: number,
): Result<VoucherMovement, VoucherRefusal> {
  if (!state) return refuse({ code: "voucher_unknown" });
  if (!isAmount(amountMinor, 1)) return refuse({ code: "invalid_amount", detail: AMOUNT_SENTENCE });
  const left = order.committedMinor - order.givenBackMinor;
  if (amountMinor > left)
    return refuse({ code: "invalid_amount", detail: `The order may get ${left} minor units back.` });
  return ok(movement("given_back", { balanceChange: amountMinor }));
}

/** Terms that were replaced: no number moves. */
export const editMovement: VoucherMovement = movement("edited", {});
/** A voucher that begins without money. */
export const issueMovement: VoucherMovement = movement("issued", {});

const isAmount = (value: number, minimum: number): boolean =>
  Number.isSafeInteger(value) && value >= minimum && value <= MAX_AMOUNT_MINOR;

const AMOUNT_SENTENCE = `An amount is a whole number of minor units from 1 to ${MAX_AMOUNT_MINOR}.`;
