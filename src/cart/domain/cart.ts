import { ok, refuse, type CartId, type EpochMs, type Result } from "#kernel";
import type {
  CartCode,
  CartLine,
  CartOpening,
  CartRefusal,
  CartTerms,
  CartView,
  NewLine,
} from "../contract.ts";
import { isLive, type CheckoutState } from "./checkout-state.ts";
import { MAX_LINES, MAX_QUANTITY } from "./limits.ts";

/** A cart and its checkouts. At most one checkout is live (open or placing). */
export type CartState = CartTerms & {
  readonly cartId: CartId;
  /** Raised by every change of the lines or codes. */
  readonly version: number;
  readonly currency: string;
  readonly country: string;
  readonly lines: readonly CartLine[];
  /** Absent in a cart that was stored before there were codes. */
  readonly codes?: readonly CartCode[];
  /** Oldest first. */
  readonly checkouts: readonly CheckoutState[];
  readonly openedByHash?: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
};

export type OpenCart = CartOpening & { readonly cartId: CartId; readonly now: EpochMs };

export type AddLine = NewLine & { readonly expectedVersion?: number; readonly now: EpochMs };

export type SetQuantity = {
  readonly lineId: string;
  readonly quantity: number;
  readonly expectedVersion?: number;
  readonly now: EpochMs;
};

type Decision = Result<CartState, CartRefusal>;

/** A new cart with its first lines. Refuses what {@link addLine} refuses, and then there is no cart. */
export function openCart({ lines = [], ...input }: OpenCart): Result<CartState, CartRefusal> {
  let cart = emptyCart(input);
  for (const line of lines) {
    const filled = addLine(cart, { ...line, now: input.now });
    if (!filled.ok) return filled;
    cart = filled.value;
  }
  return ok(cart);
}

const emptyCart = (input: OpenCart): CartState => ({
  cartId: input.cartId,
  version: 0,
  currency: input.currency,
  country: input.country,
  ...termsOf(input),
  lines: [],
  checkouts: [],
  ...(input.requestHash === undefined ? {} : { openedByHash: input.requestHash }),
  createdAt: input.now,
  updatedAt: input.now,
});

/** The terms alone, without members that are not there. */
export const termsOf = ({ marketId, customerId }: CartTerms): CartTerms => ({
  ...(marketId === undefined ? {} : { marketId }),
  ...(customerId === undefined ? {} : { customerId }),
});

/** What others may see of it. */
export function viewCart(state: CartState): CartView {
  const live = state.checkouts.find(isLive);
  return {
    cartId: state.cartId,
    version: state.version,
    currency: state.currency,
    country: state.country,
    ...termsOf(state),
    lines: state.lines,
    codes: codesOf(state),
    ...(live ? { checkoutId: live.checkoutId } : {}),
    ...(state.openedByHash === undefined ? {} : { openedByHash: state.openedByHash }),
    createdAt: state.createdAt,
    updatedAt: state.updatedAt,
  };
}

/**
 * Adds units; a variant that is in the cart already grows its line. Refuses, in this order: `version_conflict`,
 * `quantity_out_of_range` (a line that would hold fewer than 1 or more than 20), `too_many_lines`.
 */
export function addLine(state: CartState, command: AddLine): Decision {
  const conflict = checkVersion(state, command.expectedVersion);
  if (conflict) return refuse(conflict);
  const existing = state.lines.find((line) => line.variantId === command.variantId);
  const quantity = (existing?.quantity ?? 0) + command.quantity;
  if (!isWhole(command.quantity, 1) || quantity > MAX_QUANTITY) return refuse(outOfRange(1));
  if (!existing && state.lines.length >= MAX_LINES)
    return refuse({ code: "too_many_lines", maximum: MAX_LINES });
  const line: CartLine = {
    lineId: existing?.lineId ?? command.lineId,
    variantId: command.variantId,
    quantity,
    seenUnitPriceMinor: command.unitPriceMinor,
  };
  const lines = existing ? state.lines.map((row) => (row === existing ? line : row)) : [...state.lines, line];
  return ok(withLines(state, lines, command.now));
}

/**
 * Sets a line's quantity; 0 removes it. The same quantity again changes nothing, not even the version. Refuses, in
 * this order: `version_conflict`, `line_unknown`, `quantity_out_of_range`.
 */
export function setQuantity(state: CartState, command: SetQuantity): Decision {
  const conflict = checkVersion(state, command.expectedVersion);
  if (conflict) return refuse(conflict);
  const existing = state.lines.find((line) => line.lineId === command.lineId);
  if (!existing) return refuse({ code: "line_unknown", lineId: command.lineId });
  if (!isWhole(command.quantity, 0) || command.quantity > MAX_QUANTITY) return refuse(outOfRange(0));
  if (command.quantity === existing.quantity) return ok(state);
  const lines =
    command.quantity === 0
      ? state.lines.filter((line) => line !== existing)
      : state.lines.map((line) => (line === existing ? { ...line, quantity: command.quantity } : line));
  return ok(withLines(state, lines, command.now));
}

/** Remembers prices that were shown. The lines are the same afterwards, so the version stays. */
export function markSeen(
  state: CartState,
  prices: readonly { lineId: string; unitPriceMinor: number }[],
): CartState {
  const seen = new Map(prices.map((price) => [price.lineId, price.unitPriceMinor]));
  const update = (line: CartLine): CartLine => {
    const price = seen.get(line.lineId);
    return price === undefined || price === line.seenUnitPriceMinor
      ? line
      : { ...line, seenUnitPriceMinor: price };
  };
  return {
    ...state,
    lines: state.lines.map(update),
    checkouts: state.checkouts.map((checkout) =>
      isLive(checkout) ? { ...checkout, lines: checkout.lines.map(update) } : checkout,
    ),
  };
}

/** The codes of a cart or checkout, in the order in which they were entered. */
export const codesOf = (state: { readonly codes?: readonly CartCode[] }): readonly CartCode[] =>
  state.codes ?? [];

/** Takes ordered units out; what came into the cart after the order was claimed stays. */
export function takeLines(lines: readonly CartLine[], ordered: readonly CartLine[]): CartLine[] {
  const taken = new Map(ordered.map((line) => [line.variantId, line.quantity]));
  return lines
    .map((line) => ({ ...line, quantity: line.quantity - (taken.get(line.variantId) ?? 0) }))
    .filter((line) => line.quantity > 0);
}

/** Puts ordered units back, within the limits of a cart: the cart's own lines win when there is no room. */
export function returnLines(lines: readonly CartLine[], ordered: readonly CartLine[]): CartLine[] {
  const merged = lines.map((line) => {
    const back = ordered.find((row) => row.variantId === line.variantId);
    return back ? { ...line, quantity: Math.min(MAX_QUANTITY, line.quantity + back.quantity) } : line;
  });
  const missing = ordered.filter((row) => !lines.some((line) => line.variantId === row.variantId));
  return [...merged, ...missing].slice(0, MAX_LINES);
}

/** The cart with other lines: one version further. */
export const withLines = (state: CartState, lines: readonly CartLine[], now: EpochMs): CartState => ({
  ...state,
  lines,
  version: state.version + 1,
  updatedAt: now,
});

const isWhole = (value: number, minimum: number): boolean => Number.isSafeInteger(value) && value >= minimum;

const outOfRange = (minimum: number): CartRefusal => ({
  code: "quantity_out_of_range",
  minimum,
  maximum: MAX_QUANTITY,
});

/** Refuses a change that was made for another version; an unconditional one passes. */
export function checkVersion(state: CartState, expected: number | undefined): CartRefusal | undefined {
  if (expected === undefined || expected === state.version) return undefined;
  return { code: "version_conflict", version: state.version };
}
