import { ok, refuse, type EpochMs, type Result } from "#kernel";
import type { CartRefusal, MarketChange } from "../contract.ts";
import { checkVersion, markSeen, termsOf, withLines, type CartState } from "./cart.ts";
import { isLive, type CheckoutState } from "./checkout-state.ts";

/**
 * Moves a cart to another market or group. The open checkout keeps the buyer's details, but not a total that was shown
 * in another currency; the cart's new version makes it look again. Refuses, in this order: `version_conflict`,
 * `checkout_closed` (an order is being placed at the old terms).
 */
export function setMarket(
  state: CartState,
  change: MarketChange & { readonly expectedVersion?: number; readonly now: EpochMs },
): Result<CartState, CartRefusal> {
  const conflict = checkVersion(state, change.expectedVersion);
  if (conflict) return refuse(conflict);
  if (isSame(state, change)) return ok(state);
  const placing = state.checkouts.find((checkout) => checkout.status === "placing");
  if (placing)
    return refuse({
      code: "checkout_closed",
      ...(placing.orderId === undefined ? {} : { orderId: placing.orderId }),
    });
  const { marketId: _market, customerId: _group, ...rest } = state;
  const moved: CartState = {
    ...rest,
    ...termsOf(change),
    currency: change.currency,
    country: change.country,
    checkouts: state.checkouts.map((checkout) =>
      isLive(checkout) ? { ...unquoted(checkout), country: change.country } : checkout,
    ),
  };
  const seen = markSeen(moved, change.prices);
  return ok(withLines(seen, seen.lines, change.now));
}

const isSame = (state: CartState, change: MarketChange): boolean =>
  state.marketId === change.marketId &&
  state.customerId === change.customerId &&
  state.currency === change.currency;

function unquoted(checkout: CheckoutState): CheckoutState {
  const {
    quotedTotalMinor: _total,
    quotedDiscountMinor: _discount,
    quotedDueMinor: _due,
    ...rest
  } = checkout;
  return { ...rest, version: checkout.version + 1 };
}
