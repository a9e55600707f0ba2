import type { EpochMs, ParcelId } from "#kernel";
import type {
  DeclineReason,
  OrderDraft,
  Parcel,
  ParcelStatus,
  PaymentChoice,
  Shortage,
} from "../contract.ts";

/** What has happened to an order. Stored for ever; a new shape gets a new version and is lifted on reading. */
export type OrderEvent =
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
  | { readonly type: "order.payment_requested"; readonly attempt: number }
  | {
      readonly type: "order.payment_pending";
      readonly reference: string;
      readonly redirectUrl?: string;
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
  | { readonly type: "order.committed" }
  | { readonly type: "order.captured"; readonly reference: string; readonly amountMinor: number }
  | { readonly type: "order.confirmed" }
  | { readonly type: "order.fulfilment_started"; readonly parcel: Parcel }
  | {
      readonly type: "order.parcel_scanned";
      readonly scanId: string;
      readonly parcelId: ParcelId;
      readonly status: ParcelStatus;
    }
  | { readonly type: "order.shipped" }
  | { readonly type: "order.delivered" }
  | { readonly type: "order.release_started"; readonly reason: string }
  | { readonly type: "order.payment_voided"; readonly reference: string; readonly amountMinor: number }
  | { readonly type: "order.cancelled"; readonly reason: string }
  | { readonly type: "order.attention_needed"; readonly reason: string };

/** Version of the shapes above, written with each stored event. */
export const ORDER_EVENT_VERSION = 1;

/** An event with its place in the order's log. */
export type RecordedEvent = {
  readonly sequence: number;
  readonly occurredAt: EpochMs;
  readonly event: OrderEvent;
};
