import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type { CartCode, CartRefusal } from "../contract.ts";
import { checkVersion, codesOf, type CartState } from "./cart.ts";
import { MAX_CODES } from "./limits.ts";

type Decision = Result<CartState, CartRefusal>;

/**
 * Keeps a code. One that is there already changes nothing, not even the version. Refuses, in this order:
 * `version_conflict`, `too_many_codes`.
 */
export function addCode(
  state: CartState,
  { voucherId, label, expectedVersion, now }: CartCode & { expectedVersion?: number; now: EpochMs },
): Decision {
  const conflict = checkVersion(state, expectedVersion);
  if (conflict) return refuse(conflict);
  const codes = codesOf(state);
  if (codes.some((code) => code.voucherId === voucherId)) return ok(state);
  if (codes.length >= MAX_CODES) return refuse({ code: "too_many_codes", maximum: MAX_CODES });
  return ok(withCodes(state, [...codes, { voucherId, label }], now));
}

/** Takes a code out. Refuses, in this order: `version_conflict`, `code_not_in_cart`. */
export function removeCode(
  state: CartState,
  input: { readonly voucherId: string; readonly expectedVersion?: number; readonly now: EpochMs },
): Decision {
  const conflict = checkVersion(state, input.expectedVersion);
  if (conflict) return refuse(conflict);
  const codes = codesOf(state);
  const left = codes.filter((code) => code.voucherId !== input.voucherId);
  if (left.length === codes.length) return refuse({ code: "code_not_in_cart" });
  return ok(withCodes(state, left, input.now));
}

/** Codes that went into an order; what was entered after it was claimed stays. */
export const takeCodes = (codes: readonly CartCode[], ordered: readonly CartCode[]): readonly CartCode[] =>
  codes.filter((code) => !ordered.some((row) => row.voucherId === code.voucherId));

/** Codes of an order that came to nothing, back before those that were entered since, within the cart's limit. */
export const returnCodes = (codes: readonly CartCode[], ordered: readonly CartCode[]): readonly CartCode[] =>
  [...takeCodes(ordered, codes), ...codes].slice(0, MAX_CODES);

const withCodes = (state: CartState, codes: readonly CartCode[], now: EpochMs): CartState => ({
  ...state,
  codes,
  version: state.version + 1,
  updatedAt: now,
});
