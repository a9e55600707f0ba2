import type { EpochMs, ParcelId } from "#kernel";
import type {
  DeclineReason,
  OrderDraft,
  OrderNote,
  Parcel,
  ParcelStatus,
  PaymentChoice,
  Refund,
  ReturnLine,
  Shortage,
  VoucherRefusalReason,
} from "../contract.ts";
import type { EditState, PaymentState, ReturnState, TakeBack } from "./state.ts";

/** What has happened to an order. Stored for ever; a new shape gets a new version and is lifted on reading. */
export type OrderEvent = SagaEvent | ParcelEvent | RefundEvent | EditEvent | ReturnEvent | DeskEvent;

/** From the placement to the confirmation, and back. */
export type SagaEvent =
  | {
      readonly type: "order.placed";
      readonly orderId: string;
      readonly orderNumber: string;
      readonly requestHash: string;
      readonly accessKey: string;
      readonly provider: string;
      readonly draft: OrderDraft;
      readonly payment: PaymentChoice;
    }
  | { readonly type: "order.held" }
  | { readonly type: "order.hold_refused"; readonly shortages: readonly Shortage[] }
  | {
      readonly type: "order.voucher_refused";
      readonly voucherId: string;
      readonly reason: VoucherRefusalReason;
    }
  | { readonly type: "order.payment_requested"; readonly attempt: number }
  | {
      readonly type: "order.payment_pending";
      readonly reference: string;
      readonly redirectUrl?: string;
      readonly instructions?: string;
      readonly expiresAt?: EpochMs;
    }
  | { readonly type: "order.payment_unknown"; readonly detail: string }
  | { readonly type: "order.payment_declined"; readonly reason: DeclineReason }
  | {
      readonly type: "order.authorised";
      readonly reference: string;
      readonly amountMinor: number;
      readonly cardLast4?: string;
    }
  | { readonly type: "order.commit_started" }
  /** `vouchersMinor` is what gift cards and credit have paid. */
  | { readonly type: "order.committed"; readonly vouchersMinor: number }
  | { readonly type: "order.capture_retried"; readonly attempt: number }
  | { readonly type: "order.captured"; readonly reference: string; readonly amountMinor: number }
  | { readonly type: "order.confirmed" }
  | { readonly type: "order.release_started"; readonly reason: string }
  | { readonly type: "order.payment_voided"; readonly reference: string; readonly amountMinor: number }
  | { readonly type: "order.cancelled"; readonly reason: string }
  | { readonly type: "order.attention_needed"; readonly reason: string };

export type ParcelEvent =
  | { readonly type: "order.fulfilment_started"; readonly parcel: Parcel }
  | {
      readonly type: "order.parcel_scanned";
      readonly scanId: string;
      readonly parcelId: ParcelId;
      readonly status: ParcelStatus;
    }
  | { readonly type: "order.shipped" }
  | { readonly type: "order.delivered" };

type Movement = { readonly movementId: string };

/** Money and units on their way back. */
export type RefundEvent =
  | { readonly type: "order.refunding_started"; readonly reason: string }
  | { readonly type: "order.refund_requested"; readonly refund: Refund }
  | ({ readonly type: "order.refund_pending"; readonly reference: string } & Movement)
  /** `isAskedAgain`: the provider never saw it, so it is sent once more under the same key. */
  | ({
      readonly type: "order.refund_unknown";
      readonly detail: string;
      readonly isAskedAgain: boolean;
    } & Movement)
  | ({
      readonly type: "order.refund_paid";
      readonly reference: string;
      readonly amountMinor: number;
    } & Movement)
  | ({ readonly type: "order.refund_failed"; readonly reason: string } & Movement)
  | { readonly type: "order.refunded" }
  | { readonly type: "order.stock_return_requested"; readonly units: readonly Omit<TakeBack, "isDone">[] }
  | { readonly type: "order.stock_returned"; readonly returnIds: readonly string[] };

export type EditEvent =
  | { readonly type: "order.edit_started"; readonly edit: Omit<EditState, "startedAt"> }
  | { readonly type: "order.edit_held" }
  | { readonly type: "order.edit_payment_changed"; readonly payment: PaymentState; readonly attempt: number }
  | { readonly type: "order.edit_committed" }
  | { readonly type: "order.edit_captured"; readonly reference: string; readonly amountMinor: number }
  | { readonly type: "order.edit_applied" }
  | {
      readonly type: "order.edit_release_started";
      readonly reason: string;
      readonly shortages: readonly Shortage[];
    }
  | { readonly type: "order.edit_abandoned"; readonly reason: string }
  /** News of the payment of an edit that has ended: reserved after all, taken, or let go. */
  | {
      readonly type: "order.ended_edit_payment_changed";
      readonly part: number;
      readonly payment: PaymentState;
    };

type Returned = { readonly returnId: string };
export type ReturnEvent =
  | {
      readonly type: "order.return_requested";
      readonly entry: Pick<ReturnState, "returnId" | "requestedBy" | "wish" | "reason" | "lines">;
    }
  | ({ readonly type: "order.return_approved" } & Returned)
  | ({ readonly type: "order.return_declined"; readonly reason: string } & Returned)
  | ({
      readonly type: "order.return_received";
      readonly receiptId: string;
      readonly lines: readonly ReturnLine[];
      readonly valueMinor: number;
      readonly isComplete: boolean;
    } & Returned)
  | ({ readonly type: "order.return_credited"; readonly amountMinor: number } & Returned)
  | ({ readonly type: "order.return_closed"; readonly refundId?: string } & Returned);

/** What staff note beside the order. */
export type DeskEvent =
  | { readonly type: "order.note_added"; readonly note: Pick<OrderNote, "noteId" | "text" | "author"> }
  | { readonly type: "order.note_removed"; readonly noteId: string }
  | { readonly type: "order.tags_set"; readonly tags: readonly string[] }
  | { readonly type: "order.attention_flagged"; readonly code: string; readonly reference: string }
  | { readonly type: "order.attention_cleared"; readonly code: string; readonly reference: string };

/** Version of the shapes above, written with each stored event. */
export const ORDER_EVENT_VERSION = 1;

/** An event with its place in the order's log. */
export type RecordedEvent = {
  readonly sequence: number;
  readonly occurredAt: EpochMs;
  readonly event: OrderEvent;
};
