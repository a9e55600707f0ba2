import type { OrderEvent } from "./events.ts";

/** What the history says beside an event: a status, a tracking number, a reason, an id. Nothing secret, nothing long. */
export function noteOf(event: OrderEvent): { note?: string } {
  switch (event.type) {
    case "order.parcel_scanned":
      return { note: event.status };
    case "order.fulfilment_started":
      return { note: event.parcel.trackingNumber };
    case "order.payment_declined":
    case "order.cancelled":
    case "order.release_started":
    case "order.refunding_started":
    case "order.attention_needed":
    case "order.voucher_refused":
    case "order.edit_release_started":
    case "order.edit_abandoned":
      return { note: event.reason };
    case "order.refund_requested":
      return { note: event.refund.refundId };
    case "order.refund_paid":
    case "order.refund_failed":
    case "order.refund_pending":
    case "order.refund_unknown":
      return { note: event.movementId };
    case "order.edit_started":
      return { note: event.edit.reason };
    case "order.return_requested":
      return { note: event.entry.returnId };
    case "order.return_approved":
    case "order.return_declined":
    case "order.return_received":
    case "order.return_credited":
    case "order.return_closed":
      return { note: event.returnId };
    case "order.attention_flagged":
    case "order.attention_cleared":
      return { note: event.code };
    default:
      return {};
  }
}
