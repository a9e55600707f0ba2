import { epochMs, ok, refuse, type CheckoutId, type EpochMs, type OrderId, type Result } from "#kernel";
import type {
  CartLine,
  CartRefusal,
  CheckoutOpening,
  CheckoutPatch,
  PlacementClaim,
  PlacementOpening,
} from "../contract.ts";
import { returnCodes, takeCodes } from "./cart-codes.ts";
import {
  checkVersion,
  codesOf,
  openCart,
  returnLines,
  takeLines,
  withLines,
  type CartState,
  type OpenCart,
} from "./cart.ts";
import { isLive, isOverdue, makeCheckoutId, type CheckoutState } from "./checkout-state.ts";
import { MAX_CHECKOUTS, MAX_TRIED_ORDERS } from "./limits.ts";

/** A cart after a decision, and the checkout it was about. */
export type CheckoutDecision = {
  readonly cart: CartState;
  readonly checkout: CheckoutState;
  readonly claim?: PlacementClaim;
};
type Decision = Result<CheckoutDecision, CartRefusal>;

/**
 * Opens the cart's one checkout, or brings the open one up to the cart, and takes over the details that come with it.
 * Lines in `exceptLineIds` stay behind. Refuses `version_conflict`, `checkout_closed` while an order is being placed and
 * `cart_empty` when nothing is left to order.
 */
export function openCheckout(
  cart: CartState,
  { details, ...opening }: CheckoutOpening & { readonly now: EpochMs },
): Decision {
  const opened = openWithLines(cart, opening);
  return opened.ok && details
    ? patchCheckout(opened.value.cart, opened.value.checkout.checkoutId, details)
    : opened;
}

/** A new cart with its checkout. Refuses what {@link openCart} and {@link openCheckout} refuse, and then there is neither. */
export function openAtCheckout(input: OpenCart, opening: CheckoutOpening): Decision {
  const cart = openCart(input);
  return cart.ok ? openCheckout(cart.value, { ...opening, now: input.now }) : cart;
}

/** The checkout that a cart was opened with, for a repeat of that very request; any other is refused. */
export function openedWith(cart: CartState, requestHash: string | undefined): Decision {
  // Its id was made of the instant at which both were opened.
  const checkout = findCheckout(cart, makeCheckoutId(cart.cartId, cart.createdAt));
  return checkout && requestHash !== undefined && cart.openedByHash === requestHash
    ? ok({ cart, checkout })
    : refuse({ code: "idempotency_key_reused" });
}

function openWithLines(
  cart: CartState,
  { exceptLineIds = [], expectedVersion, quoted, now }: CheckoutOpening & { readonly now: EpochMs },
): Decision {
  const conflict = checkVersion(cart, expectedVersion);
  if (conflict) return refuse(conflict);
  const live = cart.checkouts.find(isLive);
  if (live?.status === "placing") return refuse(closed(live));
  const lines = cart.lines.filter((line) => !exceptLineIds.includes(line.lineId));
  if (lines.length === 0) return refuse({ code: "cart_empty" });
  if (!live) return ok(store(cart, { ...newCheckout(cart, lines, now), ...quoted }));
  const isCurrent = live.cartVersion === cart.version && sameLines(live.lines, lines);
  return ok(
    store(
      cart,
      isCurrent
        ? live
        : { ...live, lines, codes: codesOf(cart), cartVersion: cart.version, version: live.version + 1 },
    ),
  );
}

/** Finds a checkout of this cart. */
export function findCheckout(cart: CartState, checkoutId: CheckoutId): CheckoutState | undefined {
  return cart.checkouts.find((checkout) => checkout.checkoutId === checkoutId);
}

/** Changes details of an open checkout. Refuses `checkout_unknown`, `version_conflict`, `checkout_closed`. */
export function patchCheckout(cart: CartState, checkoutId: CheckoutId, patch: CheckoutPatch): Decision {
  const checkout = findCheckout(cart, checkoutId);
  if (!checkout) return refuse({ code: "checkout_unknown" });
  const { adoptCart = false, expectedVersion, ...details } = patch;
  if (expectedVersion !== undefined && expectedVersion !== checkout.version) {
    return refuse({ code: "version_conflict", version: checkout.version });
  }
  if (checkout.status !== "open") return refuse(closed(checkout));
  if (adoptCart && cart.lines.length === 0) return refuse({ code: "cart_empty" });
  // A quote that was shown is no change of the buyer's: it must not make another tab's version stale.
  const isDetail = adoptCart || Object.keys(details).some((name) => !QUOTED.includes(name));
  const next: CheckoutState = {
    ...checkout,
    ...details,
    ...(adoptCart ? { lines: cart.lines, codes: codesOf(cart), cartVersion: cart.version } : {}),
    version: checkout.version + (isDetail ? 1 : 0),
  };
  return ok(store({ ...cart, country: next.country }, next));
}

/** What a shown quote leaves in a checkout. */
const QUOTED: readonly string[] = ["quotedTotalMinor", "quotedDiscountMinor", "quotedDueMinor"];

/**
 * Claims the checkout for one order. Repeating with the same order answers the same. Refuses `checkout_unknown`,
 * `checkout_closed` (naming the other order) and `cart_changed`; an order that was claimed before is not refused but
 * `lapsed`, so that its stored reply can still be given. A new order of a variant in `soldOut` claims nothing: `sold_out`.
 */
export function beginPlacement(
  cart: CartState,
  input: PlacementOpening & { readonly now: EpochMs },
): Decision {
  const checkout = findCheckout(cart, input.checkoutId);
  if (!checkout) return refuse({ code: "checkout_unknown" });
  if (checkout.orderId === input.orderId) return ok({ ...renew(cart, checkout, input.now), claim: "held" });
  const wasTried = checkout.triedOrderIds.includes(input.orderId);
  const obstacle = obstacleTo(cart, checkout);
  if (obstacle) return wasTried ? ok({ cart, checkout, claim: "lapsed" }) : refuse(obstacle);
  const isGone = checkout.lines.some(({ variantId }) => input.soldOut?.includes(variantId));
  if (isGone && !wasTried) return ok({ cart, checkout, claim: "sold_out" });
  const tried = [...checkout.triedOrderIds.filter((id) => id !== input.orderId), input.orderId];
  const claimed: CheckoutState = {
    ...checkout,
    status: "placing",
    orderId: input.orderId,
    claimedAt: input.now,
    triedOrderIds: tried.slice(-MAX_TRIED_ORDERS),
    version: checkout.version + 1,
  };
  return ok({ ...store(cart, claimed), claim: wasTried ? "again" : "new" });
}

/** An order that comes again after long is on its way once more, whatever a question about it was answered before. */
const renew = (cart: CartState, checkout: CheckoutState, now: EpochMs): CheckoutDecision =>
  checkout.status === "placing" && isOverdue(checkout, now)
    ? store(cart, { ...checkout, claimedAt: now })
    : { cart, checkout };

function obstacleTo(cart: CartState, checkout: CheckoutState): CartRefusal | undefined {
  if (checkout.status !== "open") return closed(checkout);
  if (checkout.cartVersion !== cart.version) return { code: "cart_changed", cartVersion: cart.version };
  return undefined;
}

/** The order holds its units: they leave the cart. Any other order, and a repeat, changes nothing. */
export function finishPlacement(
  cart: CartState,
  input: { checkoutId: CheckoutId; orderId: OrderId; now: EpochMs },
): CartState {
  const checkout = findCheckout(cart, input.checkoutId);
  if (checkout?.status !== "placing" || checkout.orderId !== input.orderId) return cart;
  const placed: CheckoutState = { ...checkout, status: "placed", version: checkout.version + 1 };
  const codes = takeCodes(codesOf(cart), codesOf(checkout));
  return withLines({ ...store(cart, placed).cart, codes }, takeLines(cart.lines, checkout.lines), input.now);
}

/**
 * The order came to nothing: the checkout is open again and lines that had left the cart are back. When the buyer has
 * opened another checkout meanwhile, only the lines come back. A repeat, or another order, changes nothing.
 */
export function reopen(
  cart: CartState,
  input: { checkoutId: CheckoutId; orderId: OrderId; now: EpochMs },
): CartState {
  const checkout = findCheckout(cart, input.checkoutId);
  if (!checkout || checkout.orderId !== input.orderId || checkout.isReturned === true) return cart;
  const { orderId: _orderId, claimedAt: _claimedAt, ...rest } = checkout;
  const open: CheckoutState = { ...rest, status: "open", version: checkout.version + 1 };
  if (checkout.status === "placing") return store(cart, open).cart;
  const codes = returnCodes(codesOf(cart), codesOf(checkout));
  const returned = withLines({ ...cart, codes }, returnLines(cart.lines, checkout.lines), input.now);
  if (cart.checkouts.some(isLive)) return store(returned, { ...checkout, isReturned: true }).cart;
  const isAsItWas = cart.lines.length === 0;
  return store(returned, isAsItWas ? { ...open, cartVersion: returned.version } : open).cart;
}

function newCheckout(cart: CartState, lines: readonly CartLine[], now: EpochMs): CheckoutState {
  return {
    // One checkout is opened per instant at most; a clock that stands still must not make the same id twice.
    checkoutId: makeCheckoutId(cart.cartId, epochMs(Math.max(now, cart.updatedAt) + cart.checkouts.length)),
    cartVersion: cart.version,
    lines,
    codes: codesOf(cart),
    wantsNews: false,
    country: cart.country,
    status: "open",
    triedOrderIds: [],
    version: 1,
  };
}

/** Puts a checkout in its place, and lets the oldest closed ones go. */
function store(cart: CartState, checkout: CheckoutState): CheckoutDecision {
  const isKnown = cart.checkouts.some((row) => row.checkoutId === checkout.checkoutId);
  const checkouts = isKnown
    ? cart.checkouts.map((row) => (row.checkoutId === checkout.checkoutId ? checkout : row))
    : [...cart.checkouts.slice(-(MAX_CHECKOUTS - 1)), checkout];
  return { cart: { ...cart, checkouts }, checkout };
}

const closed = (checkout: CheckoutState): CartRefusal => ({
  code: "checkout_closed",
  ...(checkout.orderId === undefined ? {} : { orderId: checkout.orderId }),
});

const sameLines = (left: readonly CartLine[], right: readonly CartLine[]): boolean =>
  left.length === right.length && left.every((line, index) => line.lineId === right[index]?.lineId);
