import type { CartId, CheckoutId, EpochMs, Money, OrderId, Result } from "#kernel";
import type { CallContext } from "#platform";
import type {
  OrderStatus,
  OrderView,
  PaymentChoice,
  PaymentOutcome,
  RefundOutcome,
  VoucherRefusalReason,
} from "../contract.ts";

/**
 * A payment provider as an order sees it. No method throws: whatever goes wrong on the way is the outcome `unknown`,
 * because the provider may have acted. `key` is the provider's idempotency key, `{order}:{step}:{attempt}`.
 */
export type PaymentPort = {
  readonly provider: string;
  /** Whether a new buyer should be asked to pay now; one that does not tell is taken to be there. Never throws. */
  checkAvailability?(): Promise<boolean>;
  authorise(request: AuthoriseRequest, call: CallContext): Promise<PaymentOutcome>;
  /**
   * What became of an authorise under this key; `not_found` means that the provider never saw it, as far as it can tell:
   * repeating the same authorise under the same key is then safe. `reference` is the provider's own name of the payment,
   * where an earlier outcome told it: some providers find an open payment page by nothing else.
   */
  statusByKey(key: string, call: CallContext, reference?: string): Promise<PaymentOutcome>;
  capture(
    request: { readonly reference: string; readonly key: string; readonly amount: Money },
    call: CallContext,
  ): Promise<PaymentOutcome>;
  /** Ends an authorisation or an unpaid session; safe when there is nothing to end. */
  voidPayment(
    request: { readonly reference: string; readonly key: string },
    call: CallContext,
  ): Promise<PaymentOutcome>;
};

/** The way back of captured money; every provider has it, next to {@link PaymentPort}. */
export type RefundPort = {
  /** Sends captured money back, whole or in part. A repeat with the same key sends it once. */
  refund(
    request: { readonly reference: string; readonly key: string; readonly amount: Money },
    call: CallContext,
  ): Promise<RefundOutcome>;
  /** What became of a refund under this key; `not_found` means that the provider never saw it. */
  refundStatusByKey(
    request: { readonly reference: string; readonly key: string },
    call: CallContext,
  ): Promise<RefundOutcome>;
};

export type AuthoriseRequest = {
  readonly key: string;
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly amount: Money;
  readonly email: string;
  readonly description: string;
  readonly choice: PaymentChoice;
  /** Seconds that an unpaid session stays open. */
  readonly sessionSeconds: number;
};

export type StockHoldAnswer =
  | { readonly kind: "held" }
  | { readonly kind: "short"; readonly available: number }
  | { readonly kind: "gone" };

/** Names one claim of an order: part 0 is the placement, part n its n-th edit. */
export type ClaimName = { readonly orderId: OrderId; readonly part: number };

/**
 * The stock objects that an order asks for one SKU: as many shards as there were when it was placed, then the SKU's own.
 * The same in every call about one claim.
 */
export type StockTarget = { readonly sku: string; readonly shards?: number };

/** An order's demand for one SKU. `ttlSeconds` bounds the hold until the stock object asks for the order's fate. */
export type StockDemand = ClaimName &
  StockTarget & {
    readonly quantity: number;
    readonly ttlSeconds: number;
  };

/** The stock objects as an order sees them; each call is idempotent by (order, SKU) and throws only when unreachable. */
export type StockPort = {
  hold(demand: StockDemand, call: CallContext): Promise<StockHoldAnswer>;
  commit(
    target: StockTarget,
    claim: ClaimName,
    call: CallContext,
  ): Promise<Result<true, { readonly code: "hold_gone" | "hold_unknown" }>>;
  release(target: StockTarget, claim: ClaimName, call: CallContext): Promise<void>;
  /**
   * Puts committed units of an order back: on the shelf, or among the damaged. Applied once per `returnId`, whatever it
   * says the second time.
   */
  takeBack(
    request: {
      readonly sku: string;
      readonly orderId: OrderId;
      readonly returnId: string;
      readonly quantity: number;
      readonly condition: "sellable" | "damaged";
    },
    call: CallContext,
  ): Promise<void>;
};

/** A claim on a coupon (uses) or on a gift card or credit (an amount). */
export type VoucherDemand = ClaimName & {
  readonly voucherId: string;
  /** 0 for a coupon: one use is claimed. */
  readonly amountMinor: number;
  readonly currency: string;
  /** The buyer as the per-customer limit counts: the cleaned e-mail address. */
  readonly customer: string;
  readonly ttlSeconds: number;
};

/** The voucher objects as an order sees them: the same hold, commit and release as stock. */
export type VoucherPort = {
  hold(
    demand: VoucherDemand,
    call: CallContext,
  ): Promise<
    | { readonly kind: "held" }
    | { readonly kind: "refused"; readonly reason: VoucherRefusalReason }
    | { readonly kind: "gone" }
  >;
  commit(
    voucherId: string,
    claim: ClaimName,
    call: CallContext,
  ): Promise<Result<true, { readonly code: "hold_gone" | "hold_unknown" }>>;
  release(voucherId: string, claim: ClaimName, call: CallContext): Promise<void>;
  /**
   * Gives money back to a gift card or credit after it was committed. Applied once per `refundId`; refused when the order
   * has not spent as much of it, which no repeat can change.
   */
  giveBack(
    request: {
      readonly voucherId: string;
      readonly orderId: OrderId;
      readonly refundId: string;
      readonly amountMinor: number;
    },
    call: CallContext,
  ): Promise<Result<true, { readonly code: "not_spent" }>>;
};

export type Placement = {
  readonly cartId: CartId;
  readonly checkoutId: CheckoutId;
  readonly orderId: OrderId;
};

/** The cart that an order came from. */
export type CartPort = {
  finishPlacement(placement: Placement, call: CallContext): Promise<void>;
  reopen(placement: Placement, call: CallContext): Promise<void>;
};

/** A provider as an order gets it: money in, and the way back. */
export type ProviderPort = PaymentPort & RefundPort;

export type OrderPorts = {
  /** The provider of this name; `undefined` when this deployment has none, and an order that names it is not placed. */
  readonly payments: (provider: string) => ProviderPort | undefined;
  readonly stock: StockPort;
  readonly vouchers: VoucherPort;
  readonly cart: CartPort;
};

/** What a staff list shows of an order; seconds behind the order's object. */
export type OrderSummary = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly paymentStatus: OrderView["payment"]["status"];
  readonly email: string;
  readonly customerName: string;
  readonly country: string;
  readonly currency: string;
  readonly totalMinor: number;
  /** Pieces, over all lines. */
  readonly itemCount: number;
  readonly placedAt: EpochMs;
  readonly updatedAt: EpochMs;
  readonly version: number;
  readonly refundedMinor: number;
  /** Returns that are neither declined nor closed. */
  readonly openReturns: number;
  readonly hasOpenEdit: boolean;
};
