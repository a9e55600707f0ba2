import type { OrderId } from "#kernel";
import type { OrderDraft, OrderLine, PlaceOrder } from "#orders";

/** What the world's people know of one order: what they asked for, and every answer that reached them. */
export type OrderNote = {
  readonly orderId: OrderId;
  readonly draft: OrderDraft;
  readonly command: PlaceOrder;
  /** Every acknowledgement as JSON; all must be the same. */
  readonly replies: string[];
  /** Acknowledged, refused for good, or given up. */
  isAnswered: boolean;
  /** What people asked the order to become, by edit id. */
  readonly edits: Map<string, OrderDraft>;
};

export type AdjustmentNote = { readonly id: string; readonly sku: string; isAccepted: boolean };

/** What staff did to money on a card, the opening too. */
export type TopUpNote = {
  readonly id: string;
  readonly voucherId: string;
  readonly amountMinor: number;
  isAccepted: boolean;
};

/** Money on a statement or in a carrier's bag; `isAccepted` when the order has answered that it knows of it. */
export type ReceiptNote = { readonly reference: string; isAccepted: boolean };

/** The world's own memory, kept apart from the shop's: the oracle compares the two. */
export class Book {
  readonly orders = new Map<OrderId, OrderNote>();
  readonly adjustments = new Map<string, AdjustmentNote>();
  readonly topUps = new Map<string, TopUpNote>();
  /** Limits of the coupons, as they were issued. */
  readonly coupons = new Map<string, { readonly maxUses: number; readonly maxUsesPerCustomer: number }>();
  /** Gift cards and store credit by voucher id, with the address of whom a credit belongs to. */
  readonly cards = new Map<string, string | undefined>();
  /** Orders that each draft of staff was to become. */
  readonly drafted = new Map<string, Set<OrderId>>();
  /** Units of the SKU behind the line in orders that had a turn, and how many one customer may have. */
  readonly lined = new Map<OrderId, number>();
  readonly unitsPerCustomer = 4;
  /** Money that staff saw outside every provider, by order and part. */
  readonly receipts = new Map<string, ReceiptNote>();
  /** What the bundles are made of, by their SKU. */
  readonly bundles = new Map<string, NonNullable<OrderLine["components"]>>();
  /** Revision of the newest arrangement of locations. */
  arrangement = 1;
  readonly carts = new Map<string, "finished" | "reopened">();
  readonly states = new Set<string>();
  /** What people saw that must never be seen; the oracle reports it at once. */
  readonly complaints: string[] = [];
}
