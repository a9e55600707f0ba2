import type { OrderId } from "#kernel";
import type { OrderDraft, PlaceOrder } from "#orders";

/** What the world's people know of one order: what they asked for, and every answer that reached them. */
export type OrderNote = {
  readonly orderId: OrderId;
  readonly draft: OrderDraft;
  readonly command: PlaceOrder;
  /** Every acknowledgement as JSON; all must be the same. */
  readonly replies: string[];
  /** Acknowledged, refused for good, or given up. */
  isAnswered: boolean;
};

export type AdjustmentNote = { readonly id: string; readonly sku: string; isAccepted: boolean };

/** The world's own memory, kept apart from the shop's: the oracle compares the two. */
export class Book {
  readonly orders = new Map<OrderId, OrderNote>();
  readonly adjustments = new Map<string, AdjustmentNote>();
  readonly carts = new Map<string, "finished" | "reopened">();
  readonly states = new Set<string>();
  /** What people saw that must never be seen; the oracle reports it at once. */
  readonly complaints: string[] = [];
}
