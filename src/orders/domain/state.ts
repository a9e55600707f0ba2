import type { EpochMs, OrderId } from "#kernel";
import type {
  AttentionFlag,
  ClosedEdit,
  DeclineReason,
  EditStage,
  OrderDraft,
  OrderNote,
  OrderReturn,
  OrderStatus,
  Parcel,
  PaymentChoice,
  PaymentLeg,
  Refund,
  Shortage,
  SkuQuantity,
  TimelineEntry,
  VoucherRefusalReason,
} from "../contract.ts";

/** Where one payment stands; each variant carries only what it knows. */
export type PaymentState =
  | { readonly kind: "none" }
  /** `since`: when an earlier try under the same key became uncertain. */
  | { readonly kind: "requested"; readonly since?: EpochMs }
  | {
      readonly kind: "pending";
      readonly reference: string;
      readonly redirectUrl?: string;
      readonly instructions?: string;
      readonly expiresAt?: EpochMs;
    }
  | { readonly kind: "unknown"; readonly since: EpochMs; readonly polls: number; readonly reference?: string }
  | {
      readonly kind: "authorised";
      readonly reference: string;
      readonly amountMinor: number;
      readonly cardLast4?: string;
    }
  | {
      readonly kind: "captured";
      readonly reference: string;
      readonly amountMinor: number;
      readonly cardLast4?: string;
    }
  | { readonly kind: "voided"; readonly reference: string }
  | { readonly kind: "failed"; readonly reason: DeclineReason };

/** Units on their way back to a stock object; `returnId` is the stock object's own key against repeats. */
export type TakeBack = SkuQuantity & {
  readonly returnId: string;
  readonly condition: "sellable" | "damaged";
  readonly isDone: boolean;
};

/** The edit that is under way. Its part names its holds and its payment. */
export type EditState = {
  readonly editId: string;
  readonly part: number;
  readonly stage: EditStage;
  readonly reason: string;
  readonly draft: OrderDraft;
  readonly differenceMinor: number;
  readonly creditMinor: number;
  /** What the buyer pays for it; 0 asks nobody. */
  readonly dueMinor: number;
  readonly added: readonly SkuQuantity[];
  readonly exchangeReturnId?: string;
  readonly provider: string;
  readonly choice?: PaymentChoice;
  readonly payment: PaymentState;
  readonly attempt: number;
  readonly shortages: readonly Shortage[];
  readonly releaseReason?: string;
  readonly startedAt: EpochMs;
};

/** The payment of an edit that has ended: a request that was lost may still arrive and reserve money. */
export type EndedPayment = Pick<EditState, "provider" | "attempt" | "payment">;

/** An edit that has ended, with the units that its part claimed and, when it asked for money, what became of that. */
export type EndedEdit = ClosedEdit & {
  readonly added: readonly SkuQuantity[];
  readonly asked?: EndedPayment;
};

/** A return with the receipts that have been counted already. */
export type ReturnState = OrderReturn & { readonly receiptIds: readonly string[] };

/** An order that exists. Before `order.placed` there is no state at all. */
export type OrderState = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly requestHash: string;
  readonly accessKey: string;
  readonly provider: string;
  /** What was placed; the claims of part 0 never change. */
  readonly placed: readonly SkuQuantity[];
  /** As the last applied edit left it. */
  readonly draft: OrderDraft;
  /** What the provider was asked for when the order was placed. */
  readonly dueMinor: number;
  readonly choice: PaymentChoice;
  readonly payment: PaymentState;
  /** Authorise attempts so far; part of the provider's key. */
  readonly attempt: number;
  /** Capture attempts so far, counted from 1; a new one only after the last is known to be refused. */
  readonly captureAttempt: number;
  /** The units of part 0 have left the shelf and its vouchers are spent. */
  readonly isCommitted: boolean;
  /** Gift cards and credit that were spent, in minor units. */
  readonly vouchersMinor: number;
  /** Captured payments of applied edits; the placement's own is `payment`. */
  readonly editLegs: readonly Omit<PaymentLeg, "refundedMinor">[];
  readonly refunds: readonly Refund[];
  readonly takeBacks: readonly TakeBack[];
  readonly edit?: EditState;
  readonly edits: readonly EndedEdit[];
  readonly returns: readonly ReturnState[];
  readonly shortages: readonly Shortage[];
  readonly voucherRefusal?: { readonly voucherId: string; readonly reason: VoucherRefusalReason };
  readonly parcels: readonly Parcel[];
  readonly scanIds: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly notes: readonly OrderNote[];
  readonly tags: readonly string[];
  readonly flags: readonly AttentionFlag[];
  readonly releaseReason?: string;
  readonly attentionReason?: string;
  readonly deliveredAt?: EpochMs;
  readonly placedAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** Sequence of the last event. */
  readonly version: number;
};

/** The part that an order's placement claims; edits claim later ones. */
export const PLACEMENT = 0;

/** The provider's idempotency key of the current authorise attempt. */
export const authoriseKey = (state: OrderState): string => `${state.orderId}:authorise:${state.attempt}`;
export const captureKey = (state: OrderState): string => `${state.orderId}:capture:${state.captureAttempt}`;
export const voidKey = (state: OrderState): string => `${state.orderId}:void:${state.attempt}`;
/** The same for the payment of an edit: `{order}:edit-{n}-authorise:{attempt}`. */
export const editKey = (
  state: OrderState,
  edit: Pick<EditState, "part" | "attempt">,
  step: "authorise" | "capture" | "void",
): string => `${state.orderId}:edit-${edit.part}-${step}:${step === "capture" ? 1 : edit.attempt}`;
export const refundKey = (state: OrderState, movementId: string): string =>
  `${state.orderId}:refund:${movementId}`;

/** A person's name for an order, made from the id: `K-7F3K-92QD`. The id stays the key. */
export function orderNumberOf(orderId: OrderId): string {
  const tail = orderId.slice(-8).toUpperCase();
  return `K-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

/** The order is being undone or has been, and was never confirmed. */
export const isEnding = (status: OrderStatus): boolean => status === "releasing" || status === "cancelled";

/** Confirmed and not undone: it may be shipped, edited, returned. */
const LIVE: readonly OrderStatus[] = ["confirmed", "fulfilling", "shipped", "delivered", "closed"];
export const isLive = (status: OrderStatus): boolean => LIVE.includes(status);
