import type { EpochMs, OrderId } from "#kernel";
import { compareText } from "#kernel";
import type {
  DeclineReason,
  OrderDraft,
  OrderStatus,
  Parcel,
  PaymentChoice,
  Shortage,
  TimelineEntry,
} from "../contract.ts";

/** Where the money of an order stands; each variant carries only what it knows. */
export type PaymentState =
  | { readonly kind: "none" }
  | { readonly kind: "requested" }
  | {
      readonly kind: "pending";
      readonly reference: string;
      readonly redirectUrl?: string;
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

/** An order that exists. Before `order.placed` there is no state at all. */
export type OrderState = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly status: OrderStatus;
  readonly requestHash: string;
  readonly accessKey: string;
  readonly provider: string;
  readonly draft: OrderDraft;
  readonly choice: PaymentChoice;
  readonly payment: PaymentState;
  /** Authorise attempts so far; part of the provider's key. */
  readonly attempt: number;
  readonly shortages: readonly Shortage[];
  readonly parcels: readonly Parcel[];
  readonly scanIds: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly releaseReason?: string;
  readonly placedAt: EpochMs;
  readonly updatedAt: EpochMs;
  /** Sequence of the last event. */
  readonly version: number;
};

/** The provider's idempotency key of the current authorise attempt. */
export const authoriseKey = (state: OrderState): string => `${state.orderId}:authorise:${state.attempt}`;
export const captureKey = (state: OrderState): string => `${state.orderId}:capture:1`;
export const voidKey = (state: OrderState): string => `${state.orderId}:void:${state.attempt}`;

/**
 * The order's demand per SKU: a bundle asks for its components instead of itself. Summed over all lines first, so that
 * two lines cannot both pass on the last unit, and in canonical order, so that no two orders can deadlock.
 */
export function demandBySku(
  draft: Pick<OrderDraft, "lines">,
): { readonly sku: string; readonly quantity: number }[] {
  const demand = new Map<string, number>();
  for (const line of draft.lines) {
    for (const { sku, quantity } of line.components ?? [{ sku: line.sku, quantity: 1 }])
      demand.set(sku, (demand.get(sku) ?? 0) + quantity * line.quantity);
  }
  return [...demand].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => compareText(a.sku, b.sku));
}

/** A person's name for an order, made from the id: `K-7F3K-92QD`. The id stays the key. */
export function orderNumberOf(orderId: OrderId): string {
  const tail = orderId.slice(-8).toUpperCase();
  return `K-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

const FINAL: readonly OrderStatus[] = ["cancelled", "delivered", "closed"];
/** Nothing more happens to this order by itself. */
export const isSettled = (status: OrderStatus): boolean => FINAL.includes(status);

/** The order is being undone or has been. */
export const isEnding = (status: OrderStatus): boolean => status === "releasing" || status === "cancelled";
