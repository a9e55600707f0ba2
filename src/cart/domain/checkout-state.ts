import {
  invariant,
  isId,
  timeCharacters,
  type CartId,
  type CheckoutId,
  type EpochMs,
  type OrderId,
} from "#kernel";
import type { Address } from "#orders";
import type { CartCode, CartLine, CartTerms, CheckoutView } from "../contract.ts";
import { PLACEMENT_INQUIRY_MS } from "./limits.ts";

/** One checkout of a cart. */
export type CheckoutState = {
  readonly checkoutId: CheckoutId;
  /** The cart's version that `lines` were taken from. */
  readonly cartVersion: number;
  readonly lines: readonly CartLine[];
  readonly codes?: readonly CartCode[];
  readonly email?: string;
  readonly wantsNews: boolean;
  readonly address?: Address;
  readonly country: string;
  readonly deliveryMethodId?: string;
  readonly quotedTotalMinor?: number;
  readonly quotedDiscountMinor?: number;
  readonly quotedDueMinor?: number;
  /** `placed`: its lines have left the cart. */
  readonly status: "open" | "placing" | "placed";
  readonly orderId?: OrderId;
  /** When its order claimed it, or last came again to be placed; absent in a claim from before this was kept. */
  readonly claimedAt?: EpochMs;
  /** Orders that were claimed here, newest last, also those that came to nothing. */
  readonly triedOrderIds: readonly OrderId[];
  /** A placed order was undone and its lines are back in the cart, while another checkout had been opened. */
  readonly isReturned?: boolean;
  readonly version: number;
};

/** Tells whether a checkout can still become an order: a cart has at most one such. */
export const isLive = (checkout: CheckoutState): boolean => checkout.status !== "placed";

/** Tells whether a claim is so old that its order should have said by now what became of it. */
export const isOverdue = (claim: { readonly claimedAt?: EpochMs }, now: EpochMs): boolean =>
  claim.claimedAt === undefined || now - claim.claimedAt > PLACEMENT_INQUIRY_MS;

/** Characters of time that end a checkout id. */
const TIME_LENGTH = 10;

/**
 * Makes a checkout's id from its cart's (a secret) and the instant of opening: whoever has the checkout's id finds the
 * cart object, and orders made from it sort by time.
 */
export function makeCheckoutId(cartId: CartId, at: EpochMs): CheckoutId {
  const checkoutId: CheckoutId = `chk_${cartId.slice("crt_".length)}${timeCharacters(at)}`;
  invariant(isId("chk", checkoutId), "a checkout id is well-formed");
  return checkoutId;
}

/** The cart that a checkout belongs to; `undefined` when the text cannot be a checkout id. */
export function cartIdOfCheckout(checkoutId: string): CartId | undefined {
  if (!isId("chk", checkoutId)) return undefined;
  const cartId = `crt_${checkoutId.slice("chk_".length, -TIME_LENGTH)}`;
  return isId("crt", cartId) ? cartId : undefined;
}

/** The ten characters of time in a checkout's id, for the ids that are made from it. */
export const checkoutTimeCharacters = (checkoutId: CheckoutId): string => checkoutId.slice(-TIME_LENGTH);

/** What others may see of it. */
export function viewCheckout(
  checkout: CheckoutState,
  cart: CartTerms & { readonly cartId: CartId; readonly currency: string },
): CheckoutView {
  const { email, address, deliveryMethodId, quotedTotalMinor, orderId } = checkout;
  const { quotedDiscountMinor, quotedDueMinor } = checkout;
  return {
    checkoutId: checkout.checkoutId,
    cartId: cart.cartId,
    cartVersion: checkout.cartVersion,
    currency: cart.currency,
    ...(cart.marketId === undefined ? {} : { marketId: cart.marketId }),
    ...(cart.customerId === undefined ? {} : { customerId: cart.customerId }),
    lines: checkout.lines,
    codes: checkout.codes ?? [],
    wantsNews: checkout.wantsNews,
    country: checkout.country,
    status: checkout.status,
    version: checkout.version,
    ...(email === undefined ? {} : { email }),
    ...(address === undefined ? {} : { address }),
    ...(deliveryMethodId === undefined ? {} : { deliveryMethodId }),
    ...(quotedTotalMinor === undefined ? {} : { quotedTotalMinor }),
    ...(quotedDiscountMinor === undefined ? {} : { quotedDiscountMinor }),
    ...(quotedDueMinor === undefined ? {} : { quotedDueMinor }),
    ...(orderId === undefined ? {} : { orderId }),
  };
}
