import type { CheckoutId, EpochMs, OrderId } from "#kernel";
import type { CartState } from "./cart.ts";
import { findCheckout, reopen } from "./checkout.ts";
import { isOverdue } from "./checkout-state.ts";

/** What an order has of a checkout until it is placed or comes to nothing. */
export type Claim = {
  readonly checkoutId: CheckoutId;
  readonly orderId: OrderId;
  readonly claimedAt?: EpochMs;
};

/** The claim whose order should have said by now what became of it; a cart has one claim at most. */
export function overdueClaim(cart: CartState, now: EpochMs): Claim | undefined {
  const placing = cart.checkouts.find(({ status }) => status === "placing");
  if (placing?.orderId === undefined || !isOverdue(placing, now)) return undefined;
  const { checkoutId, orderId, claimedAt } = placing;
  return { checkoutId, orderId, ...(claimedAt === undefined ? {} : { claimedAt }) };
}

/**
 * Opens the checkout of a claim that leads nowhere. A claim that has ended or was renewed since it was asked about
 * changes nothing.
 */
export function reopenAbandoned(cart: CartState, claim: Claim, now: EpochMs): CartState {
  const checkout = findCheckout(cart, claim.checkoutId);
  return checkout?.status === "placing" && checkout.claimedAt === claim.claimedAt
    ? reopen(cart, { ...claim, now })
    : cart;
}
