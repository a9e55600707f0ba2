import type { CartId, EpochMs, OrderId, Result } from "#kernel";
import type { CallContext } from "#platform";

/**
 * What crosses to and from a gate object: the line in front of one SKU whose demand is greater than what can be served
 * at once. Its name is the SKU code. A shopper stands in the line as the cart, so nothing new has to be remembered by a
 * browser.
 */

/** Where a shopper stands. Numbers are counted, not guessed: `ahead` are the people who are still waiting in front. */
export type LinePosition =
  | {
      readonly kind: "waiting";
      readonly ahead: number;
      /** Seconds at the present pace; absent while nobody is let in because all units are in other people's hands. */
      readonly estimatedSeconds?: number;
      readonly pollAfterSeconds: number;
    }
  /** It is this shopper's turn until then. */
  | { readonly kind: "admitted"; readonly until: EpochMs }
  /** This cart has an order already. */
  | { readonly kind: "ordered"; readonly orderId: OrderId };

export type LineRefusal =
  /** Not this shopper's turn yet; being refused takes a place in the line. */
  | { readonly code: "not_admitted"; readonly position: LinePosition }
  /** The customer has ordered all that one customer may. */
  | { readonly code: "customer_limit"; readonly limit: number; readonly ordered: number };

export type PassRequest = {
  readonly cartId: CartId;
  readonly orderId: OrderId;
  /** The customer as the limit counts: the cleaned e-mail address. */
  readonly customer: string;
  /** Units of this SKU in the order. */
  readonly quantity: number;
};

/** What has become of an order: it stands or may still stand, it came to nothing, or its object has never heard of it. */
export type OrderEnd = "alive" | "over" | "unknown";

export type LineSettings = {
  /** Shoppers let in per second: what the stock object and the payment provider can take. */
  readonly admitPerSecond: number;
  /** Units that one customer may order while the line is open; absent for no limit. */
  readonly unitsPerCustomer?: number;
};

export type LineOverview = {
  readonly sku: string;
  readonly settings: LineSettings;
  readonly waiting: number;
  readonly admitted: number;
  readonly redeemed: number;
  readonly left: number;
};

/** The RPC face of a gate object. Every method may be repeated with the same arguments. */
export type GateRpc = {
  /** Takes a place, or says where this cart stands; asking keeps the place. */
  position(cartId: CartId, call: CallContext): Promise<LinePosition>;
  /**
   * Uses the shopper's turn for one order. A repeat for the same order is allowed again; after an order that came to
   * nothing the turn can be used for the next one.
   */
  pass(request: PassRequest, call: CallContext): Promise<Result<true, LineRefusal>>;
  /** Gives the place up. */
  leave(cartId: CartId, call: CallContext): Promise<void>;
  configure(settings: LineSettings, call: CallContext): Promise<LineOverview>;
  overview(): Promise<LineOverview>;
};
