import type { EpochMs, OrderId, Result } from "#kernel";
import type { CallContext, Destination, OutboxAudit } from "#platform";

/**
 * What crosses to and from a voucher object. One object per voucher; its name is the voucher's id: `coupon:{CODE}`,
 * `gift:{hash of the code}` or `credit:{hash of the customer}`. A gift card's code itself is stored nowhere.
 */

export type VoucherKind = "coupon" | "gift_card" | "store_credit";

/** What a coupon takes off the goods, or off their delivery. */
export type CouponBenefit =
  /** Parts per million of the goods that count: 100000 is 10 %. */
  | { readonly kind: "percent"; readonly ppm: number }
  /** Minor units of the coupon's one currency, never more than the goods that count. */
  | { readonly kind: "fixed"; readonly amountMinor: number }
  | { readonly kind: "free_delivery" };

export type CouponTerms = {
  readonly kind: "coupon";
  /** As shown: capitals, digits and hyphens. */
  readonly code: string;
  /** For staff. */
  readonly note: string;
  readonly benefit: CouponBenefit;
  readonly isDisabled: boolean;
  /** Whether other combinable coupons may be used in the same order. */
  readonly isCombinable: boolean;
  /** Orders that may use it, all in all; absent for no limit. */
  readonly maxUses?: number;
  /** Orders of one customer (by cleaned e-mail address). */
  readonly maxUsesPerCustomer?: number;
  readonly validFrom?: EpochMs;
  /** Exclusive. */
  readonly validUntil?: EpochMs;
  /** What the goods that count must come to, before discounts; in the coupon's one currency. */
  readonly minimumMinor?: number;
  /** ISO 4217; empty for every currency. An amount needs exactly one. */
  readonly currencies: readonly string[];
  /** ISO 3166-1 alpha-2 of the delivery; empty for every country. */
  readonly countries: readonly string[];
  /** Goods that count: these products, and the products of these collections. Both empty: everything counts. */
  readonly productHandles: readonly string[];
  readonly collectionHandles: readonly string[];
};

type AccountTerms = {
  /** For staff. */
  readonly note: string;
  readonly currency: string;
  /** The last characters of the code, so that its owner can tell cards apart. */
  readonly hint: string;
  readonly isDisabled: boolean;
  /** Exclusive. */
  readonly validUntil?: EpochMs;
};

export type GiftCardTerms = AccountTerms & { readonly kind: "gift_card" };

/** Money that a customer has with the shop. It is spent with a secret code, and only by its own customer. */
export type StoreCreditTerms = AccountTerms & {
  readonly kind: "store_credit";
  /** Cleaned e-mail address. */
  readonly customer: string;
  readonly codeHash: string;
};

export type VoucherTerms = CouponTerms | GiftCardTerms | StoreCreditTerms;

/** The newest state of a voucher, as staff, the projection and the advisory checks see it. */
export type VoucherView = {
  readonly voucherId: string;
  readonly terms: VoucherTerms;
  /** Uses (coupon) that are settled for good. */
  readonly usedCount: number;
  /** What unfinished orders hold: uses of a coupon, minor units of a card or credit. */
  readonly held: number;
  /** Money on the card or credit, what is held included; 0 for a coupon. */
  readonly balanceMinor: number;
  /** Raised by every change. */
  readonly version: number;
  readonly updatedAt: EpochMs;
};

export type VoucherMovementKind =
  | "issued"
  | "edited"
  | "topped_up"
  | "adjusted"
  | "held"
  | "released"
  | "committed"
  | "returned"
  | "given_back";

export type VoucherJournalEntry = {
  /** Gap-free, from 1. */
  readonly sequence: number;
  readonly kind: VoucherMovementKind;
  readonly usedChange: number;
  readonly heldChange: number;
  readonly balanceChange: number;
  readonly usedAfter: number;
  readonly heldAfter: number;
  readonly balanceAfter: number;
  readonly reason: string;
  readonly actor: string;
  /** The order or document behind it. */
  readonly reference: string;
  readonly occurredAt: EpochMs;
};

/** Part 0 is the order as it was placed; part n its n-th edit. */
export type VoucherClaim = { readonly orderId: OrderId; readonly part: number };

/** What an order answers. `quietForMs`: how long a live one expects nothing but what it tells by itself. */
export type VoucherFateAnswer = {
  readonly fate: "live" | "committing" | "cancelled" | "unknown";
  readonly quietForMs?: number;
};

export type VoucherHoldRequest = VoucherClaim & {
  /** Minor units of a card or credit; 0 for a coupon, of which one use is claimed. */
  readonly amountMinor: number;
  readonly currency: string;
  /** The buyer as the limit per customer counts: the cleaned e-mail address. */
  readonly customer: string;
  /** Seconds until the object asks the order what became of it. */
  readonly ttlSeconds: number;
};

export type VoucherHold = VoucherClaim & {
  readonly amountMinor: number;
  readonly status: "held" | "committed" | "released";
  readonly expiresAt: EpochMs;
};

export type VoucherRefusal =
  | { readonly code: "voucher_unknown" }
  | { readonly code: "voucher_exists" }
  | { readonly code: "disabled" }
  | { readonly code: "not_yet_valid"; readonly validFrom: EpochMs }
  | { readonly code: "expired"; readonly validUntil: EpochMs }
  | { readonly code: "used_up" }
  | { readonly code: "customer_limit" }
  /** Less money than asked for; nothing was held. */
  | { readonly code: "insufficient"; readonly availableMinor: number }
  /** The order was released before; a late hold or commit comes to nothing. */
  | { readonly code: "hold_gone"; readonly orderId: OrderId }
  | { readonly code: "hold_unknown"; readonly orderId: OrderId }
  /** The same order asked again for another amount. */
  | { readonly code: "hold_mismatch"; readonly heldMinor: number }
  | { readonly code: "version_conflict"; readonly version: number }
  | { readonly code: "invalid_amount"; readonly detail: string };

/** Money put on or taken off by staff. Applied once per `adjustmentId`, whatever it says the second time. */
export type VoucherAdjustment = {
  readonly adjustmentId: string;
  /** Signed minor units, never 0. */
  readonly amountMinor: number;
  readonly reason: string;
  readonly expectedVersion?: number;
};

/** What reconciliation reads of one voucher: the object's own proof of its invariants, and a page of its claims. */
export type VoucherAudit = {
  readonly view: VoucherView;
  /** What does not hold of what the object promises of itself; empty in a sound object. */
  readonly violations: readonly {
    readonly rule: string;
    readonly expected: number;
    readonly found: number;
  }[];
  /** In the order of their keys. */
  readonly claims: readonly VoucherHold[];
  /** Where the next page of claims starts; absent on the last one. */
  readonly nextClaim?: string;
  readonly outbox: OutboxAudit;
};

/** The RPC face of a voucher object. Every method may be repeated with the same arguments and changes nothing then. */
export type VoucherRpc = {
  /** `undefined` for a name that nobody has issued; asking stores nothing. */
  view(): Promise<VoucherView | undefined>;
  /** Issues the voucher. A repeat with the same terms gives what is there; other terms are `voucher_exists`. */
  issue(
    input: {
      readonly terms: VoucherTerms;
      /** Money that a card or credit starts with. */
      readonly opening?: VoucherAdjustment;
      readonly reason: string;
    },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>>;
  /** Replaces the terms; code, currency, customer and kind stay what they were. */
  edit(
    input: { readonly terms: VoucherTerms; readonly expectedVersion?: number; readonly reason: string },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>>;
  adjust(adjustment: VoucherAdjustment, call: CallContext): Promise<Result<VoucherView, VoucherRefusal>>;
  hold(request: VoucherHoldRequest, call: CallContext): Promise<Result<VoucherHold, VoucherRefusal>>;
  commit(claim: VoucherClaim, call: CallContext): Promise<Result<VoucherHold, VoucherRefusal>>;
  /** Leaves a tombstone even when there is no hold, so that a delayed `hold` is refused. */
  release(claim: VoucherClaim, call: CallContext): Promise<void>;
  /** Gives committed money back. Applied once per `refundId`; never more than the order has committed. */
  giveBack(
    request: { readonly orderId: OrderId; readonly refundId: string; readonly amountMinor: number },
    call: CallContext,
  ): Promise<Result<VoucherView, VoucherRefusal>>;
  /** Newest first; `before` is exclusive. At most 100 entries. */
  journal(page: {
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly VoucherJournalEntry[]>;
  /**
   * Checks the object against itself; changes nothing, and stores nothing for a name that nobody has issued. `after` is
   * the `nextClaim` of the page before; at most 100 claims.
   */
  audit(page: { readonly after?: string; readonly limit: number }): Promise<VoucherAudit | undefined>;
  acknowledge(destination: Destination, sequences: readonly number[]): Promise<void>;
};

/** Goes to the `projection` queue after each change; `sequence` of its envelope is the version. */
export const VOUCHER_CHANGED = "voucher.changed";
