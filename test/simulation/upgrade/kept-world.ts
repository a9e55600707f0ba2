import type { OrderId } from "#kernel";
import type { OrderDraft, PlaceOrder } from "#orders";
import type { SQLInputValue } from "node:sqlite";
import type { Status } from "../world/provider.ts";

/** A world of an earlier release, stopped in the middle of its trade: everything that outlives a deployment, as plain data. */
export type KeptWorld = {
  /** The commit whose code has written it. */
  readonly commit: string;
  readonly seed: number;
  /** Milliseconds since 1970 on the world's true clock. */
  readonly now: number;
  readonly skus: readonly string[];
  /** File name of the newest migration of D1 that there was. */
  readonly lastMigration: string;
  readonly objects: readonly KeptObject[];
  /** Rows of D1 by table; what migrations themselves write is left out. */
  readonly d1: KeptRows;
  readonly payments: readonly KeptPayment[];
  readonly book: KeptBook;
  /** Messages as that release has sent them, at most a few of each kind. */
  readonly messages: readonly { readonly queue: string; readonly body: unknown }[];
};

export type KeptRows = Readonly<Record<string, readonly Readonly<Record<string, SQLInputValue>>[]>>;

export type KeptObject = {
  readonly kind: string;
  readonly name: string;
  readonly skewMs: number;
  readonly alarmAt?: number;
  /** Statements that make its tables and indexes as they were. */
  readonly schema: readonly string[];
  readonly rows: KeptRows;
};

export type KeptPayment = {
  readonly key: string;
  readonly reference: string;
  readonly orderId: OrderId;
  readonly authorisedMinor: number;
  readonly expiresAt: number;
  readonly status: Status;
  readonly capturedMinor: number;
  readonly captures: number;
  readonly voids: number;
  readonly refunds: readonly (readonly [string, number])[];
};

/** What the people of that world know. */
export type KeptBook = {
  readonly orders: readonly {
    readonly orderId: OrderId;
    readonly draft: OrderDraft;
    readonly command: PlaceOrder;
    readonly replies: readonly string[];
    readonly isAnswered: boolean;
    readonly edits: readonly (readonly [string, OrderDraft])[];
  }[];
  readonly adjustments: readonly {
    readonly id: string;
    readonly sku: string;
    readonly isAccepted: boolean;
  }[];
  readonly topUps: readonly {
    readonly id: string;
    readonly voucherId: string;
    readonly amountMinor: number;
    readonly isAccepted: boolean;
  }[];
  readonly coupons: readonly (readonly [
    string,
    { readonly maxUses: number; readonly maxUsesPerCustomer: number },
  ])[];
  /** Cards and credits, with the owner of a credit. */
  readonly cards: readonly (readonly [string, string | null])[];
  readonly bundles: readonly (readonly [
    string,
    readonly { readonly sku: string; readonly quantity: number }[],
  ])[];
  readonly receipts: readonly (readonly [
    string,
    { readonly reference: string; readonly isAccepted: boolean },
  ])[];
  readonly carts: readonly (readonly [string, "finished" | "reopened"])[];
  readonly arrangement: number;
};
