import type { CartId, CheckoutId, EpochMs, OrderId, Result } from "#kernel";
import type { CallContext } from "#platform";
import type { Address } from "#orders";

/**
 * What crosses to and from a cart object. Its name is the cart id, which is a secret; the cart's checkouts live in
 * the same object, so that "one cart, one open checkout" needs no second write.
 */

export type CartLine = {
  readonly lineId: string;
  readonly variantId: string;
  /** Whole units, 1 to the cart's limit per line. */
  readonly quantity: number;
  /** Unit price that the shopper last saw, to tell of a change. */
  readonly seenUnitPriceMinor: number;
};

/** Units that come into a cart, and the unit price that was shown for them. */
export type NewLine = {
  readonly lineId: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
};

/** A coupon, gift card or credit that the buyer entered. Whether it applies is worked out whenever a price is shown. */
export type CartCode = {
  readonly voucherId: string;
  /** What the buyer reads for it; a card's secret code is not kept. */
  readonly label: string;
};

/** Whose prices hold: the default market's and everybody's where nothing is said. */
export type CartTerms = {
  readonly marketId?: string;
  /** Of a buyer whom staff know, after their personal link was followed; never the shopper's own word. */
  readonly customerId?: string;
};

/** A cart in another market: what it is called there, and what was shown for its lines. */
export type MarketChange = CartTerms & {
  readonly currency: string;
  readonly country: string;
  readonly prices: readonly { readonly lineId: string; readonly unitPriceMinor: number }[];
};

export type CartView = CartTerms & {
  readonly cartId: CartId;
  /** Raised by every change of the lines or codes; the ETag. */
  readonly version: number;
  readonly currency: string;
  readonly country: string;
  readonly lines: readonly CartLine[];
  /** In the order in which they were entered. */
  readonly codes: readonly CartCode[];
  readonly checkoutId?: CheckoutId;
  /** Hash of the keyed request that opened the cart, so that another body under that key can be told. */
  readonly openedByHash?: string;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
};

export type CheckoutView = CartTerms & {
  readonly checkoutId: CheckoutId;
  readonly cartId: CartId;
  /** The cart's version when the checkout last looked; another number means that the cart changed. */
  readonly cartVersion: number;
  readonly currency: string;
  readonly lines: readonly CartLine[];
  readonly codes: readonly CartCode[];
  readonly email?: string;
  readonly wantsNews: boolean;
  readonly address?: Address;
  readonly country: string;
  readonly deliveryMethodId?: string;
  /** Total of the last quote that was shown, in minor units: placing compares against it. */
  readonly quotedTotalMinor?: number;
  /** Discount within that total, and what of it is left to pay after cards and credits. */
  readonly quotedDiscountMinor?: number;
  readonly quotedDueMinor?: number;
  readonly status: "open" | "placing" | "placed";
  readonly orderId?: OrderId;
  /** Only in the answer to `beginPlacement`. */
  readonly claim?: PlacementClaim;
  readonly version: number;
};

/**
 * How an order stands with its checkout. `new`: claimed now, for the first time. `again`: it came to nothing before and
 * is claimed anew. `held`: an earlier request with the same order holds the claim. `lapsed`: it was claimed before and
 * cannot be now, but its object may have a reply to repeat. `sold_out`: nothing was claimed, because the caller said
 * that a variant in it is gone.
 */
export type PlacementClaim = "new" | "again" | "held" | "lapsed" | "sold_out";

export type PlacementOpening = {
  readonly checkoutId: CheckoutId;
  readonly orderId: OrderId;
  /** Variants that the caller has just heard to be gone; an order that was tried before does not mind. */
  readonly soldOut?: readonly string[];
};

export type CartRefusal =
  | { readonly code: "cart_unknown" }
  | { readonly code: "line_unknown"; readonly lineId: string }
  | { readonly code: "quantity_out_of_range"; readonly minimum: number; readonly maximum: number }
  | { readonly code: "too_many_lines"; readonly maximum: number }
  | { readonly code: "too_many_codes"; readonly maximum: number }
  | { readonly code: "code_not_in_cart" }
  | { readonly code: "version_conflict"; readonly version: number }
  | { readonly code: "checkout_unknown" }
  | { readonly code: "checkout_closed"; readonly orderId?: OrderId }
  | { readonly code: "cart_empty" }
  | { readonly code: "cart_changed"; readonly cartVersion: number }
  | { readonly code: "idempotency_key_reused" };

/** Repeats with the same `key` and `requestHash` return the first result; another hash under one key is refused. */
export type IdempotencyTag = { readonly key: string; readonly requestHash: string };

/** What a cart begins with. */
export type CartOpening = CartTerms & {
  readonly currency: string;
  readonly country: string;
  readonly lines?: readonly NewLine[];
  readonly requestHash?: string;
};

export type CheckoutOpening = {
  /** Lines that stay in the cart, because they cannot be had now. */
  readonly exceptLineIds?: readonly string[];
  /** The cart's version that this was worked out for; another one is refused. */
  readonly expectedVersion?: number;
  /** What a new checkout is shown to cost; one that is open keeps what was shown of it. */
  readonly quoted?: CheckoutQuote;
  /** What the buyer has given already; it is stored with the checkout, or nothing is. */
  readonly details?: CheckoutDetails;
};

/** Parts of a total that was shown, in minor units. */
export type CheckoutQuote = Pick<CheckoutView, "quotedTotalMinor" | "quotedDiscountMinor" | "quotedDueMinor">;

/** What a buyer says of contact and delivery; what is absent stays as it was. */
export type CheckoutDetails = {
  readonly email?: string;
  readonly wantsNews?: boolean;
  readonly country?: string;
  readonly address?: Address;
  readonly deliveryMethodId?: string;
};

export type CheckoutPatch = CheckoutDetails &
  CheckoutQuote & {
    /** Accept the cart as it is now. */
    readonly adoptCart?: boolean;
    /** The checkout's version that the change was made for; another one is refused. */
    readonly expectedVersion?: number;
  };

export type CartRpc = {
  /** Opens the cart with its first lines, or not at all; an open one is returned as it is. */
  open(input: CartOpening, call: CallContext): Promise<Result<CartView, CartRefusal>>;
  /**
   * Opens the cart and its checkout in one write, or neither. A repeat with the same `requestHash` gives the checkout that
   * was opened, whatever has become of it; another hash is refused.
   */
  openAtCheckout(
    input: CartOpening & { readonly checkout: CheckoutOpening },
    call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>>;
  /**
   * Moves the cart to another market or group; the same one again changes nothing. Refuses `checkout_closed` while an
   * order is being placed.
   */
  setMarket(
    input: MarketChange & { readonly expectedVersion?: number },
    call: CallContext,
  ): Promise<Result<CartView, CartRefusal>>;
  view(): Promise<Result<CartView, CartRefusal>>;
  /** Adds units; a variant that is in the cart already grows its line. */
  addLine(
    input: NewLine & { readonly expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    call: CallContext,
  ): Promise<Result<CartView, CartRefusal>>;
  /** Sets a line's quantity; 0 removes it. */
  setQuantity(
    input: { readonly lineId: string; readonly quantity: number; readonly expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    call: CallContext,
  ): Promise<Result<CartView, CartRefusal>>;
  /** Keeps a code that was checked; one that is there already changes nothing. */
  addCode(
    input: CartCode & { readonly expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    call: CallContext,
  ): Promise<Result<CartView, CartRefusal>>;
  removeCode(
    input: { readonly voucherId: string; readonly expectedVersion?: number },
    tag: IdempotencyTag | undefined,
    call: CallContext,
  ): Promise<Result<CartView, CartRefusal>>;
  /** Remembers the prices that a cart view has just shown. */
  markSeen(prices: readonly { readonly lineId: string; readonly unitPriceMinor: number }[]): Promise<void>;
  /** Opens the cart's one checkout, or returns the open one brought up to the cart's version. */
  openCheckout(
    tag: IdempotencyTag | undefined,
    call: CallContext,
    opening?: CheckoutOpening,
  ): Promise<Result<CheckoutView, CartRefusal>>;
  checkout(checkoutId: CheckoutId): Promise<Result<CheckoutView, CartRefusal>>;
  patchCheckout(
    input: CheckoutPatch & { readonly checkoutId: CheckoutId },
    tag: IdempotencyTag | undefined,
    call: CallContext,
  ): Promise<Result<CheckoutView, CartRefusal>>;
  /**
   * Claims the checkout for one order. A repeat with the same order returns the same view; while another order is
   * being placed, or is placed, `checkout_closed` names it. `claim` in the view says how the order stands with it.
   */
  beginPlacement(input: PlacementOpening, call: CallContext): Promise<Result<CheckoutView, CartRefusal>>;
  /** The order exists and holds its units: what was ordered leaves the cart, so that it usually starts empty again. */
  finishPlacement(
    input: { readonly checkoutId: CheckoutId; readonly orderId: OrderId },
    call: CallContext,
  ): Promise<void>;
  /** The order came to nothing: the checkout is open again, the lines are as they were. */
  reopen(
    input: { readonly checkoutId: CheckoutId; readonly orderId: OrderId },
    call: CallContext,
  ): Promise<void>;
};
